"""Ways of typing a word with a particle that it does not have, or without the one that it has.

What a form means shows in how often the documents hold it (`seen`: normal form to count): a particle is
added where the result is a word of theirs, and taken off where the rest is the word rather than the whole
(not the و of وزير, nor the ب of بلد).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from arabic import is_stopword, normal_form
from arabic import letters as l

ARTICLE: Final = l.ALEF + l.LAM
TO_THE: Final = l.LAM + l.LAM
LEAST_WORD: Final = 3
LEAST_SEEN: Final = 3
TIMES: Final = 3
"""How much more often the rest must be seen than the whole, for its first letter to be a particle."""

Seen = Mapping[str, int]
"""Normal form to how often the documents hold it."""
ParticleRule = Callable[[str, Seen], str]


def _count(word: str, seen: Seen) -> int:
    return seen.get(normal_form(word), 0)


def _takes_particles(word: str) -> bool:
    return len(word) >= LEAST_WORD and not is_stopword(normal_form(word))


def with_article(word: str, seen: Seen) -> str:
    """كتاب -> الكتاب, where the documents hold it with ال."""
    longer = ARTICLE + word
    fits = _takes_particles(word) and not word.startswith(ARTICLE) and _count(longer, seen) >= LEAST_SEEN
    return longer if fits else word


def without_article(word: str, seen: Seen) -> str:
    """الكتاب -> كتاب, where the documents hold it without ال."""
    rest = word.removeprefix(ARTICLE)
    fits = rest != word and _takes_particles(word) and len(rest) >= LEAST_WORD
    return rest if fits and _count(rest, seen) >= LEAST_SEEN else word


def with_and(word: str, _seen: Seen) -> str:
    """كتاب -> وكتاب, الكتاب -> والكتاب: any word takes it."""
    return l.WAW + word if _takes_particles(word) and not word.startswith(l.WAW) else word


def with_beh(word: str, seen: Seen) -> str:
    """كتاب -> بكتاب, where the documents hold it."""
    longer = l.BEH + word
    return longer if _takes_particles(word) and _count(longer, seen) >= LEAST_SEEN else word


def with_lam(word: str, seen: Seen) -> str:
    """كتاب -> لكتاب, الكتاب -> للكتاب, where the documents hold it."""
    longer = TO_THE + word.removeprefix(ARTICLE) if word.startswith(ARTICLE) else l.LAM + word
    return longer if _takes_particles(word) and _count(longer, seen) >= LEAST_SEEN else word


def without_and(word: str, seen: Seen) -> str:
    """والكتاب -> الكتاب, وكتاب -> كتاب."""
    return _without(l.WAW, word, seen)


def without_beh(word: str, seen: Seen) -> str:
    """بالكتاب -> الكتاب, بكتاب -> كتاب."""
    return _without(l.BEH, word, seen)


def without_lam(word: str, seen: Seen) -> str:
    """للكتاب -> الكتاب, لكتاب -> كتاب."""
    if word.startswith(TO_THE):
        rest = ARTICLE + word.removeprefix(TO_THE)
        fits = _takes_particles(word) and _count(rest, seen) >= max(LEAST_SEEN, _count(word, seen))
        return rest if fits else word
    return _without(l.LAM, word, seen)


def _without(particle: str, word: str, seen: Seen) -> str:
    """The word without a particle, where the whole takes no ال and the rest is seen far more often."""
    rest = word.removeprefix(particle)
    if rest == word or not _takes_particles(word) or len(rest) < LEAST_WORD:
        return word
    is_whole = not rest.startswith(ARTICLE) and _count(ARTICLE + word, seen) >= LEAST_SEEN
    is_rest = _count(rest, seen) >= max(LEAST_SEEN, TIMES * _count(word, seen))
    return rest if is_rest and not is_whole else word
