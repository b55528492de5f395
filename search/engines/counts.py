"""In which order counts of hits are answered."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

from arabic import analyse
from search.types import UNKNOWN

MOST_AUTHORS: Final = 30
"""Authors that are counted at most: a collection has thousands, and each name costs time to be read."""
ALL: Final = 1
"""The number of hits that makes an author one of those counted where all of them are."""


def by_count(counts: Mapping[str, int]) -> dict[str, int]:
    """Names by frequency; "", the unknown one, last."""
    ranked = sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0]))
    return {value or UNKNOWN: count for value, count in ranked}


def cut_of(counts: Iterable[int]) -> int:
    """How many hits an author must have at least to be among those counted, from what each one has.

    Of authors of equal number all are counted or none, so that nothing but the hits decides. 0 where all of
    the first have equally many: then names decide.
    """
    ranked = sorted(counts, reverse=True)
    if len(ranked) <= MOST_AUTHORS:
        return ALL
    beyond = ranked[MOST_AUTHORS]
    return beyond + 1 if ranked[0] > beyond else 0


def leading(counts: Mapping[str, int], chosen: Collection[str] = ()) -> tuple[dict[str, int], bool]:
    """The authors of most hits by frequency, those chosen among them, "", the unknown one, last; and whether
    there are more.
    """
    named = by_count({name: count for name, count in counts.items() if name and count})
    cut = cut_of(named.values())
    first = [name for name, count in named.items() if count >= cut] if cut else list(named)[:MOST_AUTHORS]
    kept = {"", *first, *chosen}
    shown = {name: count for name, count in counts.items() if count and name in kept}
    return by_count(shown), cut != ALL


def by_time(counts: Mapping[int, int], name: Callable[[int], str]) -> dict[str, int]:
    """Times from the newest on; 0, the unknown one, last."""
    ranked = sorted(counts.items(), key=lambda item: (item[0] == 0, -item[0]))
    return {name(value) if value else UNKNOWN: count for value, count in ranked}


def month_name(month: int) -> str:
    """A month that is kept as year · 12 + month − 1, as 2015-11."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def day_name(day: int) -> str:
    """A day that is kept as its proleptic ordinal, as 2015-11-21."""
    return datetime.date.fromordinal(day).isoformat()


def years_of(values: tuple[str, ...]) -> list[int]:
    """The years that a filter names, 0 for the unknown one; what is no year finds nothing."""
    return [0 if value == UNKNOWN else int(value) for value in values if value == UNKNOWN or _is_year(value)]


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < len(text) < 5 and int(text) > 0


@lru_cache(maxsize=100_000)
def words_of_name(name: str) -> frozenset[str]:
    """The words of an author's name, folded."""
    return frozenset(term.normal for term in analyse(name))
