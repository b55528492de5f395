"""Ways of typing another word for the same thing, by lists: singular and plural, spellings of foreign
names.

The lists were written for this measurement from knowledge of the language, apart from any that the archive
itself searches by.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from arabic import letters as l
from arabic import normal_form

PLURALS_FILE: Final = Path(__file__).resolve().parent / "plurals.tsv"
"""Singular and plural, sound and broken, a pair a line."""
NAMES_FILE: Final = Path(__file__).resolve().parent / "foreign_names.tsv"
"""Spellings of one foreign name or word, two or more a line."""
_ARTICLES: Final = ("", l.ALEF + l.LAM)
_PARTICLES: Final = tuple(
    conjunction + before
    for conjunction, before in product(
        ("", l.WAW, l.FEH),
        (
            *_ARTICLES,
            l.BEH,
            l.LAM,
            l.KAF,
            l.BEH + l.ALEF + l.LAM,
            l.KAF + l.ALEF + l.LAM,
            l.LAM + l.LAM,
        ),
    )
)
"""What can stand before a noun; nothing first, so that a word of the list is taken whole where it can
be.
"""


def rows(path: Path) -> list[list[str]]:
    """The lines of a list, each its words."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]


@cache
def plurals() -> Mapping[str, str]:
    """Singular, in normal form, to plural as written."""
    return {normal_form(singular): plural for singular, plural in rows(PLURALS_FILE)}


@cache
def singulars() -> Mapping[str, str]:
    """Plural, in normal form, to singular as written."""
    return {normal_form(plural): singular for singular, plural in rows(PLURALS_FILE)}


@cache
def next_spellings() -> Mapping[str, str]:
    """A spelling, in normal form, to the next one of the same name; of the last to the first."""
    return {
        normal_form(spelling): spellings[(place + 1) % len(spellings)]
        for spellings in rows(NAMES_FILE)
        for place, spelling in enumerate(spellings)
    }


def exchanged(word: str, listed: Mapping[str, str]) -> str:
    """The word that a list has for this one, behind the same particles; the word itself where it has
    none.
    """
    form = normal_form(word)
    for particles in _PARTICLES:
        if form.startswith(particles) and form[len(particles) :] in listed:
            return particles + listed[form[len(particles) :]]
    return word


def as_plural(word: str) -> str:
    """كتاب -> كتب, بالجامعة -> بالجامعات."""
    return exchanged(word, plurals())


def as_singular(word: str) -> str:
    """كتب -> كتاب, بالجامعات -> بالجامعة."""
    return exchanged(word, singulars())


def spelled_otherwise(word: str) -> str:
    """غوغل -> جوجل, لأميركا -> لأمريكا."""
    return exchanged(word, next_spellings())
