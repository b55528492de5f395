"""The words of a collection, found by likeness."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from search.engines.base import Words
from search.engines.kept_words import MOST_WORDS
from search.engines.packed import Packed

MAX_WORDS: Final = MOST_WORDS
"""Words of a collection that a typed one is compared with: those of most documents."""
MAX_ALIKE: Final = 40
"""Words that are weighed against each other: those of most documents."""
_SIGNS: Final = 64
"""Letters are told apart by so many signs, the bits of a number: those of a script are side by side."""


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the collection: its normal form, how it is mostly written, and about how many documents have
    it."""

    normal: str
    written: str
    documents: int


class Vocabulary:
    """The words of a collection, each with a number whose bits say which letters it has."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._normals = words.normals if isinstance(words.normals, Packed) else Packed(words.normals)
        self._lengths = self._normals.lengths
        self._signs = _signs_of(self._normals)
        self._documents = np.asarray(words.documents, np.int64)

    def __len__(self) -> int:
        return len(self._normals)

    def known(self, normal: str) -> Known | None:
        """The word of this normal form, if the collection has it."""
        place = bisect_left(self._normals, normal)
        if place == len(self) or self._normals[place] != normal:
            return None
        return self._at(place)

    def alike(self, normal: str, slips: int) -> list[Known]:
        """The words that so many slips at most part from this one: 40 at most, those of most documents."""
        places = self._perhaps_alike(normal, slips)
        if not len(places):
            return []
        compared = self._normals.chosen(places)
        apart = cdist([normal], compared, scorer=OSA.distance, score_cutoff=slips, dtype=np.uint8)[0]
        near = places[apart <= slips]
        order = np.lexsort((self._lengths[near], -self._documents[near]))
        return [self._at(place) for place in near[order[:MAX_ALIKE]].tolist()]

    def _perhaps_alike(self, normal: str, slips: int) -> npt.NDArray[np.intp]:
        """The words that a comparison is worth: a slip changes the length by one at most, and letters that
        only one of two words has are two at most for each slip.
        """
        if not normal or not len(self):
            return np.empty(0, np.intp)
        other_letters = np.bitwise_count(self._signs ^ _signs_of(Packed([normal]))[0])
        as_long = np.abs(self._lengths.astype(np.int32) - len(normal)) <= slips
        return np.flatnonzero(as_long & (other_letters <= 2 * slips))

    def _at(self, place: int) -> Known:
        return Known(self._normals[place], self._words.written[place], int(self._documents[place]))


def _signs_of(words: Packed) -> npt.NDArray[np.uint64]:
    """For each word, which letters it has; none of the words is empty."""
    signs = np.left_shift(np.uint64(1), (words.letters() % _SIGNS).astype(np.uint64))
    lengths = words.lengths.astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    return np.bitwise_or.reduceat(signs, starts) if len(words) else np.empty(0, np.uint64)


@lru_cache(maxsize=1)
def vocabulary_of(words: Words) -> Vocabulary:
    """The vocabulary of these words; kept for as long as the engine answers the same ones."""
    return Vocabulary(words)
