"""The words of the collection: for what a misspelled word was to be.

The indexer counts them and writes them beside the index: a reader would wait a second for that, and its
process would keep the memory.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from arabic import normal_form
from search.engines.base import Words
from search.engines.generations import UNFINISHED, Generation
from search.engines.kept_words import MOST_WORDS, most_frequent, much_news
from search.engines.tantivy.snapshot import Snapshot

WORDS_FILE: Final = "words.txt"
"""First the number of documents, then a line a word: normal form, how it is mostly written, documents."""
_TAB: Final = "\t"
_COLUMNS: Final = 3


def write_words(generation: Generation, snapshot: Snapshot) -> None:
    """Count the words of a generation after a commit, where they have never been or there is much news."""
    path = generation.folder / WORDS_FILE
    if path.exists() and not much_news(snapshot.live_count, documents_counted(generation.folder)):
        return
    beside = path.with_name(f"{WORDS_FILE}.{os.getpid()}{UNFINISHED}")
    with beside.open("w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(f"{snapshot.live_count}\n")
        file.writelines(_lines(snapshot))
    beside.replace(path)


def read_words(folder: Path, limit: int) -> Words:
    """The `limit` words of most documents of a generation. Raises: FileNotFoundError: it is gone."""
    text = (folder / WORDS_FILE).read_bytes().decode("utf-8", "surrogatepass")
    # cut at once, not line by line: the first to misspell a word in a process waits for this
    cells = text.replace("\n", _TAB).split(_TAB)
    normals, exacts, documents = (cells[column:-1:_COLUMNS] for column in range(1, 1 + _COLUMNS))
    written = [exact or normal for normal, exact in zip(normals, exacts, strict=True)]
    return most_frequent(normals, written, list(map(int, documents)), limit)


def documents_counted(folder: Path) -> int:
    """How many documents a generation had when its words were counted.

    Raises: FileNotFoundError: it is gone.
    """
    with (folder / WORDS_FILE).open(encoding="utf-8") as file:
        return int(file.readline())


def _lines(snapshot: Snapshot) -> list[str]:
    """The words of most documents in alphabetical order, each with how it is mostly written (nothing where
    that is its normal form); a rare one as it is folded."""
    written: dict[str, str] = {}
    for exact, _documents in snapshot.terms("exact", limit=MOST_WORDS):
        written.setdefault(normal_form(exact), exact)
    return [
        _TAB.join((normal, _unlike(written.get(normal, normal), normal), f"{documents}\n"))
        for normal, documents in sorted(snapshot.terms("normal", limit=MOST_WORDS))
    ]


def _unlike(exact: str, normal: str) -> str:
    return "" if exact == normal else exact
