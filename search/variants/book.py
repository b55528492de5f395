"""Which names are one: looked up by any of their spellings, with particles or without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from search.query.tree import Word
from search.variants.spelling import (
    ARTICLE,
    TO_THE,
    Spelling,
    bare_forms,
    read_spelling,
    written_forms,
)

Stems = tuple[str, ...]

MIN_FIRST: Final = 2
"""Letters of the first word of a longer name without its particles: the words after it tell it."""


@dataclass(frozen=True)
class NameGroup:
    """The spellings of one name."""

    spellings: tuple[Spelling, ...]

    @cached_property
    def forms(self) -> tuple[Stems, ...]:
        """All sequences of stems that stand for this name and no other word, the plain spellings first."""
        plain = [spelling.stems for spelling in self.spellings if spelling.is_telling]
        attached = [form for spelling in self.spellings for form in written_forms(spelling)]
        return tuple(dict.fromkeys([*plain, *attached]))


class Book:
    """Groups of spellings. A spelling that stands in two groups counts for the first."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._by_words: dict[tuple[str, ...], NameGroup] = {}
        self._by_stem: dict[str, NameGroup] = {}
        self.shown: dict[Stems, str] = {}
        """How to write a sequence of stems for a reader: plain spellings only."""
        for texts in groups:
            self._add(NameGroup(tuple(s for s in map(read_spelling, texts) if s.normals)))
        self.longest = max(map(len, self._by_words), default=0)

    def _add(self, group: NameGroup) -> None:
        for spelling in group.spellings:
            self._by_words.setdefault(spelling.normals, group)
            self.shown.setdefault(spelling.stems, spelling.text)
            if len(spelling.stems) == 1 and spelling.is_whole:
                self._by_stem.setdefault(spelling.stems[0], group)

    def __bool__(self) -> bool:
        return bool(self._by_words)

    def name_at(self, words: Sequence[Word], place: int) -> tuple[NameGroup, int] | None:
        """The group of the longest name that begins at a place among words, and how many words it has."""
        for length in range(min(self.longest, len(words) - place), 0, -1):
            group = self._of(words[place : place + length])
            if group is not None:
                return group, length
        return None

    def _of(self, words: Sequence[Word]) -> NameGroup | None:
        first, *others = words
        rest = tuple(word.normal for word in others)
        forms = bare_forms(first.normal, least=MIN_FIRST) if rest else bare_forms(first.normal)
        for form, particle in forms:
            if (group := self._by_words.get((form, *rest))) is not None and (
                rest or self._may_take(form, particle)
            ):
                return group
        return None if rest else self._by_stem.get(first.stem)

    def _may_take(self, form: str, particle: str) -> bool:
        """Whether a name may have lost this particle: with the article سورية is another word (Syrian)."""
        return self._by_stem.get(form) is not None or not particle.endswith((ARTICLE, TO_THE))
