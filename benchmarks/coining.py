"""New words for a collection that is grown, made of what its real words are made of.

A word of the language is an inflection of a stem: a frame (what stands before and after the stem in some real
word) round a stem. New words are mostly new inflections of known stems; the rest are new stems, names above
all, spelled letter by letter as the letters of real stems follow each other. How many are new stems is what
the collection itself says: of the words that it has in one article only, the share whose stem it has in one
article only (Good and Turing's estimate of what comes next).
"""

from __future__ import annotations

import random
import unicodedata
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from typing import Final

from arabic import normal_form, stem

SHORTEST_STEM: Final = 3
TRIES: Final = 20
END: Final = "\n"


@dataclass(frozen=True, slots=True)
class Parts:
    """A word cut at its stem, as it is spelled: `before + stem + after` is the word."""

    before: str
    stem: str
    after: str


def parts_of(word: str) -> Parts | None:
    """A word cut at its stem; None where the stem does not stand in it letter for letter."""
    normal = normal_form(word)
    core = stem(normal)
    place = normal.find(core)
    if len(normal) != len(word) or place < 0 or not core:
        return None
    end = place + len(core)
    return Parts(word[:place], word[place:end], word[end:])


def share_of_new_stems(words: Sequence[str], articles: Sequence[int]) -> float:
    """Of the words that stand in one article only, the share whose stem stands in one article only."""
    held: Counter[str] = Counter()
    once = 0
    for word, held_by in zip(words, articles, strict=True):
        held[stem(normal_form(word))] += held_by
        once += held_by == 1
    return sum(held_by == 1 for held_by in held.values()) / max(1, once)


class Spelling:
    """Which letters follow which two in real words, and new words spelled by that (a Markov chain of letters,
    Shannon 1948)."""

    def __init__(self, samples: Sequence[str]) -> None:
        following: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sample in samples:
            padded = f"{END}{END}{sample}{END}"
            for place in range(len(padded) - 2):
                following[padded[place : place + 2]][padded[place + 2]] += 1
        self._following = {
            pair: (list(counts), list(accumulate(counts.values()))) for pair, counts in following.items()
        }

    def spell(self, chance: random.Random) -> str:
        """A word; it can be one that exists."""
        text = END + END
        while True:
            letters, sums = self._following[text[-2:]]
            letter = letters[bisect(sums, chance.random() * sums[-1])]
            if letter == END:
                return text[2:]
            text += letter


class Coiner:
    """Coins words that are in no article yet, each of the kind of a word that it stands for."""

    def __init__(self, words: Sequence[str], new_stems: float, chance: random.Random) -> None:
        arabic = [word for word in words if kind_of(word) == "arabic"]
        parts = [found for found in map(parts_of, arabic) if found]
        self._chance, self._new_stems = chance, new_stems
        self._frames = [(one.before, one.after) for one in parts] or [("", "")]
        self._stems = [one.stem for one in parts] or arabic
        self._known_stems = {stem(normal_form(word)) for word in arabic}
        self._arabic = Spelling(sorted(set(self._stems)))
        self._foreign = Spelling([word for word in words if kind_of(word) == "foreign"] or ["a"])
        self._known = set(words)

    def coin(self, instead_of: str) -> str:
        """A word that is in no article yet; from now on it is known."""
        kind = kind_of(instead_of)
        made = {"number": self._numbers, "foreign": self._foreign_words, "arabic": self._arabic_words}[kind]
        word = next(word for word in made(len(instead_of)) if word not in self._known)
        self._known.add(word)
        return word

    def _numbers(self, length: int) -> Iterator[str]:
        """Numbers of this length, then longer ones."""
        while True:
            for _ in range(TRIES):
                yield str(self._chance.randrange(10 ** (length - 1), 10**length))
            length += 1

    def _foreign_words(self, length: int) -> Iterator[str]:
        for tried in count():
            yield self._spelled(self._foreign, tried)

    def _arabic_words(self, length: int) -> Iterator[str]:
        """Words with a new stem, or with a known one, as analysis reads them; new where the known ones have
        all their inflections."""
        wants_new = self._chance.random() < self._new_stems
        for tried in count():
            is_new = wants_new or tried > TRIES
            before, after = self._chance.choice(self._frames)
            core = self._spelled(self._arabic, tried) if is_new else self._chance.choice(self._stems)
            read = stem(normal_form(before + core + after))
            if len(core) >= SHORTEST_STEM and (read not in self._known_stems) == is_new:
                if is_new:
                    self._known_stems.add(read)
                    self._stems.append(core)
                yield before + core + after

    def _spelled(self, spelling: Spelling, tried: int) -> str:
        """A word spelled anew, of several parts where those of one part were tried in vain."""
        parts = 1 + tried // TRIES
        return "".join(spelling.spell(self._chance) for _ in range(parts))


def kind_of(word: str) -> str:
    """The kind of a word by its characters: number, arabic, or foreign."""
    if word.isdecimal():
        return "number"
    return "arabic" if unicodedata.name(word[0], "").startswith("ARABIC LETTER") else "foreign"
