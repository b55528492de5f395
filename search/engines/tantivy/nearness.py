"""Nearness of three and more words, and of names of several words: from the texts that the index keeps,
for tantivy knows nearness of two single words only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from arabic import kept_letters, normal_form, stem
from search.query.tree import Near, Word
from search.types import Level

Forms = tuple[str, ...]
"""The words that stand one after the other for a word of the query: one, or more for another spelling."""
LOOSEST_FIRST: Final = (Level.INFLECTED, Level.FOLDED, Level.EXACT)


def form_of(word: Word, level: Level) -> str:
    """The form of a word that counts at a step."""
    if level is Level.EXACT:
        return word.exact
    return word.normal if level is Level.FOLDED else word.stem


def alternatives(word: Word, level: Level) -> tuple[Forms, ...]:
    """What a word is looked for as: from the inflected step on in any spelling of the name."""
    own = (form_of(word, level),)
    return (own, *word.also) if level in (Level.INFLECTED, Level.ANY) else (own,)


def different_words(node: Near, level: Level) -> list[tuple[Forms, ...]]:
    """What the words that are to stand near each other are looked for as, each once."""
    return list(dict.fromkeys(alternatives(word, level) for word in node.words))


class Nearness:
    """Looks whether words stand near each other in a text, at each step of the ladder."""

    def __init__(self, node: Near) -> None:
        self._looks = [(level, _Look(node, level)) for level in LOOSEST_FIRST]

    def steps(self, parts: Sequence[str]) -> Iterator[Level]:
        """The steps at which they do in one of these texts, the loosest first. `parts`: exact forms with
        blanks between."""
        for level, look in self._looks:
            if not any(look.finds(part) for part in parts):
                return  # nor do they at a stricter step
            yield level


class _Look:
    """What is looked for at one step."""

    def __init__(self, node: Near, level: Level) -> None:
        self._words = different_words(node, level)
        self._distance = node.distance
        self._forms = _WantedForms({form for word in self._words for forms in word for form in forms}, level)

    def finds(self, text: str) -> bool:
        """Whether the first word stands somewhere with each other one at most so far away."""
        there = self._places(text)
        places = [_begins(word, there) for word in self._words]
        return all(places) and any(
            all(_is_near(place, others, self._distance) for others in places[1:]) for place in places[0]
        )

    def _places(self, text: str) -> Mapping[str, Sequence[int]]:
        """Where the wanted forms stand, counted in words."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(map(self._forms.__getitem__, text.split(" "))):
            if form:
                places[form].append(number)
        return places


class _WantedForms(dict[str, str]):
    """By exact form, the form that counts at a step if it is a wanted one, else nothing."""

    def __init__(self, wanted: Collection[str], level: Level) -> None:
        self._wanted = wanted
        self._level = level
        # few words are stemmed: those with the letters that every word of a wanted stem has
        self._perhaps = re.compile("|".join(map(re.escape, sorted(map(kept_letters, wanted)))))

    def __missing__(self, exact: str) -> str:
        form = self._form(exact)
        self[exact] = form if form in self._wanted else ""
        return self[exact]

    def _form(self, exact: str) -> str:
        if self._level is Level.EXACT:
            return exact
        normal = normal_form(exact)
        if self._level is Level.FOLDED:
            return normal
        return stem(normal) if self._perhaps.search(normal) else ""


def _begins(word: Iterable[Forms], places: Mapping[str, Sequence[int]]) -> list[int]:
    """Where a word begins in any of its spellings."""
    found: set[int] = set()
    for first, *others in word:
        begins = set(places.get(first, ()))
        for behind, form in enumerate(others, 1):
            begins &= {place - behind for place in places.get(form, ())}
        found |= begins
    return sorted(found)


def _is_near(place: int, places: Sequence[int], distance: int) -> bool:
    """Whether one of the places, which stand in order, is at most so far away."""
    first = bisect_left(places, place - distance)
    return first < len(places) and places[first] <= place + distance
