"""The sixteen ways of mistyping a query, each made by rule from the query as it is.

A way has one or more rules, each from a word to the word typed otherwise; a rule is applied to every word
of a query that it fits. Words that the query language reads as signs (أو) stay, for to mistype them is to
ask something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arabic import normal_form, tokenize
from benchmarks.mistyping import letters, lists, particles
from benchmarks.mistyping.letters import LetterRule
from benchmarks.mistyping.particles import ParticleRule, Seen


@dataclass(frozen=True, slots=True)
class Way:
    """A way of mistyping: its name in floors, what it does, its rules by name, whether of numbers."""

    name: str
    what: str
    rules: tuple[tuple[str, ParticleRule], ...]
    of_numbers: bool = False


def _by_letters(*rules: LetterRule) -> tuple[tuple[str, ParticleRule], ...]:
    return tuple((rule.__name__, _regardless(rule)) for rule in rules)


def _regardless(rule: LetterRule) -> ParticleRule:
    return lambda word, _seen: rule(word)


def _by_particles(*rules: ParticleRule) -> tuple[tuple[str, ParticleRule], ...]:
    return tuple((rule.__name__, rule) for rule in rules)


WAYS: Final = (
    Way("vowel_marks", "vowel marks added", _by_letters(letters.with_vowel_marks)),
    Way("tatweel", "tatweel added", _by_letters(letters.with_tatweel)),
    Way("teh_marbuta", "ة as ه", _by_letters(letters.teh_marbuta_as_heh)),
    Way(
        "yeh",
        "ى and ي exchanged",
        _by_letters(letters.alef_maksura_as_yeh, letters.final_yeh_as_alef_maksura),
    ),
    Way(
        "hamza_on_alef",
        "hamza on alef dropped, added, exchanged",
        _by_letters(
            letters.without_hamza_on_alef, letters.with_hamza_on_first_alef, letters.with_other_hamza_on_alef
        ),
    ),
    Way(
        "hamza_seats",
        "hamza on another seat, without one, or not at all",
        _by_letters(
            letters.with_other_hamza_seat,
            letters.hamza_without_seat,
            letters.seat_without_hamza,
            letters.without_final_hamza,
        ),
    ),
    Way("persian", "Persian keyboard", _by_letters(letters.on_persian_keyboard)),
    Way("presentation", "presentation forms", _by_letters(letters.in_presentation_forms)),
    Way("digits", "Arabic-Indic digits", _by_letters(letters.in_arabic_indic_digits), of_numbers=True),
    Way("article_added", "ال added", _by_particles(particles.with_article)),
    Way("article_dropped", "ال dropped", _by_particles(particles.without_article)),
    Way("and", "و added or dropped", _by_particles(particles.with_and, particles.without_and)),
    Way("beh", "ب added or dropped", _by_particles(particles.with_beh, particles.without_beh)),
    Way("lam", "ل added or dropped", _by_particles(particles.with_lam, particles.without_lam)),
    Way(
        "number", "singular for plural, plural for singular", _by_letters(lists.as_plural, lists.as_singular)
    ),
    Way("foreign_names", "another spelling of foreign names", _by_letters(lists.spelled_otherwise)),
)
SIGNS: Final = frozenset({normal_form("أو")})


def typed(query: str, rule: ParticleRule, seen: Seen, *, of_numbers: bool = False) -> str:
    """A query with a rule applied to each of its Arabic words, or to each of its numbers."""
    pieces, end = [], 0
    for token in tokenize(query):
        fits = token.text.isdecimal() if of_numbers else _is_arabic_word(token.text)
        pieces += [query[end : token.start], rule(token.text, seen) if fits else token.text]
        end = token.end
    return "".join([*pieces, query[end:]])


def _is_arabic_word(word: str) -> bool:
    return not word.isascii() and not word[0].isdecimal() and normal_form(word) not in SIGNS
