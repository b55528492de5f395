"""Counts of what is held, put into calendars and strips. Nothing held is a gap, never a zero."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.display import dates
from archive.models import Article
from archive.selectors.browse import HeldCount

SUNDAY = 6
SHADES = 4


@dataclass(frozen=True, slots=True)
class Heat:
    """Shades for counts: `ends` are the highest counts of all shades but the last, by quartiles.

    `most`: the highest count of all, where the last shade in use ends.
    """

    ends: tuple[int, ...]
    most: int

    @classmethod
    def of(cls, counts: Iterable[int]) -> Heat:
        held = sorted(count for count in counts if count)
        ends: list[int] = []
        for quarter in range(1, SHADES):
            end = held[(len(held) * quarter - 1) // SHADES] if held else quarter
            ends.append(max(end, ends[-1] + 1 if ends else 1))
        return cls(tuple(ends), held[-1] if held else 0)

    def shade(self, count: int) -> int:
        """1 to 4; 0 for a count of none."""
        return sum(count > end for end in self.ends) + 1 if count else 0

    def legend(self) -> tuple[tuple[int, int, int], ...]:
        """Each shade in use with its lowest and highest count."""
        lows = (1, *(end + 1 for end in self.ends))
        highs = (*(min(end, self.most) for end in self.ends), self.most)
        shades = zip(range(1, SHADES + 1), lows, highs, strict=True)
        return tuple((shade, low, high) for shade, low, high in shades if low <= self.most)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a calendar. `number` and `in_address` are its parts of the page and of its address."""

    number: str
    in_address: str
    articles: int
    shade: int


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month as weeks that begin on Sunday (None: a day of another month)."""

    first: datetime.date
    articles: int
    day_unknown: int
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    shade: int = 0

    @property
    def name(self) -> str:
        return dates.month_name(self.first.month)

    @property
    def eastern_name(self) -> str:
        return dates.eastern_month_name(self.first.month)

    @property
    def hijri(self) -> str:
        return dates.written_hijri_months(self.first, dates.last_day_of_month(self.first))


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of months, shaded; `gaps` are the stretches of days from which nothing is held."""

    year: int
    months: tuple[CalendarMonth, ...]
    heat: Heat
    articles: int
    year_only: int
    days_held: int
    days: int
    gaps: tuple[tuple[datetime.date, datetime.date], ...] = field(default=())

    @property
    def days_missing(self) -> int:
        return self.days - self.days_held


def calendar_year(year: int, counts: Collection[HeldCount]) -> CalendarYear:
    """The year as twelve months of days, from the counts of that year."""
    by_day = articles_by_day(counts)
    heat = Heat.of(by_day.values())
    day_unknown = _articles_by_month(counts, Article.Precision.MONTH)
    months = tuple(_month(datetime.date(year, month, 1), by_day, day_unknown, heat) for month in range(1, 13))
    return CalendarYear(
        year=year,
        months=months,
        heat=heat,
        articles=sum(count.articles for count in counts),
        year_only=sum(count.articles for count in counts if count.precision == Article.Precision.YEAR),
        days_held=len(by_day),
        days=366 if calendar.isleap(year) else 365,
        gaps=tuple(_gaps(year, by_day)),
    )


def calendar_month(first: datetime.date, counts: Collection[HeldCount]) -> tuple[CalendarMonth, Heat]:
    """One month of days, from the counts of that month."""
    by_day = articles_by_day(counts)
    heat = Heat.of(by_day.values())
    return _month(first, by_day, _articles_by_month(counts, Article.Precision.MONTH), heat), heat


def articles_by_day(counts: Iterable[HeldCount]) -> Counter[datetime.date]:
    """How many articles of each day that is known."""
    found: Counter[datetime.date] = Counter()
    for count in counts:
        if count.day and count.known_to_the_day:
            found[count.day] += count.articles
    return found


def _articles_by_month(counts: Iterable[HeldCount], *precisions: str) -> Counter[datetime.date]:
    found: Counter[datetime.date] = Counter()
    for count in counts:
        if count.day and count.precision in precisions:
            found[count.day.replace(day=1)] += count.articles
    return found


def _month(
    first: datetime.date, by_day: Counter[datetime.date], day_unknown: Counter[datetime.date], heat: Heat
) -> CalendarMonth:
    weeks = tuple(
        tuple(_calendar_day(first.replace(day=day), by_day, heat) if day else None for day in week)
        for week in calendar.Calendar(SUNDAY).monthdayscalendar(first.year, first.month)
    )
    known = sum(day.articles for week in weeks for day in week if day)
    return CalendarMonth(first, known + day_unknown[first], day_unknown[first], weeks)


