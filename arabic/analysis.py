"""From a text to the terms that are indexed and asked for: the same for both, or nothing would be found."""

from typing import Final, NamedTuple

from arabic.normal import exact_form, normal_form
from arabic.stem import RULES_VERSION, stem
from arabic.tokens import TOKEN

CACHED_FORMS: Final = 200_000
ANALYSIS_STAMP = f"arabic-{RULES_VERSION}"


class Term(NamedTuple):
    """A word of a text in its three forms; ``original[start:end]`` is what was written, ``position`` counts words."""

    exact: str
    normal: str
    stem: str
    position: int
    start: int
    end: int


def is_stopword(normal: str) -> bool:
    """Whether a normal form carries no meaning of its own."""
    return normal in {"في", "من", "علي", "الي", "عن", "ان"}


def analyse(text: str) -> list[Term]:
    """The terms of a text in order."""
    terms = []
    for position, match in enumerate(TOKEN.finditer(text)):
        exact, normal = exact_form(match.group()), normal_form(match.group())
        terms.append(Term(exact, normal, stem(normal), position, match.start(), match.end()))
    return terms
