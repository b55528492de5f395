"""Hits over time as a drawing made on the server: where each bar stands and leads, where nothing is held.

Time runs with reading: the oldest slot stands at the right in Arabic and at the left in English. The drawing
is 600 by 100 units and is stretched by the page; words and figures stand outside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from search.presentation.links import address, address_within, chosen_month, month_bounds
from search.types import UNKNOWN, Results, SearchRequest

WIDTH: Final = 600.0
HEIGHT: Final = 100.0
MOST_YEARS_BY_MONTH: Final = 10
MOST_AXIS_LABELS: Final = 8
MOST_SLOTS: Final = 120
NOT_HELD: Final = "–"
_SMALLEST_BAR: Final = 2
_MONTHS: Final = 12
_NICE_STEPS: Final = (1, 2, 5, 10)
_BAR_SHARE: Final = 0.8

Month = tuple[int, int]


class Scale(StrEnum):
    """What a slot of the drawing is."""

    MONTH = "month"
    MONTH_OF_ONE_YEAR = "month of one year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time in the drawing, in its units. `held` false: hatched. `url` None: nothing to go to.

    `count` None: the filters leave it out, so that nothing can be said of it.
    """

    label: str
    count: int | None
    held: bool
    url: str | None
    x: str
    width: str
    bar_x: str
    bar_width: str
    bar_y: str
    bar_height: str


@dataclass(frozen=True, slots=True)
class AxisLabel:
    """What stands under one or more slots. `count` None: not asked for, or nothing held."""

    label: str
    count: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a year, its months as written, the hits without a month, and the sum.

    A month says its count, "–" where nothing is held, and nothing where the filters leave it out.
    """

    label: str
    url: str | None
    months: tuple[str, ...]
    without_month: int
    total: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing and its table, from the first year to the last. `middle` is the count at half height."""

    scale: Scale
    first: int
    last: int
    slots: tuple[Slot, ...]
    axis: tuple[AxisLabel, ...]
    middle: int
    rows: tuple[Row, ...]
    has_gap: bool
    has_without_month: bool


