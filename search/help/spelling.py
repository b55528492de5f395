"""What a word was to be that the collection does not have, judged by the words that it has.

Of the words that few slips part from the typed one, the best is much used and hardly mistyped: the
logarithm of its documents less `SLIP_WEIGHT` times the cost of the slips (the noisy channel of Kernighan,
Church and Gale 1990). No word is better than a doubtful one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arabic import letters as l
from arabic import stem
from search.help.slips import cost
from search.help.vocabulary import Vocabulary

SLIP_WEIGHT: Final = 6.0
LEAST_LETTERS: Final = 4
"""Shorter words have too many others about them."""
ALLOWANCE: Final = {4: 0.6, 5: 0.8, 6: 1.0, 7: 1.0}
"""What slips may cost at most, by the letters of the word."""
ALLOWANCE_OF_LONG_WORDS: Final = 1.2
ALLOWANCE_OF_LATIN_WORDS: Final = 0.5
"""An Arabic collection has few of them, so that most have only chance neighbours."""
RIVALS: Final = 0.3
"""How much more the slips of another word may cost that makes the best one doubtful."""
LONG_WORD: Final = 6
"""From so many letters on, two slips are allowed."""
MANY_WORDS: Final = 20_000
"""Words of a collection from which on a word of one document is as likely a slip itself."""
LEAST_LEAD: Final = 1.8
"""How far the best word must be ahead of another one that means something else."""
PARTICLE: Final = 0.1
"""What it costs besides that the collection has the word only without its particle."""
MAX_PARTICLES: Final = 2
"""Beginnings of a word that are tried as particles; each costs a comparison with the vocabulary."""
MISSING_BLANK: Final = 0.5
LEAST_PART: Final = 2
MAX_SPLITS: Final = 3
_PARTICLES: Final = tuple(
    sorted(
        (
            conjunction + rest
            for conjunction in ("", l.WAW, l.FEH)
            for rest in (
                "", l.BEH, l.LAM, l.KAF, l.SEEN,
                l.ALEF + l.LAM, l.BEH + l.ALEF + l.LAM, l.KAF + l.ALEF + l.LAM, l.LAM + l.LAM,
            )
            if conjunction + rest
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """What a word may have been meant to be. `score`: higher is likelier; comparable for one typed word."""

    text: str
    score: float
    stem: str = ""
    slips: float = 0.0


def allowance(normal: str) -> float:
    """What the slips in a word of this length may cost at most."""
    if normal.isascii():
        return ALLOWANCE_OF_LATIN_WORDS if len(normal) >= LONG_WORD else 0.0
    if len(normal) < LEAST_LETTERS:
        return 0.0
    return ALLOWANCE.get(len(normal), ALLOWANCE_OF_LONG_WORDS)


def corrected(normal: str, vocabulary: Vocabulary) -> Correction | None:
    """The likeliest word of the collection for one that it does not have, written as it is mostly written.

    With particles in front (وبالسعودبة) it may be a word that the collection has without them.
    """
    if not allowance(normal) or not normal.isalpha():
        return None
    ways = [*_ways(normal, vocabulary)]
    for particle in [part for part in _PARTICLES if normal.startswith(part)][:MAX_PARTICLES]:
        ways += _ways(normal[len(particle) :], vocabulary, particle)
    if not ways:
        return None
    best = max(ways, key=lambda way: way.score)
    if best.slips > allowance(normal):
        return None
    others = (way.score for way in ways if way.stem != best.stem)
    return best if best.score - max(others, default=-math.inf) >= LEAST_LEAD else None


def _ways(normal: str, vocabulary: Vocabulary, particle: str = "") -> Iterator[Correction]:
    """The words of the collection that this one may have been meant to be, with a particle in front."""
    most = allowance(normal) and allowance(normal) + RIVALS
    least = 2 if len(vocabulary) > MANY_WORDS else 1
    for word in vocabulary.alike(normal, 2 if len(normal) >= LONG_WORD else 1) if most else ():
        slips = cost(normal, word.normal)
        if slips <= most and word.documents >= least and word.normal != normal:
            score = math.log(word.documents) - SLIP_WEIGHT * (slips + PARTICLE * bool(particle))
            yield Correction(particle + word.written, score, stem(word.normal), slips)


def parted(normal: str, vocabulary: Vocabulary, least: int = LEAST_PART) -> list[Correction]:
    """The likeliest ways to read a word as two that were run together: at most three, the likeliest first.

    `least`: letters of each.
    """
    ways = []
    for place in range(least, len(normal) - least + 1):
        first, second = vocabulary.known(normal[:place]), vocabulary.known(normal[place:])
        if first is not None and second is not None:
            seen = min(first.documents, second.documents)
            score = math.log(seen) - SLIP_WEIGHT * MISSING_BLANK
            ways.append(Correction(f"{first.written} {second.written}", score))
    return sorted(ways, key=lambda way: -way.score)[:MAX_SPLITS]


def joined(first: str, second: str, vocabulary: Vocabulary) -> Correction | None:
    """Two words as the one that the collection writes them as."""
    whole = vocabulary.known(first + second)
    if whole is None or len(first) < LEAST_PART or len(second) < LEAST_PART:
        return None
    return Correction(whole.written, math.log(whole.documents) - SLIP_WEIGHT * MISSING_BLANK)
