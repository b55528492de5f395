"""The words of a collection, found by likeness."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from search.engines.base import Words

MAX_WORDS: Final = 150_000
"""Words of a collection that a typed one is compared with: those of most documents. 10 ms, 30 MB."""
MAX_ALIKE: Final = 40
"""Words that are weighed against each other: those of most documents."""


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the collection: its normal form, how it is mostly written, and about how many documents have
    it."""

    normal: str
    written: str
    documents: int


class Vocabulary:
    """The words of a collection. They are kept by length, for slips change it little."""

    def __init__(self, words: Words) -> None:
        self._words = words
        lengths = np.fromiter(map(len, words.normals), np.int32, len(words.normals))
        self._order = np.argsort(lengths, kind="stable")
        self._lengths = lengths[self._order]
        self._by_length = [words.normals[number] for number in self._order]
        self._documents = np.asarray(words.documents)[self._order]

    def __len__(self) -> int:
        return len(self._by_length)

    def known(self, normal: str) -> Known | None:
        """The word of this normal form, if the collection has it."""
        normals = self._words.normals
        place = bisect_left(normals, normal)
        if place == len(normals) or normals[place] != normal:
            return None
        return Known(normal, self._words.written[place], self._words.documents[place])

    def alike(self, normal: str, slips: int) -> list[Known]:
        """The words that so many slips at most part from this one: 40 at most, those of most documents."""
        first = int(np.searchsorted(self._lengths, len(normal) - slips))
        last = int(np.searchsorted(self._lengths, len(normal) + slips, side="right"))
        if first == last:
            return []
        near = cdist(
            [normal], self._by_length[first:last], scorer=OSA.distance, score_cutoff=slips, dtype=np.uint8
        )[0]
        places = first + np.flatnonzero(near <= slips)
        places = places[np.argsort(-self._documents[places].astype(np.int64), kind="stable")][:MAX_ALIKE]
        return [self._at(int(place)) for place in places]

    def _at(self, place: int) -> Known:
        number = int(self._order[place])
        words = self._words
        return Known(words.normals[number], words.written[number], words.documents[number])


@lru_cache(maxsize=1)
def vocabulary_of(words: Words) -> Vocabulary:
    """The vocabulary of these words; kept for as long as the engine answers the same ones."""
    return Vocabulary(words)
