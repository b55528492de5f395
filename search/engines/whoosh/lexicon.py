"""The words of a segment in alphabetical order: for prefixes, and for what a misspelled word was to be.

The keys of the index are ordered by stem, where كتاب and والكتاب stand together; a prefix asks for the order
of letters. The indexer writes that list beside each segment; it is read when somebody first asks for it.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from search.engines.base import Words
from search.engines.entries import LIST_SEPARATOR
from search.engines.kept_words import KeptWords
from search.engines.whoosh.schema import forms_of_key

EXTENSION: Final = ".lex"
"""Whoosh removes the files of a segment that is gone by its name, this one among them."""
_TAB: Final = b"\t"
_IN_ONE_DOCUMENT: Final = b"\t1"
_PARTS_END: Final = LIST_SEPARATOR.encode()
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

    def lines(self) -> Sequence[bytes]:
        """The list as it stands: normal form, key and number of documents, parted by tabs."""
        return self._lines

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


class CollectionWords:
    """The words of all segments together, counted when first asked for and kept until there is much news."""

    def __init__(self) -> None:
        self._kept = KeptWords()

    def of(self, generation: str, documents: int, lists: Iterable[Sequence[bytes]], limit: int) -> Words:
        """The `limit` words of most documents in a generation that has so many documents now."""
        return self._kept.of(generation, documents, limit, lambda: count_words(lists, limit))


def count_words(segments: Iterable[Sequence[bytes]], limit: int) -> Words:
    """Add up the lists of segments and keep the `limit` words of most documents."""
    documents: dict[bytes, int] = {}
    keys: dict[bytes, tuple[int, bytes]] = {}
    for lines in segments:
        _add(lines, documents, keys, is_long=len(lines) > limit)
    # bytes of UTF-8 stand in the order of the letters that they are
    kept = sorted(documents if len(documents) <= limit else _most_frequent(documents, limit))
    normals = [normal.decode() for normal in kept]
    return Words(
        normals,
        [_exact_part(keys[raw][1]) or normal for raw, normal in zip(kept, normals, strict=True)],
        array("I", map(documents.__getitem__, kept)),
    )


def _add(
    lines: Sequence[bytes],
    documents: dict[bytes, int],
    keys: dict[bytes, tuple[int, bytes]],
    *,
    is_long: bool,
) -> None:
    """Add a list to what is counted. Of a long one, spellings of one document are left out: most of them are
    slips."""
    for line in lines:
        if not line or (is_long and line.endswith(_IN_ONE_DOCUMENT)):
            continue
        normal, key, digits = line.split(_TAB)
        number = int(digits)
        if normal not in documents:
            documents[normal], keys[normal] = number, (number, key)
            continue
        documents[normal] += number
        if number > keys[normal][0]:
            keys[normal] = number, key


def _most_frequent(documents: dict[bytes, int], limit: int) -> list[bytes]:
    return sorted(documents, key=documents.__getitem__, reverse=True)[:limit]


def _exact_part(key: bytes) -> str:
    """The exact form of a key; nothing where it is the normal form."""
    return key.rpartition(_PARTS_END)[2].decode()
