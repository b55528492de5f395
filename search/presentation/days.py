"""Hits within one month as a drawing of its days: the last step down from years and months."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from archive.display.dates import written_day, written_month
from archive.selectors.browse import HeldCount
from search.presentation.links import address, chosen_month, month_bounds
from search.presentation.timeline import AxisLabel, Slot, Stretch, half_of_scale, placed
from search.types import Results, SearchRequest


@dataclass(frozen=True, slots=True)
class DayRow:
    """A line of the table. `held` false: the archive has nothing of this day. `url` None: no hits."""

    label: str
    count: int
    held: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Days:
    """The drawing of a month and its table. `without_day`: hits of which no more than the month is known;
    `earlier` and `later` lead to the months beside it.
    """

    month: str
    slots: tuple[Slot, ...]
    axis: tuple[AxisLabel, ...]
    middle: int
    rows: tuple[DayRow, ...]
    has_gap: bool
    without_day: int
    earlier: AxisLabel
    later: AxisLabel


def days(results: Results, held: Collection[HeldCount], *, right_to_left: bool) -> Days | None:
    """Draw the hits of the month that is asked for, against what is held; None where no one month is."""
    month = chosen_month(results.request)
    if month is None:
        return None
    first, last = month_bounds(month)
    rows = tuple(_rows(results, first, last, {count.day for count in held if count.known_to_the_day}))
    stretches = [
        Stretch(str(day), row.count, row.held or bool(row.count), row.url) for day, row in enumerate(rows, 1)
    ]
    middle = half_of_scale(max(row.count for row in rows))
    return Days(
        month=written_month(first),
        slots=tuple(placed(stretches, 2 * middle, right_to_left)),
        axis=tuple(AxisLabel(stretch.label, None, stretch.url) for stretch in stretches),
        middle=middle,
        rows=rows,
        has_gap=any(not stretch.held for stretch in stretches),
        without_day=results.total - sum(row.count for row in rows),
        earlier=_month_of(results.request, first - datetime.timedelta(days=1)),
        later=_month_of(results.request, last + datetime.timedelta(days=1)),
    )


def _rows(
    results: Results, first: datetime.date, last: datetime.date, held: Collection[datetime.date | None]
) -> Iterator[DayRow]:
    counts = {value.value: value.count for value in results.facets.get("day", ())}
    for number in range((last - first).days + 1):
        day = first + datetime.timedelta(days=number)
        count = counts.get(day.isoformat(), 0)
        url = address(results.request, date_from=day, date_to=day) if count else None
        yield DayRow(written_day(day), count, day in held, url)


def _month_of(request: SearchRequest, day: datetime.date) -> AxisLabel:
    first, last = month_bounds(day.isoformat()[:7])
    return AxisLabel(written_month(first), None, address(request, date_from=first, date_to=last))
