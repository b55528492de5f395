"""The order of the hits, said once for every engine.

A hit's score is a weighted sum of BM25 over parallel readings of the same text: words as they are spelled,
their stems, the skeletons of the stems, and pairs of stems that stand near each other. An engine compiles
this description into what it can do and refuses one that asks for more; `benchmarks/relevance.py` measures
the result beside Lucene.

Sources: BM25 with k1 1.2 and b .75 as in Lucene (its idf too, which is never negative). Weights, distances
and the fading of the lead were chosen on three tasks of known items, in the middle of flat ground: twice or
half of any one of them changes the mean MRR@10 by less than .004.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from arabic import skeleton


class Form(StrEnum):
    """What of a word is compared."""

    NORMAL = "normal"
    STEM = "stem"
    SKELETON = "skeleton"
    """Kin that stems keep apart (`arabic.skeleton`): مشروع and مشاريع. It ranks hits and finds none."""
    OPENING = "opening"
    """The first letters of the skeleton: wider kin."""


@dataclass(frozen=True, slots=True)
class Bm25:
    """How soon further occurrences of a word stop to count (k1), and how much long texts pay (b)."""

    k1: float = 1.2
    b: float = 0.75


@dataclass(frozen=True, slots=True)
class Pairs:
    """Nearness: two stems of the query, neither of them a particle (unless all are) and at most `distance`
    words apart in it, that stand in the same order at most `distance` places apart in the text. Each pair of
    stems is weighed as if it were a word.
    """

    weight: float
    distance: int


@dataclass(frozen=True, slots=True)
class Grams:
    """Runs of `size` letters within the normal form, each weighed as if it were a word of a field of runs."""

    weight: float
    size: int


@dataclass(frozen=True, slots=True)
class Places:
    """For how many occurrences one counts, by where it stands.

    News says first what it is about: an occurrence counts `title` times in a title and, in the text after
    it, 1 + lead · e^(−i / fade) times, where i is the number of words before it.
    """

    title: float = 3.0
    lead: float = 2.0
    fade: float = 40.0

    def in_text(self, before: int) -> float:
        """What an occurrence counts that has so many words of the text before it."""
        return 1 + self.lead * math.exp(-before / self.fade)

    def copies_in_text(self, before: int) -> int:
        """The same in whole numbers, for engines in which an occurrence counts more only by being written
        more than once."""
        return round(self.in_text(before))


@dataclass(frozen=True, slots=True)
class Ranking:
    """A whole description. `particles`: what the weights of a particle (في, من) are multiplied by."""

    forms: dict[Form, float]
    pairs: Pairs
    grams: Grams | None = None
    places: Places = field(default_factory=Places)
    bm25: Bm25 = field(default_factory=Bm25)
    particles: float = 0.5


OPENING_LETTERS: Final = 4

RANKING: Final = Ranking(
    forms={Form.NORMAL: 1.0, Form.STEM: 2.0, Form.SKELETON: 1.0, Form.OPENING: 1.0},
    pairs=Pairs(weight=0.4, distance=3),
)
"""What every engine can carry: all of it is read from places of stems."""

RANKING_WITH_GRAMS: Final = replace(
    RANKING,
    forms={Form.NORMAL: 1.0, Form.STEM: 2.0, Form.SKELETON: 1.0},
    pairs=Pairs(weight=0.4, distance=2),
    grams=Grams(weight=0.75, size=4),
)
"""For engines that can hold a field of runs of letters: twice the postings. Beside runs, openings add nothing
(mean MRR@10 -.002), and pairs three words apart too little to write a third more of them (.0006)."""


def idf(documents: int, having: int) -> float:
    """How telling a word is that `having` of so many documents have: ln(1 + (N − n + .5)/(n + .5))."""
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def runs_of(word: str, size: int) -> list[str]:
    """The runs of so many letters in a word, from left to right; the word itself where it is no longer."""
    return [word[start : start + size] for start in range(max(1, len(word) - size + 1))]


def opening_of(stem: str) -> str:
    """The first letters of a stem's skeleton; empty where it is no word of letters."""
    opening = skeleton(stem)[:OPENING_LETTERS]
    return opening if opening.isalpha() else ""
