"""Dates as newspapers print them: what stands there, never what could be guessed.

A date without a year is none. Where day and month could be either, the Arabic press prints the day first; a
weekday printed beside it can say otherwise. Two-digit years are read in one place only, the dateline of CNN
Arabic (``1901 (GMT+04:00) - 22/01/09``), where nothing else can be meant.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from arabic import clock, months
from arabic import date_forms as forms
from arabic.aligned import aligned_normal_form
from arabic.hijri import DateOutOfRange, HijriDate, to_gregorian

Precision = Literal["time", "day", "month", "year"]
Calendar = Literal["gregorian", "hijri"]


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date printed in a text, with the weekday and the time beside it: ``raw == text[start:end]``.

    ``date`` is the first day of the printed period, None for a Hijri date outside 1343-1500 AH. ``time`` is
    as printed, of no zone. ``hijri`` is (year, month, day). ``weekday_agrees`` is None where no weekday is
    printed.
    """

    start: int
    end: int
    raw: str
    date: datetime.date | None
    time: datetime.time | None
    precision: Precision
    calendar: Calendar
    weekday_agrees: bool | None
    hijri: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in the normalised text, before weekday and time are looked for.

    ``swapped`` is its reading with the month first, where that is possible.
    """

    start: int
    end: int
    date: datetime.date | None
    precision: Precision
    hijri: HijriDate | None = None
    swapped: datetime.date | None = None


FIRST_NUMERIC_YEAR: Final = 1800
LAST_YEAR: Final = 2099
UNMARKED_HIJRI: Final = range(1400, 1501)
"""Hijri years of an all-digit date that says no هـ: earlier ones may be Persian."""
NAMED_HIJRI: Final = range(1000, 1600)

_LOOK_BACK: Final = 48


def _is_hijri_era(era: str | None) -> bool:
    return era is not None and (era.startswith("ه") or era.lower() == "ah")


def _month_number(match: re.Match[str], names: Mapping[str, int]) -> int | None:
    """The number of the named month; None where a second name beside it says another."""
    printed = [name for name in (match["month"], match["second"]) if name]
    numbers = {names.get(months.plain(name)) for name in printed}
    return numbers.pop() if len(numbers) == 1 else None


def _gregorian(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _found_hijri(match: re.Match[str], value: HijriDate, precision: Precision) -> _Found | None:
    _, month, day = value
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    try:
        date = to_gregorian(value)
    except DateOutOfRange:
        date = None
    return _Found(*match.span(), date, precision, hijri=value)


def _found_gregorian(
    match: re.Match[str], year: int, month: int, day: int, precision: Precision
) -> _Found | None:
    date = _gregorian(year, month, day)
    return _Found(*match.span(), date, precision) if date and year <= LAST_YEAR else None


def _read_named(match: re.Match[str]) -> _Found | None:
    """A date whose month is a name: the name and the era must be of one calendar."""
    year = int(match["year"])
    printed_day = match.groupdict().get("day")
    day = 1 if printed_day in (None, "غره") else int(printed_day)
    precision: Precision = "month" if printed_day is None else "day"
    era = match["era"]
    if month := _month_number(match, months.HIJRI_MONTHS):
        fits = year in NAMED_HIJRI and (era is None or _is_hijri_era(era))
        return _found_hijri(match, (year, month, day), precision) if fits else None
    month = _month_number(match, months.GREGORIAN_MONTHS)
    if month is None or _is_hijri_era(era):
        return None
    return _found_gregorian(match, year, month, day, precision)


def _read_year_first(match: re.Match[str]) -> _Found | None:
    """A year before weekday, day and month; only the weekday tells that they belong together."""
    month = _month_number(match, months.GREGORIAN_MONTHS)
    found = month and _found_gregorian(match, int(match["year"]), month, int(match["day"]), "day")
    weekday = months.WEEKDAY_NUMBERS[months.plain(match["weekday"])]
    return found if found and found.date and found.date.weekday() == weekday else None


def _read_numeric(match: re.Match[str]) -> _Found | None:
    """A date in digits alone, day before month; month before day only where the day could be no month."""
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    era = match["era"]
    if year in NAMED_HIJRI and (_is_hijri_era(era) or (era is None and year in UNMARKED_HIJRI)):
        return _found_hijri(match, (year, month, day), "day")
    if year < FIRST_NUMERIC_YEAR or _is_hijri_era(era):
        return None
    if month > 12 and match.re is forms.NUMERIC_DAY_FIRST:
        month, day = day, month
    found = _found_gregorian(match, year, month, day, "day")
    if found is None or match.re is forms.NUMERIC_YEAR_FIRST:
        return found
    return replace(found, swapped=_gregorian(year, day, month))


def _read_short(match: re.Match[str]) -> _Found | None:
    """A two-digit year after a zone in brackets: of this century, for the form is younger than it."""
    before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    if not clock.PLAIN_BEFORE_DATE.search(before):
        return None
    return _found_gregorian(match, 2000 + int(match["year"]), int(match["month"]), int(match["day"]), "day")


def _read_year(match: re.Match[str]) -> _Found | None:
    """A year after عام or سنة; one that could be of either calendar must say which."""
    year, era = int(match["year"]), match["era"]
    if _is_hijri_era(era):
        return _found_hijri(match, (year, 1, 1), "year") if year in NAMED_HIJRI else None
    if year in NAMED_HIJRI and era is None:
        return None
    return _found_gregorian(match, year, 1, 1, "year")


Reader = Callable[[re.Match[str]], _Found | None]
YEAR_FORMS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (forms.DAY_MONTH_YEAR, _read_named),
    (forms.MONTH_DAY_YEAR, _read_named),
    (forms.MONTH_YEAR, _read_named),
    (forms.YEAR_WEEKDAY_DAY_MONTH, _read_year_first),
    (forms.NUMERIC_YEAR_FIRST, _read_numeric),
    (forms.NUMERIC_DAY_FIRST, _read_numeric),
    (forms.YEAR_ALONE, _read_year),
)
"""Every printed form with a year of four digits, and how it is read."""
_BEFORE_YEAR: Final = 72
_AFTER_YEAR: Final = 44

Candidate = tuple[int, int, _Found | None]
"""Start, negative end and date of what has the form of a date; None where it contradicts itself."""


def _neighbourhoods(text: str) -> Iterator[tuple[int, int]]:
    """The spans around numbers that can be years: looking nowhere else is ten times quicker."""
    start, end = 0, 0
    for match in forms.YEAR_NUMBER.finditer(text):
        if match.start() - _BEFORE_YEAR > end:
            yield start, end
            start = match.start() - _BEFORE_YEAR
        end = match.end() + _AFTER_YEAR
    yield start, end


def _candidates(text: str) -> list[Candidate]:
    """All that has the form of a date, by start and longest first."""
    found = [
        (match.start(), -match.end(), reader(match))
        for start, end in _neighbourhoods(text)
        for form, reader in YEAR_FORMS
        for match in form.finditer(text, start, end)
    ]
    short = forms.SHORT_AFTER_ZONE.finditer(text) if forms.ZONE_NAME in text else ()
    found += [(match.start(), -match.end(), _read_short(match)) for match in short]
    return sorted(found, key=lambda candidate: candidate[:2])


def _without_overlaps(candidates: list[Candidate]) -> Iterator[_Found]:
    """The earliest of those that overlap, and of these the longest.

    What contradicts itself is left out with all that overlaps it: of the 31st of November, November is no
    better.
    """
    end = 0
    for start, negative_end, found in candidates:
        if start >= end:
            end = -negative_end
            if found:
                yield found


def _between_is_same_day(text: str, before: _Found | None, found: _Found) -> bool:
    """Whether the date before is the same day by the other calendar (9 صفر 1437هـ الموافق 21 نوفمبر 2015)."""
    if before is None or (before.hijri is None) == (found.hijri is None):
        return False
    return bool(forms.SAME_DAY_BETWEEN.fullmatch(text, before.end, found.start))


def _by_weekday(found: _Found, weekday: int | None) -> _Found:
    """The reading of day and month that the weekday bears out, where both are possible."""
    if weekday is None or found.date is None or found.swapped is None or found.date.weekday() == weekday:
        return found
    return replace(found, date=found.swapped) if found.swapped.weekday() == weekday else found


@dataclass(slots=True)
class _Context:
    """What stands around the dates of one text, read in order: no time or weekday is counted to two."""

    text: str
    free_from: int = 0
    before: _Found | None = None
    weekday: int | None = None

    def read_weekday(self, found: _Found) -> int:
        """Keep the weekday of the found date; answers where weekday and date begin."""
        match = forms.WEEKDAY_BEFORE.search(
            self.text, max(self.free_from, found.start - _LOOK_BACK), found.start
        )
        if match:
            self.weekday = months.WEEKDAY_NUMBERS[months.plain(match["weekday"])]
        elif not _between_is_same_day(self.text, self.before, found):
            self.weekday = None
        self.before = found
        return match.start() if match else found.start

    def read_time(self, start: int, end: int) -> tuple[datetime.time | None, int, int]:
        """The time beside the span, and the span with it."""
        after = clock.AFTER_DATE.match(self.text, end)
        if after and (time := clock.read_clock(after)):
            return time, start, after.end()
        for form in (clock.BEFORE_DATE, clock.PLAIN_BEFORE_DATE):
            before = form.search(self.text, max(self.free_from, start - _LOOK_BACK), start)
            if before and (time := clock.read_clock(before)):
                return time, before.start(), end
        return None, start, end


def _complete(found: _Found, context: _Context) -> tuple[_Found, datetime.time | None, bool | None]:
    """The found date with weekday and time: its span widened to them, and whether the weekday agrees."""
    start = context.read_weekday(found)
    found = _by_weekday(found, context.weekday)
    agrees = None
    if context.weekday is not None and found.date is not None:
        agrees = found.date.weekday() == context.weekday
    if found.precision != "day":
        context.free_from = found.end
        return found, None, None
    time, start, end = context.read_time(start, found.end)
    context.free_from = end
    return replace(found, start=start, end=end, precision="time" if time else "day"), time, agrees


def find_dates(text: str) -> list[PrintedDate]:
    """The dates printed in a text, in order of place; where two forms overlap, the longer.

    Both scripts of digits, vowel marks, tatweel and every spelling of a month's name are read alike. A
    Hijri and a Gregorian date of one day are two dates. Contradictions (a month named twice but
    differently, a Hijri month with a Gregorian year, the 31st of a month of 30) are no dates.
    """
    aligned = aligned_normal_form(text)
    context = _Context(aligned.text)
    dates = []
    for candidate in _without_overlaps(_candidates(aligned.text)):
        found, time, agrees = _complete(candidate, context)
        start, end = aligned.written(found.start, found.end)
        calendar: Calendar = "hijri" if found.hijri else "gregorian"
        raw = text[start:end]
        dates.append(
            PrintedDate(start, end, raw, found.date, time, found.precision, calendar, agrees, found.hijri)
        )
    return dates


@dataclass(frozen=True, slots=True)
class YearlessDate:
    """A Gregorian date printed without its year, with its weekday (Monday is 0)."""

    start: int
    end: int
    raw: str
    weekday: int
    day: int
    month: int

    def days(self, first: int, last: int) -> list[datetime.date]:
        """The days that it can be, in the years from first to last: those that fall on the weekday."""
        dates = (_gregorian(year, self.month, self.day) for year in range(first, last + 1))
        return [date for date in dates if date and date.weekday() == self.weekday]


def find_yearless(text: str) -> list[YearlessDate]:
    """The dates of a text that give weekday, day and month and no year, in order of place."""
    aligned = aligned_normal_form(text)
    found = []
    for match in forms.WEEKDAY_DAY_MONTH.finditer(aligned.text):
        month = _month_number(match, months.GREGORIAN_MONTHS)
        weekday = months.WEEKDAY_NUMBERS[months.plain(match["weekday"])]
        start, end = aligned.written(*match.span())
        if month:
            found.append(YearlessDate(start, end, text[start:end], weekday, int(match["day"]), month))
    return found
