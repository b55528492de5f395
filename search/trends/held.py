"""What is held of each outlet along the axis: absence of an article on a day from which nothing is held is no
silence of the paper.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.selectors.browse import HeldCount
from archive.selectors.outlets import OutletHolding
from search.trends.periods import Axis, name_of
from search.types import UNKNOWN


class Held(StrEnum):
    """Whether every day of a period is held, some days (or articles of unknown day), or nothing."""

    FULL = "full"
    SOME = "some"
    NOTHING = "gap"


@dataclass(frozen=True, slots=True)
class Holding:
    """One outlet along the axis. `days_missing`: days on which it has nothing here, of `days`."""

    label: str
    slug: str
    address: str
    periods: tuple[Held, ...]
    days_missing: int
    days: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """All outlets along the axis; `together` is what any of them has."""

    outlets: tuple[Holding, ...]
    together: Holding


def chosen(counts: Collection[HeldCount], pks: dict[str, int], slugs: Sequence[str]) -> tuple[HeldCount, ...]:
    """The counts of these outlets (`pks` has the number of each by its slug); all of them for none."""
    if not slugs:
        return tuple(counts)
    wanted = {pks.get(slug) for slug in slugs if slug in pks or slug == UNKNOWN}
    return tuple(count for count in counts if count.outlet_id in wanted)


def holdings_of(held: Iterable[OutletHolding], axis: Axis, label_of_unknown: str) -> Holdings:
    """What is held along the axis, by outlet, in the order given."""
    outlets: list[Holding] = []
    counts: list[HeldCount] = []
    for one in held:
        outlet = one.choice.outlet
        label, address = (outlet.label, outlet.get_absolute_url()) if outlet else (label_of_unknown, "")
        outlets.append(_holding(label, one.choice.slug, address, one.counts, axis))
        counts += one.counts
    return Holdings(tuple(outlets), _holding("", "", "", counts, axis))


def _holding(label: str, slug: str, address: str, counts: Iterable[HeldCount], axis: Axis) -> Holding:
    days: set[datetime.date] = set()
    vague: set[str] = set()
    for count in counts:
        if count.day and count.known_to_the_day:
            days.add(count.day)
        elif count.day:
            vague.add(f"{count.precision}:{name_of(axis.scale, count.day)}")
    within = {day for day in days if axis.first <= day <= axis.last}
    return Holding(
        label, slug, address, tuple(_periods(axis, within, vague)), axis.days - len(within), axis.days
    )


def _periods(axis: Axis, days: set[datetime.date], vague: set[str]) -> Iterable[Held]:
    held_days: dict[str, int] = {}
    for day in days:
        name = name_of(axis.scale, day)
        held_days[name] = held_days.get(name, 0) + 1
    for period in axis.periods:
        held = held_days.get(period.name, 0)
        if held == period.days:
            yield Held.FULL
        else:
            dated_so = any(f"{precision}:{period.name}" in vague for precision in _known(axis))
            yield Held.SOME if held or dated_so else Held.NOTHING


def _known(axis: Axis) -> tuple[str, ...]:
    """The precisions that place an article on this axis, though not on a day."""
    return {"year": ("year", "month"), "month": ("month",), "day": ()}[axis.scale]
