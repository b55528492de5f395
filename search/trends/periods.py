"""The stretches of time along the axis: whole years, months or days, cut where the reader's dates cut."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from archive.models import Article
from archive.selectors.browse import HeldCount
from search.trends.asked import Scale, TrendsRequest
from search.types import UNKNOWN

MOST_POINTS: Final = {Scale.DAY: 366, Scale.MONTH: 240, Scale.YEAR: 120}
"""Points of a line at most; of a longer time the newest are drawn."""
EASY_POINTS: Final = {Scale.DAY: 100, Scale.MONTH: 120}
"""Up to so many points a finer scale is taken of itself."""
_DECEMBER: Final = 12
_ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One point of the axis, both ends within. `name`: its year, month (2015-11) or day (2015-11-21)."""

    name: str
    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Axis:
    """The periods from the oldest to the newest, and the scales that the same time leaves room for."""

    scale: Scale
    periods: tuple[Period, ...]
    scales: tuple[Scale, ...]

    @property
    def first(self) -> datetime.date:
        return self.periods[0].first

    @property
    def last(self) -> datetime.date:
        return self.periods[-1].last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def axis_of(request: TrendsRequest, counts: Collection[HeldCount]) -> Axis | None:
    """The axis for what is held (`counts`) in the time asked for; None where nothing dated is held then."""
    bounds = _bounds(request, counts)
    if bounds is None:
        return None
    first, last = bounds
    room = tuple(scale for scale in Scale if _points(scale, first, last) <= MOST_POINTS[scale])
    scales = room or (Scale.YEAR,)
    scale = request.scale if request.scale in scales else _easiest(first, last)
    periods = tuple(_periods(scale, first, last, request))
    return Axis(scale, periods[-MOST_POINTS[scale] :], scales)


def _bounds(
    request: TrendsRequest, counts: Collection[HeldCount]
) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of which anything is held in the time asked for."""
    dated = [count for count in counts if count.day]
    if not dated:
        return None
    first = min(count.day for count in dated if count.day)
    last = max(_last_day(count) for count in dated)
    first = max([first, *_given(request.narrowing.date_from), *_years(request)[:1]])
    last = min([last, *_given(request.narrowing.date_to), *_years(request)[1:]])
    return (first, last) if first <= last else None


def _given(day: datetime.date | None) -> tuple[datetime.date, ...]:
    return (day,) if day else ()


def _years(request: TrendsRequest) -> tuple[datetime.date, ...]:
    """The first and last day of the years that are asked for; nothing where none is."""
    years = [int(year) for year in request.narrowing.years if year != UNKNOWN]
    return (datetime.date(min(years), 1, 1), datetime.date(max(years), _DECEMBER, 31)) if years else ()


def _last_day(count: HeldCount) -> datetime.date:
    day = count.day or datetime.date.min
    if count.precision == Article.Precision.YEAR:
        return day.replace(month=_DECEMBER, day=31)
    if count.precision == Article.Precision.MONTH:
        return _end(Scale.MONTH, day)
    return day


def _points(scale: Scale, first: datetime.date, last: datetime.date) -> int:
    if scale is Scale.DAY:
        return (last - first).days + 1
    if scale is Scale.MONTH:
        return (last.year - first.year) * _DECEMBER + last.month - first.month + 1
    return last.year - first.year + 1


def _easiest(first: datetime.date, last: datetime.date) -> Scale:
    for scale, most in EASY_POINTS.items():
        if _points(scale, first, last) <= most:
            return scale
    return Scale.YEAR


def _periods(
    scale: Scale, first: datetime.date, last: datetime.date, request: TrendsRequest
) -> Iterator[Period]:
    """Whole periods, so that what is dated to one is found in it; cut only where the reader's dates cut."""
    least, most = request.narrowing.date_from, request.narrowing.date_to
    start = _start(scale, first)
    while start <= last:
        end = _end(scale, start)
        begins, ends = max(start, least or start), min(end, most or end)
        yield Period(name_of(scale, start), begins, ends)
        if end == datetime.date.max:
            return
        start = end + _ONE_DAY


def name_of(scale: Scale, day: datetime.date) -> str:
    """The period that a day is in, as engines name it: 2015, 2015-11 or 2015-11-21."""
    if scale is Scale.YEAR:
        return str(day.year)
    return day.isoformat()[:7] if scale is Scale.MONTH else day.isoformat()


def _start(scale: Scale, day: datetime.date) -> datetime.date:
    if scale is Scale.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if scale is Scale.MONTH else day


def _end(scale: Scale, day: datetime.date) -> datetime.date:
    if scale is Scale.YEAR:
        return day.replace(month=_DECEMBER, day=31)
    if scale is Scale.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day
