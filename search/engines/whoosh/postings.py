"""Posting lists as arrays: counted once, kept in a cache that is capped by bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
"""Places are numbered through the whole index: 2³¹ of them are millions of articles, more than Whoosh can
build."""

DEFAULT_CACHE_BYTES: Final = 8 * 1024 * 1024
ENTRY_OVERHEAD: Final = 400


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of one or more spellings, ascending, and what the words add to the BM25 score of each."""

    docs: Ints
    impacts: Floats

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + self.impacts.nbytes + ENTRY_OVERHEAD


NOTHING: Final = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


class PostingsCache:
    """The lists used last, up to a number of bytes."""

    def __init__(self, limit: int = DEFAULT_CACHE_BYTES) -> None:
        self.limit = limit
        self.held = 0
        self._lists: OrderedDict[Hashable, Postings] = OrderedDict()

    def holds(self, key: Hashable) -> bool:
        """Whether a list is held."""
        return key in self._lists

    def get(self, key: Hashable, count: Callable[[], Postings]) -> Postings:
        """The list under `key`, counted if it is not held."""
        known = self._lists.get(key)
        if known is not None:
            self._lists.move_to_end(key)
            return known
        counted = self._lists[key] = count()
        self.held += counted.nbytes
        while self.held > self.limit and len(self._lists) > 1:
            _, dropped = self._lists.popitem(last=False)
            self.held -= dropped.nbytes
        return counted
