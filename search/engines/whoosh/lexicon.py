"""The words of a segment in alphabetical order: for prefixes, and for what a misspelled word was to be.

The keys of the index are ordered by stem, where كتاب and والكتاب stand together; a prefix asks for the order
of letters. The indexer writes that list beside each segment; it is read when somebody first asks for it.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import groupby, islice, takewhile
from mmap import ACCESS_READ, mmap
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from search.engines.base import Words
from search.engines.entries import LIST_SEPARATOR
from search.engines.kept_words import KeptWords, most_frequent
from search.engines.whoosh.schema import forms_of_key

EXTENSION: Final = ".lex"
"""Whoosh removes the files of a segment that is gone by its name, this one among them."""
_TAB: Final = b"\t"
_IN_ONE_DOCUMENT: Final = b"\t1"
_PARTS_END: Final = LIST_SEPARATOR.encode()
_END: Final = b"\n"


Lines = Iterable[bytes]
"""A list, which can be read more than once."""


class Spelling(NamedTuple):
    """One spelling of a segment: its normal form, its key and the number of documents that have it."""

    normal: str
    key: bytes
    documents: int


class SegmentLexicon:
    """The spellings of one segment by normal form. Segments never change, and so neither does this.

    The file is mapped, not read: the processes that serve share what of it they need.
    """

    def __init__(self, leaf: Any, folder: Path) -> None:
        self._leaf = leaf
        self._path = lexicon_path(leaf, folder)

    @cached_property
    def _text(self) -> mmap | bytes:
        try:
            with self._path.open("rb") as file:
                return mmap(file.fileno(), 0, access=ACCESS_READ)
        except (FileNotFoundError, ValueError):  # none was written, or an empty one
            return _END.join(lexicon_lines(self._leaf))

    def reopened(self, leaf: Any) -> SegmentLexicon:
        """The same list beside a newer reader of the same segment."""
        again = SegmentLexicon(leaf, self._path.parent)
        if "_text" in self.__dict__:
            again.__dict__["_text"] = self._text
        return again

    def __iter__(self) -> Iterator[bytes]:
        """The list as it stands: normal form, key and number of documents, parted by tabs."""
        return self._lines(0)

    def _lines(self, at: int) -> Iterator[bytes]:
        text = self._text
        while at < len(text):
            end = text.find(_END, at)
            end = end if end >= 0 else len(text)
            yield text[at:end]
            at = end + 1

    def starting(self, start: str) -> Iterator[Spelling]:
        """The spellings whose normal form begins so, in alphabetical order."""
        prefix = start.encode("utf-8", "replace")
        for line in takewhile(lambda line: line.startswith(prefix), self._lines(self._first(prefix))):
            normal, key, documents = line.split(_TAB)
            yield Spelling(normal.decode(), key, int(documents))

    def _first(self, prefix: bytes) -> int:
        """Where the first line stands that is not before `prefix`."""
        text = self._text
        low, high = 0, len(text)
        while low < high:
            begin = text.rfind(_END, low, (low + high) // 2) + 1 or low
            end = text.find(_END, begin)
            end = end if end >= 0 else len(text)
            if text[begin:end] < prefix:
                low = end + 1
            else:
                high = begin
        return low


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
            beside.write_bytes(_END.join(lexicon_lines(leaf)))
            beside.replace(path)


class CollectionWords:
    """The words of all segments together, counted when first asked for and kept until there is much news."""

    def __init__(self) -> None:
        self._kept = KeptWords()

    def of(self, generation: str, documents: int, lists: Sequence[Lines], limit: int) -> Words:
        """The `limit` words of most documents in a generation that has so many documents now."""
        return self._kept.of(generation, documents, limit, lambda: count_words(lists, limit))


def count_words(segments: Sequence[Lines], limit: int) -> Words:
    """Add up the lists of segments, which are ordered alike, and keep the `limit` words of most documents."""
    normals, written, counts = [], [], array("I")
    for normal, spellings in groupby(merge(*(_telling(one, limit) for one in segments)), key=itemgetter(0)):
        numbers = [(int(documents), key) for _normal, key, documents in spellings]
        normals.append(normal.decode())
        written.append(_exact_part(max(numbers, key=itemgetter(0))[1]) or normals[-1])
        counts.append(sum(number for number, _key in numbers))
    return most_frequent(normals, written, counts, limit)


def _telling(lines: Lines, limit: int) -> Iterator[list[bytes]]:
    """The lines of a list in their parts. Of a long one, spellings of one document are left out: most of them
    are slips."""
    is_long = next(islice(lines, limit, None), None) is not None
    for line in lines:
        if not (is_long and line.endswith(_IN_ONE_DOCUMENT)):
            yield line.split(_TAB)


def _exact_part(key: bytes) -> str:
    """The exact form of a key; nothing where it is the normal form."""
    return key.rpartition(_PARTS_END)[2].decode()
