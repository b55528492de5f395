"""The words of the collection, counted from the lists of its segments."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Final

from search.engines.base import Words
from search.engines.entries import LIST_SEPARATOR
from search.engines.kept_words import Counted, most_frequent

_TAB: Final = b"\t"
_IN_ONE_DOCUMENT: Final = b"\t1"
_PARTS_END: Final = LIST_SEPARATOR.encode()

Lines = Iterable[bytes]
"""Lines of a segment (`spellings`, `.lex`), which can be read more than once."""


def counted_words(segments: Sequence[Lines], limit: int) -> Iterator[Counted]:
    """The words of segments, whose lists are ordered alike, in alphabetical order. Of more than `limit` those
    of most documents."""
    words = count_words(segments, limit)
    return zip(words.normals, words.written, words.documents, strict=True)


def count_words(segments: Sequence[Lines], limit: int) -> Words:
    """Add up the lists of segments, which are ordered alike, and keep the `limit` words of most documents."""
    normals, written, counts = [], [], array("I")
    for normal, spellings in groupby(merge(*(_telling(one, limit) for one in segments)), key=itemgetter(0)):
        numbers = [(int(documents), key) for _normal, key, *_places, documents in spellings]
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
