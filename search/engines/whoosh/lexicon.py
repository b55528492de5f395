"""The words of a segment in alphabetical order, for prefixes.

The keys of the index are ordered by stem, where كتاب and والكتاب stand together; a prefix asks for the order
of letters. The indexer writes that list beside each segment; it is read when somebody first asks for a
prefix.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from search.engines.whoosh.schema import forms_of_key

EXTENSION: Final = ".lex"
"""Whoosh removes the files of a segment that is gone by its name, this one among them."""
_TAB: Final = b"\t"
_AFTER_ALL_LETTERS: Final = b"\xff"


class Spelling(NamedTuple):
    """One spelling of a segment: its normal form, its key and the number of documents that have it."""

    normal: str
    key: bytes
    documents: int


class SegmentLexicon:
    """The spellings of one segment by normal form. Segments never change, and so neither does this."""

    def __init__(self, leaf: Any, folder: Path) -> None:
        self._leaf = leaf
        self._path = lexicon_path(leaf, folder)

    @cached_property
    def _lines(self) -> list[bytes]:
        try:
            return self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return lexicon_lines(self._leaf)

    def reopened(self, leaf: Any) -> SegmentLexicon:
        """The same list beside a newer reader of the same segment."""
        again = SegmentLexicon(leaf, self._path.parent)
        if "_lines" in self.__dict__:
            again.__dict__["_lines"] = self._lines
        return again

    def starting(self, start: str) -> Iterator[Spelling]:
        """The spellings whose normal form begins so, in alphabetical order."""
        prefix = start.encode("utf-8", "replace")
        first = bisect_left(self._lines, prefix)
        last = bisect_left(self._lines, prefix + _AFTER_ALL_LETTERS)
        for line in self._lines[first:last]:
            normal, key, documents = line.split(_TAB)
            yield Spelling(normal.decode(), key, int(documents))


def lexicon_path(leaf: Any, folder: Path) -> Path:
    """Where the list of a segment is kept."""
    return folder / f"{leaf.segment().indexname}_{leaf.segment().segid}{EXTENSION}"


def lexicon_lines(leaf: Any) -> list[bytes]:
    """The lines of a segment's list: normal form, key, number of documents."""
    return sorted(
        _TAB.join((forms_of_key(key)[1].encode(), key, str(info.doc_frequency()).encode()))
        for (name, key), info in leaf.iter_from("words", b"")
        if name == "words"
    )


def segments_of(reader: Any) -> list[tuple[Any, int]]:
    """The readers of the segments with the number of the first document of each; an empty index has none."""
    return [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.segment() is not None]


def write_lexica(reader: Any, folder: Path) -> None:
    """Write the lists of the segments that have none yet."""
    for leaf, _base in segments_of(reader):
        path = lexicon_path(leaf, folder)
        if not path.exists():
            beside = path.with_suffix(f".{os.getpid()}.new")
            beside.write_bytes(b"\n".join(lexicon_lines(leaf)))
            beside.replace(path)
