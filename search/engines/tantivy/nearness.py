"""Nearness of three and more words, and of names of several words: from the texts that the index keeps,
for tantivy knows nearness of two single words only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from arabic import kept_letters, normal_form, stem
from search.query.tree import Near, Word
from search.types import Level

Forms = tuple[str, ...]
"""The words that stand one after the other for a word of the query: one, or more for another spelling."""
Wanted = tuple[str, ...]
"""The forms of a word at each of these steps, or none."""
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
        self._distance = node.distance
        self._words = [different_words(node, level) for level in LOOSEST_FIRST]
        self._wanted = _WantedForms([_forms_in(words) for words in self._words])

    def steps(self, parts: Sequence[str]) -> Iterator[Level]:
        """The steps at which they do in one of these texts, the loosest first. `parts`: exact forms with
        blanks between."""
        there = [self._there(part) for part in parts]
        for step, level in enumerate(LOOSEST_FIRST):
            if not any(self._finds(step, part) for part in there):
                return  # nor do they at a stricter step
            yield level

    def _there(self, text: str) -> list[tuple[int, Wanted]]:
        """The wanted words of a text, counted in words."""
        found = map(self._wanted.__getitem__, text.split(" "))
        return [(number, forms) for number, forms in enumerate(found) if forms]

    def _finds(self, step: int, there: Sequence[tuple[int, Wanted]]) -> bool:
        """Whether the first word stands somewhere with each other one at most so far away."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, forms in there:
            places[forms[step]].append(number)
        begins = [_begins(word, places) for word in self._words[step]]
        return all(begins) and any(
            all(_is_near(place, others, self._distance) for others in begins[1:]) for place in begins[0]
        )


def _forms_in(words: Sequence[tuple[Forms, ...]]) -> frozenset[str]:
    return frozenset(form for word in words for forms in word for form in forms)


class _WantedForms(dict[str, Wanted]):
    """By exact form, the forms that count at each step, empty those that are not wanted; nothing where none
    is. Each word is looked at once for all steps."""

    def __init__(self, wanted: Sequence[frozenset[str]]) -> None:
        self._stems, self._normals, self._exacts = wanted
        # few words are stemmed: those with the letters that every word of a wanted stem has
        self._perhaps = re.compile("|".join(map(re.escape, sorted(map(kept_letters, self._stems)))))

    def __missing__(self, exact: str) -> Wanted:
        normal = normal_form(exact)
        stemmed = stem(normal) if self._perhaps.search(normal) else ""
        forms = (
            stemmed if stemmed in self._stems else "",
            normal if normal in self._normals else "",
            exact if exact in self._exacts else "",
        )
        self[exact] = forms if any(forms) else ()
        return self[exact]


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
