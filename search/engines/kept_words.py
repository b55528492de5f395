"""The words of a collection: for what a misspelled word was to be.

The indexer counts them and writes them beside the index: a reader would wait seconds for that, and its
process would keep the memory.
"""

from __future__ import annotations

import os
import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from search.engines.base import Words
from search.engines.generations import UNFINISHED
from search.engines.packed import Packed

MOST_WORDS: Final = 150_000
"""Words of a collection that are of use: rarer ones are mostly slips themselves."""
NEW_SHARE: Final = 0.01
"""The share of its documents by which a collection may have changed before its words are counted anew."""
WORDS_FILE: Final = "words.txt"
"""First the number of documents, then a line a word: normal form, how it is mostly written (nothing where
that is its normal form), documents."""
_TAB: Final = "\t"
_COLUMNS: Final = 3

Counted = tuple[str, str, int]
"""A word: its normal form, how it is mostly written, how many documents have it."""


def write_words(folder: Path, documents: int, count: Callable[[], Iterable[Counted]]) -> None:
    """Write the words of a generation after a commit, where they have never been or there is much news.

    `count`: answers them in alphabetical order of their normal forms.
    """
    path = folder / WORDS_FILE
    if path.exists() and not much_news(documents, documents_counted(folder)):
        return
    beside = path.with_name(f"{WORDS_FILE}.{os.getpid()}{UNFINISHED}")
    with beside.open("w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(f"{documents}\n")
        for normal, written, having in count():
            file.write(f"{normal}{_TAB}{'' if written == normal else written}{_TAB}{having}\n")
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


class KeptWords:
    """The words of one generation after another, read when first asked for. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Path, int, int] | None = None
        self._words = Words((), (), array("I"))

    def of(self, folder: Path, limit: int) -> Words:
        """The `limit` words of a generation as last counted. Raises: FileNotFoundError: it is gone."""
        with self._lock:
            wanted = folder, documents_counted(folder), limit
            if self._known != wanted:
                self._words, self._known = read_words(folder, limit), wanted
            return self._words


def most_frequent(
    normals: Sequence[str], written: Sequence[str], documents: Sequence[int], limit: int
) -> Words:
    """Of words in alphabetical order the `limit` ones of most documents, of equals the first ones."""
    if len(normals) <= limit:
        return Words(Packed(normals), Packed(written), array("I", documents))
    order = np.argsort(-np.asarray(documents, np.int64), kind="stable")
    kept = np.sort(order[:limit]).tolist()
    return Words(
        Packed(normals[place] for place in kept),
        Packed(written[place] for place in kept),
        array("I", (documents[place] for place in kept)),
    )


def much_news(documents: int, earlier: int) -> bool:
    """Whether a collection that had so many documents earlier has changed so much that its words are to be
    counted anew."""
    return abs(documents - earlier) > NEW_SHARE * earlier
