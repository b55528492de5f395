"""Posting lists as arrays: decoded once, kept in a cache that is capped by bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.matching.wrappers import FilterMatcher

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
"""Places are numbered through the whole index: 2³¹ of them are millions of articles, more than Whoosh can
build."""

DEFAULT_CACHE_BYTES: Final = 64 * 1024 * 1024
ENTRY_OVERHEAD: Final = 400


@dataclass(frozen=True, slots=True)
class Raw:
    """One list as Whoosh holds it:
    document numbers of the segment, places per document, all places in order.
    """

    docs: Ints
    counts: Ints
    places: Places


@dataclass(frozen=True, slots=True)
class Postings:
    """All places of one or more spellings.

    places: every place in the whole index, ascending. docs: the documents, ascending. impacts: what the words
    add to the BM25 score of each of `docs`.
    """

    places: Places
    docs: Ints
    impacts: Floats

    @property
    def nbytes(self) -> int:
        return self.places.nbytes + self.docs.nbytes + self.impacts.nbytes + ENTRY_OVERHEAD


NOTHING: Final = Postings(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))


def read_raw(matcher: Any) -> Raw:
    """Decode a whole posting list.

    Whoosh hands out one posting at a time (18 ms for 14,700); its blocks are lists already, and taking them
    whole is ten times quicker. `_ids`, `_values` and `_next_block` are not of its public face: a test pins
    them to the public answers.
    """
    if isinstance(matcher, FilterMatcher):
        matcher = matcher.child
        matcher.reset()
    docs: list[int] = []
    values: list[bytes] = []
    while matcher.is_active():
        matcher.id(), matcher.value()  # loads the block
        docs.extend(matcher._ids)
        values.extend(matcher._values)
        matcher._next_block()
    counts = np.fromiter(map(len, values), np.int32, len(values)) // 4
    return Raw(np.array(docs, np.int32), counts.astype(np.int32), np.frombuffer(b"".join(values), np.int32))


class PostingsCache:
    """The lists used last, up to a number of bytes.

    `earlier`: the cache of the index before its last commit. It counts towards the limit, and what is asked
    for again is taken out of it.
    """

    def __init__(self, limit: int = DEFAULT_CACHE_BYTES, earlier: PostingsCache | None = None) -> None:
        self.limit = limit
        self.held = 0
        self._lists: OrderedDict[Hashable, Postings] = OrderedDict()
        self._earlier = earlier
        if earlier is not None:
            earlier._earlier = None

    def get(self, key: Hashable, decode: Callable[[], Postings]) -> Postings:
        """The list under `key`, decoded if it is not held."""
        known = self._lists.get(key)
        if known is not None:
            self._lists.move_to_end(key)
            return known
        decoded = self._lists[key] = decode()
        self.held += decoded.nbytes
        self._shrink()
        return decoded

    def take_earlier(self, key: Hashable) -> Postings | None:
        """The list that the earlier cache held under `key`, taken out of it."""
        return self._earlier._take(key) if self._earlier is not None else None

    def _take(self, key: Hashable) -> Postings | None:
        taken = self._lists.pop(key, None)
        self.held -= taken.nbytes if taken is not None else 0
        return taken

    def _shrink(self) -> None:
        while self._earlier is not None and self.held + self._earlier.held > self.limit:
            if not self._earlier._drop_oldest():
                self._earlier = None
        while self.held > self.limit and len(self._lists) > 1:
            self._drop_oldest()

    def _drop_oldest(self) -> bool:
        if not self._lists:
            return False
        _, dropped = self._lists.popitem(last=False)
        self.held -= dropped.nbytes
        return True
