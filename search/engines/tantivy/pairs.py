"""Pairs of stems that stand near each other, each written as a word of a field of pairs.

A pair is one of a million signs: two pairs in a thousand share theirs by chance, which halves the index and
costs no more than .001 MRR. It only ranks; nothing is found by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from arabic import is_stopword
from search.ranking import RANKING_WITH_GRAMS as RANKING

Codes = npt.NDArray[np.uint64]
PARTICLE: Final = 0
_HALF: Final = np.uint64(10)
_MASK: Final = np.uint64((1 << 10) - 1)
_SPREAD: Final = np.uint64(0x9E3779B1)
"""Knuth's multiplier for hashing, 2³² over the golden ratio."""
_HIGH: Final = np.uint64(20)
_FIRST_SIGN: Final = 0x4E00
"""A sign of a pair is two characters of a block that has no blanks."""


def code(normal: str, stem: str) -> int:
    """The number of a word in pairs; particles are in none."""
    return PARTICLE if is_stopword(normal) else crc32(stem.encode("utf-8", "replace")) | 1


def pairs_in(codes: Sequence[int]) -> str:
    """All pairs of a text's words, as words with blanks between."""
    row = np.array(codes, np.uint64)
    telling = np.flatnonzero(row)
    pairs = []
    for step in range(1, RANKING.pairs.distance + 1):
        firsts = telling[telling < len(row) - step]
        firsts = firsts[row[firsts + step] != PARTICLE]
        pairs.append((row[firsts], row[firsts + step]))
    return _signs(*(np.concatenate(both) for both in zip(*pairs, strict=True)))


def pair(first: int, second: int) -> str:
    """One pair, as it is written."""
    return _signs(np.array([first], np.uint64), np.array([second], np.uint64)).rstrip()


def _signs(firsts: Codes, seconds: Codes) -> str:
    mixed = (firsts * _SPREAD + seconds) * _SPREAD >> _HIGH
    letters = np.full((len(mixed), 3), ord(" "), "<u4")
    letters[:, 0] = _FIRST_SIGN + (mixed >> _HALF & _MASK)
    letters[:, 1] = _FIRST_SIGN + (mixed & _MASK)
    return letters.tobytes().decode("utf-32-le")
