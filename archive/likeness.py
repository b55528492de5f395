"""How alike two texts are: their words in normal form, four by four (shingles), and signatures of these.

Likeness is the Jaccard index of the two sets of shingles: 1 for the same words in the same order, 0 where no
four words in a row are shared. Spelling, vowel marks and punctuation play no part.

Source: Broder, "On the resemblance and containment of documents" (1997), for shingles and MinHash; Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", 3.4, for bands.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import numpy.typing as npt

from arabic import ANALYSIS_STAMP, normal_form
from arabic.tokens import TOKEN

SHINGLE_WORDS: Final = 4
BANDS: Final = 48
ROWS: Final = 3
"""Texts whose likeness is s share one of 48 bands of 3 with probability 1 - (1 - s**3)**48: 99.8 % at .5,
88 % at .35, 5 % at .1."""
LIKENESS_STAMP: Final = f"1-{BANDS}x{ROWS}-{ANALYSIS_STAMP}"
"""Changes with all that gives a text another signature: signatures of another stamp are made anew."""
FEWEST_WORDS: Final = 8
"""A text of fewer words can be printed twice by chance, and is never taken for the same article again."""
TOO_SHORT: Final = 0
"""The key of texts that have fewer words."""
CACHED_WORDS: Final = 200_000
HASHED_AT_ONCE: Final = 4096
"""Shingles of a long text, so that a book takes no more memory than a page."""

Hashes = npt.NDArray[np.uint64]
Bands = npt.NDArray[np.uint32]


def _odd_numbers(name: str, count: int) -> Hashes:
    """Numbers by chance that are the same for ever: signatures are stored."""
    digest = hashlib.shake_128(name.encode("ascii")).digest(8 * count)
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64) | np.uint64(1)


_PLACE_FACTORS: Final = _odd_numbers("place in a shingle", SHINGLE_WORDS)
_FACTORS: Final = _odd_numbers("factor", BANDS * ROWS)
_SUMMANDS: Final = _odd_numbers("summand", BANDS * ROWS)
_BAND_FACTORS: Final = _odd_numbers("band", ROWS)
_HALF: Final = np.uint64(32)


def words(text: str) -> list[str]:
    """The words of a text in normal form, in order."""
    found: list[str] = TOKEN.findall(normal_form(text))
    return found


def text_key(title: str, body: str) -> int:
    """A number (63 bits, above 0) that two articles share if title and body have the same words in the same
    order.

    TOO_SHORT for an article without a body, or of fewer than FEWEST_WORDS words.
    """
    found = words(body)
    if found and title:
        found = words(title) + found
    if len(found) < FEWEST_WORDS:
        return TOO_SHORT
    digest = hashlib.blake2b(" ".join(found).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1 or 1


class _WordHashes(dict[str, int]):
    """The number of a word; emptied when full."""

    def __missing__(self, word: str) -> int:
        if len(self) >= CACHED_WORDS:
            self.clear()
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = self[word] = int.from_bytes(digest, "little")
        return number


_WORD_HASHES: Final = _WordHashes()


def shingles(text: str) -> Hashes:
    """The set of runs of four words of a text, as sorted numbers; empty for a text of fewer words."""
    found = words(text)
    count = len(found) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_WORD_HASHES.__getitem__, found), dtype=np.uint64, count=len(found))
    runs = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_PLACE_FACTORS):
        runs = _mixed((runs ^ hashes[place : place + count]) * factor)
    return np.unique(runs)


def _mixed(numbers: Hashes) -> Hashes:
    mixed: Hashes = numbers ^ (numbers >> _HALF)
    return mixed


def likeness(one: Hashes, other: Hashes) -> float:
    """The Jaccard index of two sets of shingles; 0 where either is empty."""
    if not (one.size and other.size):
        return 0.0
    shared = np.intersect1d(one, other, assume_unique=True).size
    return float(shared / (one.size + other.size - shared))


def _least(of: Hashes) -> Hashes:
    least: Hashes = np.min((of[:, np.newaxis] * _FACTORS + _SUMMANDS) >> _HALF, axis=0)
    return least


def signature(of: Hashes) -> Bands:
    """The MinHash of a set of shingles, one number for each of its bands; empty for an empty set.

    That two sets share a number is almost always that they share a band; whoever finds it so compares them.
    """
    if not of.size:
        return np.empty(0, dtype=np.uint32)
    parts = (of[start : start + HASHED_AT_ONCE] for start in range(0, of.size, HASHED_AT_ONCE))
    least = np.min([_least(part) for part in parts], axis=0)
    mixed = _mixed(least.reshape(BANDS, ROWS) * _BAND_FACTORS)
    bands: Bands = (np.bitwise_xor.reduce(_mixed(mixed * _BAND_FACTORS[::-1]), axis=1) >> _HALF).astype(
        np.uint32
    )
    return bands
