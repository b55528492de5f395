"""The words of a segment in files of their own, beside those that Whoosh writes.

`.plc`: all places of all spellings end to end, as 32-bit numbers, in the order of their keys. Places count
through the segment, so that a step of the ladder, which is a range of keys, is one stretch of this file: it
is read at once and needs no decoding.
`.key`: a line a spelling in the order of its keys: key, where its places begin, how many there are, and in
how many documents.
`.lex`: a line a spelling in the order of letters, where the keys put كتاب and والكتاب together: its normal
form, then as above. For prefixes, and for what a misspelled word was to be.

Nothing of them is kept in memory but where some lines stand; the system keeps the files for all processes.
"""

from __future__ import annotations

import os
import weakref
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from search.engines.whoosh.postings import Places
from search.engines.whoosh.schema import TAB

PLACES: Final = ".plc"
KEYS: Final = ".key"
FORMS: Final = ".lex"
"""Whoosh removes the files of a segment that is gone by its name, these among them."""
END: Final = b"\n"
PAGE: Final = 4096
LONGEST: Final = 2048
"""Bytes of a line at most: five forms of sixty letters and three numbers are fewer."""
LAST: Final = b"\xff"
"""Behind whatever a key goes on with."""
NUMBER: Final = np.dtype("<i4")


class Stretch(NamedTuple):
    """Places of a segment that stand side by side in its file: from the `start`-th to before the `end`-th."""

    start: int
    end: int


class Spelling(NamedTuple):
    """One spelling of a segment: its normal form, its key, its places and its number of documents."""

    normal: str
    key: bytes
    places: Stretch
    documents: int


class OpenFile:
    """A file that is read at any place, by several threads; closed when it is let go of."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self.size = os.fstat(self._file).st_size

    def read(self, length: int, at: int) -> bytes:
        """So many bytes from a place on; fewer at the end."""
        return os.pread(self._file, length, at)


class SortedLines:
    """Lines in alphabetical order of their bytes, each with its end."""

    def __init__(self, path: Path) -> None:
        self._file = OpenFile(path)
        self._pages = range(-(-self._file.size // PAGE))
        self._first: dict[int, bytes] = {}

    def starting(self, start: bytes) -> Iterator[bytes]:
        """The lines that begin so."""
        return takewhile(lambda line: line.startswith(start), self.not_before(start))

    def not_before(self, start: bytes) -> Iterator[bytes]:
        """The lines from the first on that is not before `start`."""
        page = max(0, bisect_left(self._pages, start, key=self._first_of) - 1)
        lines = self._lines_of(page)
        yield from lines[bisect_left(lines, start) :]
        for after in self._pages[page + 1 :]:
            yield from self._lines_of(after)

    def _first_of(self, page: int) -> bytes:
        if page not in self._first:
            self._first[page] = next(iter(self._lines_of(page)), LAST)
        return self._first[page]

    def _lines_of(self, page: int) -> list[bytes]:
        """The lines that begin in a page."""
        start = max(0, page * PAGE - 1)
        text = self._file.read(PAGE + LONGEST, start)
        begin = text.find(END) + 1 if page else 0
        end = text.find(END, (page + 1) * PAGE - 1 - start)
        lines = text[begin : end if end >= 0 else len(text)].split(END)
        return lines if lines[-1] else lines[:-1]


class SegmentWords:
    """The words of one segment. Segments never change, and so neither does this.

    Raises: FileNotFoundError: a commit took the segment away just now.
    """

    def __init__(self, folder: Path, segment: Any) -> None:
        self._keys = SortedLines(words_path(folder, segment, KEYS))
        self._forms = SortedLines(words_path(folder, segment, FORMS))
        self._places = OpenFile(words_path(folder, segment, PLACES))

    def __iter__(self) -> Iterator[bytes]:
        """The lines of `.lex` as they stand."""
        return self._forms.not_before(b"")

    def stretch(self, start: bytes) -> Stretch:
        """Where the places stand of all spellings whose keys begin so."""
        return Stretch(self._begin(start), self._begin(start + LAST))

    def _begin(self, start: bytes) -> int:
        line = next(self._keys.not_before(start), None)
        return int(line.split(TAB)[1]) if line else self._places.size // NUMBER.itemsize

    def places(self, stretch: Stretch) -> Places:
        """The places of a stretch: those of each spelling ascending, one spelling after another."""
        size = NUMBER.itemsize
        raw = self._places.read((stretch.end - stretch.start) * size, stretch.start * size)
        return np.frombuffer(raw, NUMBER)

    def by_key(self) -> Iterator[tuple[bytes, Stretch]]:
        """All spellings in the order of their keys."""
        for line in self._keys.not_before(b""):
            key, start, number, _documents = line.split(TAB)
            yield key, Stretch(int(start), int(start) + int(number))

    def starting(self, start: str) -> Iterator[Spelling]:
        """The spellings whose normal form begins so, in alphabetical order."""
        for line in self._forms.starting(start.encode("utf-8", "replace")):
            normal, key, begin, number, documents = line.split(TAB)
            stretch = Stretch(int(begin), int(begin) + int(number))
            yield Spelling(normal.decode(), key, stretch, int(documents))


def words_path(folder: Path, segment: Any, extension: str) -> Path:
    """Where a file of a segment is kept."""
    return folder / f"{segment.indexname}_{segment.segid}{extension}"
