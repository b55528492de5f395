"""Singular and plural of a noun whose plural changes inside: وزير and وزراء are searched together.

Plurals by ending (سيارات) share the stem of their singular and need no list.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from arabic import lexicon, stem
from arabic.normal import normal_form
from arabic.plurals import pairs, related
from search.query.tree import Word
from search.variants.book import Stems


def other_numbers(word: Word) -> tuple[Stems, ...]:
    """The stems of a word's other number, in the form of `Word.also`."""
    return tuple((other,) for other in related(word.stem))


def written() -> Mapping[Stems, str]:
    """How to write such a stem for a reader."""
    return _written(lexicon.used())


@lru_cache(maxsize=2)
def _written(_counts: str) -> Mapping[Stems, str]:
    """By stem, as the counts of this name make it."""
    nouns = dict.fromkeys(noun for pair in pairs() for noun in pair)
    return MappingProxyType({(stem(normal_form(noun)),): noun for noun in reversed(nouns)})