@dataclass(frozen=True, slots=True)
class _Counts:
    """The dated hits of one search, and what is held."""

    request: SearchRequest
    by_year: dict[int, int]
    by_month: dict[Month, int]
    holdings: dict[Month, int]

    @property
    def years(self) -> range:
        return range(min(self.by_year), max(self.by_year) + 1)

    def in_years(self, first: int, last: int) -> int | None:
        """The hits of these years; None where none of them was asked for."""
        asked = [year for year in range(first, last + 1) if self.asks_year(year)]
        return sum(self.by_year.get(year, 0) for year in asked) if asked else None

    def asks_year(self, year: int) -> bool:
        return any(self.asks_month((year, month)) for month in range(1, _MONTHS + 1))

    def holds_year(self, year: int) -> bool:
        return year in self.by_year or any((year, month) in self.holdings for month in range(1, _MONTHS + 1))

    def holds_month(self, month: Month) -> bool:
        return month in self.by_month or month in self.holdings

    def asks_month(self, month: Month) -> bool:
        """Whether the filters let any day of this month through."""
        request = self.request
        if not (request.years or request.date_from or request.date_to):
            return True
        if not datetime.MINYEAR <= month[0] <= datetime.MAXYEAR:
            return False
        first, last = month_bounds(f"{month[0]:04d}-{month[1]:02d}")
        return (
            (not request.years or first.isoformat()[:4] in request.years)
            and (request.date_from is None or request.date_from <= last)
            and (request.date_to is None or first <= request.date_to)
        )

    def in_month(self, month: Month) -> int | None:
        """The hits of a month; None where it was not asked for."""
        return self.by_month.get(month, 0) if self.asks_month(month) else None

    def written(self, month: Month) -> str:
        if not self.asks_month(month):
            return ""
        return f"{self.by_month.get(month, 0):,}" if self.holds_month(month) else NOT_HELD


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time before it has a place in the drawing."""

    label: str
    count: int | None
    held: bool
    url: str | None


def timeline(results: Results, holdings: dict[Month, int], *, right_to_left: bool) -> Timeline | None:
    """Draw the dated hits against what is held; None where no hit has a date, or one month was asked for."""
    counts = _counts(results, holdings)
    if not counts.by_year or chosen_month(results.request):
        return None
    scale, years = _scale(counts.years)
    step = _nice_step(len(years) / MOST_AXIS_LABELS)
    stretches = tuple(_years(counts, years) if scale is Scale.YEAR else _months(counts, years))
    middle = half_of_scale(max(stretch.count or 0 for stretch in stretches))
    rows = tuple(_rows(counts))
    return Timeline(
        scale=scale,
        first=counts.years[0],
        last=counts.years[-1],
        slots=tuple(placed(stretches, 2 * middle, right_to_left)),
        axis=tuple(
            _axis_of_months(stretches) if scale is Scale.MONTH_OF_ONE_YEAR else _axis(counts, years, step)
        ),
        middle=middle,
        rows=rows,
        has_gap=any(not stretch.held for stretch in stretches),
        has_without_month=any(row.without_month for row in rows),
    )


def _counts(results: Results, holdings: dict[Month, int]) -> _Counts:
    def dated(facet: str) -> Iterator[tuple[str, int]]:
        return ((v.value, v.count) for v in results.facets.get(facet, ()) if v.value != UNKNOWN and v.count)

    return _Counts(
        request=results.request,
        by_year={int(value): count for value, count in dated("year")},
        by_month={(int(value[:-3]), int(value[-2:])): count for value, count in dated("month")},
        holdings=holdings,
    )


def _scale(years: range) -> tuple[Scale, range]:
    """What a slot is, and the years to draw: filled up to whole steps of the axis."""
    if len(years) == 1:
        return Scale.MONTH_OF_ONE_YEAR, years
    step = _nice_step(len(years) / MOST_AXIS_LABELS)
    scale = Scale.MONTH if len(years) <= MOST_YEARS_BY_MONTH else Scale.YEAR
    return scale, range(years.start // step * step, -(-years.stop // step) * step)


def _months(counts: _Counts, years: range) -> Iterator[Stretch]:
    for year in years:
        for number in range(1, _MONTHS + 1):
            month, written = (year, number), f"{year:04d}-{number:02d}"
            count = counts.in_month(month)
            url = month_address(counts.request, written) if count else None
            yield Stretch(str(number), count, count is None or counts.holds_month(month), url)


def _years(counts: _Counts, years: range) -> Iterator[Stretch]:
    """A slot a year; where one stray date makes them very many, a slot for each few."""
    for first, last in _groups(years, _nice_step(len(years) / MOST_SLOTS)):
        count = counts.in_years(first, last)
        held = count is None or any(counts.holds_year(year) for year in range(first, last + 1))
        yield Stretch(_span(first, last), count, held, _years_address(counts.request, first, last, count))


def _groups(years: range, step: int) -> Iterator[tuple[int, int]]:
    return ((first, first + step - 1) for first in years[::step])


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _axis_of_months(stretches: Sequence[Stretch]) -> Iterator[AxisLabel]:
    return (
        AxisLabel(stretch.label, stretch.count if stretch.held else None, stretch.url)
        for stretch in stretches
    )


def _axis(counts: _Counts, years: range, step: int) -> Iterator[AxisLabel]:
    for first, last in _groups(years, step):
        count = counts.in_years(first, last)
        if not any(counts.holds_year(year) for year in range(first, last + 1)):
            count = None
        yield AxisLabel(_span(first, last), count, _years_address(counts.request, first, last, count))


def month_address(request: SearchRequest, month: str) -> str:
    """The same search within one month ("2015-11"), or those of its days that are asked for."""
    return address_within(request, *month_bounds(month), years=())


def _years_address(request: SearchRequest, first: int, last: int, count: int | None) -> str | None:
    if not count:
        return None
    if first == last:
        return address(request, years=(f"{first:04d}",))
    first, last = max(first, datetime.MINYEAR), min(last, datetime.MAXYEAR)
    return address_within(request, datetime.date(first, 1, 1), datetime.date(last, _MONTHS, 31))


def _rows(counts: _Counts) -> Iterator[Row]:
    """One line for each year that has hits, and for each year without where there are few."""
    for year in counts.years:
        total = counts.by_year.get(year, 0)
        if not total and len(counts.years) > MOST_YEARS_BY_MONTH:
            continue
        months = [(year, number) for number in range(1, _MONTHS + 1)]
        without = total - sum(counts.by_month.get(month, 0) for month in months)
        url = _years_address(counts.request, year, year, total)
        yield Row(str(year), url, tuple(map(counts.written, months)), without, total)


def placed(stretches: Sequence[Stretch], top: int, right_to_left: bool) -> Iterator[Slot]:
    """Where each stands in the drawing, whose height is `top` hits."""
    width = WIDTH / len(stretches)
    for number, stretch in enumerate(stretches):
        x = WIDTH - (number + 1) * width if right_to_left else number * width
        height = max(_SMALLEST_BAR, stretch.count / top * HEIGHT) if stretch.count else 0
        yield Slot(
            label=stretch.label,
            count=stretch.count,
            held=stretch.held,
            url=stretch.url,
            x=_figure(x),
            width=_figure(width),
            bar_x=_figure(x + width * (1 - _BAR_SHARE) / 2),
            bar_width=_figure(width * _BAR_SHARE),
            bar_y=_figure(HEIGHT - height),
            bar_height=_figure(height),
        )


def _figure(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def half_of_scale(largest: int) -> int:
    """A round number at half height, so that twice of it is not less than the largest count."""
    return _nice_step(largest / 2)


def _nice_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... that is not less than this."""
    unit = 1
    while True:
        for step in _NICE_STEPS:
            if step * unit >= least:
                return step * unit
        unit *= 10
