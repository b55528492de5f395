"""Singular and plural, where the plural changes the word inside: وزير, وزراء.

Sound plurals (مهندسون, سيارات) share the stem of their singular; these are the others, by a list
(data/plurals.tsv).
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from arabic import letters as l
from arabic import lexicon
from arabic.normal import normal_form
from arabic.stem import stem

PLURALS_FILE: Final = Path(__file__).parent / "data" / "plurals.tsv"


def related(stem: str) -> tuple[str, ...]:
    """The stems of the same noun in its other number; none for most words. Symmetrical.

    ``related("وزير") == ("وزرا",)``.
    """
    return _other_number(lexicon.used()).get(stem, ())


@lru_cache(maxsize=2)
def _other_number(_counts: str) -> dict[str, tuple[str, ...]]:
    """By stem, as the counts of this name make it."""
    related: dict[str, set[str]] = {}
    for singular, plural in pairs():
        one, many = stem(normal_form(singular)), stem(normal_form(plural))
        if one != many and not _is_of_another(normal_form(plural), many):
            related.setdefault(one, set()).add(many)
            related.setdefault(many, set()).add(one)
    return {word: tuple(sorted(others)) for word, others in related.items()}


def _is_of_another(plural: str, stem_of_it: str) -> bool:
    """Whether a plural by ending has the stem of another noun: that of أميرات is أمير, not أميرة."""
    return plural.endswith(l.ALEF + l.TEH) and stem_of_it != plural


def pairs() -> list[tuple[str, str]]:
    """Singular and plural, as written in data/plurals.tsv."""
    lines = PLURALS_FILE.read_text(encoding="utf-8").splitlines()
    listed = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(singular, plural) for singular, plural in listed]