def _calendar_day(day: datetime.date, by_day: Counter[datetime.date], heat: Heat) -> CalendarDay:
    return CalendarDay(str(day.day), f"{day.day:02d}/", by_day[day], heat.shade(by_day[day]))


def _gaps(year: int, held: Collection[datetime.date]) -> Iterator[tuple[datetime.date, datetime.date]]:
    start: datetime.date | None = None
    for day in _days_of(year):
        if day in held:
            if start:
                yield start, day - datetime.timedelta(days=1)
            start = None
        elif start is None:
            start = day
    if start:
        yield start, datetime.date(year, 12, 31)


def _days_of(year: int) -> Iterator[datetime.date]:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return (datetime.date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in the table of all years: twelve months, and how many articles of the year in all."""

    year: int
    articles: int
    months: tuple[CalendarMonth, ...]


def year_rows(counts: Collection[HeldCount]) -> tuple[YearRow, ...]:
    """Every year from the first held to the last, with the months of each, newest year first."""
    dated = [count for count in counts if count.day]
    if not dated:
        return ()
    precisions = (Article.Precision.TIME, Article.Precision.DAY, Article.Precision.MONTH)
    by_month = _articles_by_month(dated, *precisions)
    by_year: Counter[int] = Counter()
    for count in dated:
        by_year[_year(count)] += count.articles
    heat = Heat.of(by_month.values())
    return tuple(
        YearRow(
            year, by_year[year], tuple(_bare_month(year, month, by_month, heat) for month in range(1, 13))
        )
        for year in range(max(by_year), min(by_year) - 1, -1)
    )


def _year(count: HeldCount) -> int:
    return count.day.year if count.day else 0


def _bare_month(year: int, month: int, by_month: Counter[datetime.date], heat: Heat) -> CalendarMonth:
    first = datetime.date(year, month, 1)
    return CalendarMonth(first, by_month[first], 0, (), heat.shade(by_month[first]))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a strip, or a gap over its whole height; in hundredths of the strip's width and height."""

    x: float
    y: float
    width: float
    height: float
    gap: bool


WIDTH, HEIGHT = 600.0, 20.0
MOST_MONTHS = 180
"""Beyond fifteen years a strip counts by years, or its bars would be too thin to see."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The common time of several strips: the first month, how many steps, and how many months a step has."""

    first: datetime.date
    steps: int
    months: int

    @classmethod
    def of(cls, counts: Iterable[HeldCount]) -> Axis | None:
        days = [count.day for count in counts if count.day]
        if not days:
            return None
        first, last = min(days), max(days)
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if months <= MOST_MONTHS:
            return cls(first.replace(day=1), months, 1)
        return cls(first.replace(month=1, day=1), last.year - first.year + 1, 12)

    def step(self, day: datetime.date) -> int:
        return ((day.year - self.first.year) * 12 + day.month - self.first.month) // self.months


def strip(counts: Iterable[HeldCount], axis: Axis, *, right_to_left: bool) -> tuple[Bar, ...]:
    """One outlet's months (or years) as bars, oldest where reading begins; stretches without any as gaps."""
    held: Counter[int] = Counter()
    for count in counts:
        if count.day:
            held[axis.step(count.day)] += count.articles
    most, width = max(held.values(), default=1), WIDTH / axis.steps
    bars: list[Bar] = []
    for start, end in _runs(held, axis.steps):
        x = WIDTH - end * width if right_to_left else start * width
        if start not in held:
            bars.append(Bar(round(x, 2), 0, round((end - start) * width, 2), HEIGHT, gap=True))
            continue
        height = max(1.5, HEIGHT * held[start] / most)
        bars.append(
            Bar(
                round(x + width * 0.1, 2),
                round(HEIGHT - height, 2),
                round(width * 0.8, 2),
                round(height, 2),
                gap=False,
            )
        )
    return tuple(bars)


def _runs(held: Collection[int], steps: int) -> Iterator[tuple[int, int]]:
    """Each held step alone, and the stretches between them whole, as [start, end)."""
    start = 0
    for step in (*sorted(held), steps):
        if step > start:
            yield start, step
        if step < steps:
            yield step, step + 1
        start = step + 1


def stretch_held(counts: Sequence[HeldCount]) -> str:
    """From when to when: يناير 2012 – ديسمبر 2016; empty where no date is known."""
    dated = sorted((count.day, count.precision) for count in counts if count.day)
    if not dated:
        return ""
    first, last = (_period(day, precision) for day, precision in (dated[0], dated[-1]))
    return first if first == last else f"{first} – {last}"


def _period(day: datetime.date, precision: str) -> str:
    return str(day.year) if precision == Article.Precision.YEAR else dates.written_month(day)
