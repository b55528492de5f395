"""Dates in a query: `2015`, `2015-11`, `2015-11-01..2015-11-30`, `تشرين الثاني 2015`, `محرم 1437`."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from hijridate import Hijri

from arabic import PrintedDate, ascii_digits, find_dates

HIJRI_YEARS: Final = range(1343, 1501)
"""The years of the Umm al-Qura calendar that `hijridate` knows."""
_YEAR_FIRST: Final = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/](\d{4})")
_RANGE: Final = re.compile(r"\.\.+|…")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; None is open."""

    first: datetime.date | None
    last: datetime.date | None


def read_period(text: str) -> Period | None:
    """The days that a date in a query stands for; None where it is not a date.

    A year from 1343 to 1500 is of the Hijri calendar (Umm al-Qura). `a..b` runs from the first day of `a` to
    the last of `b`; either may be missing.
    """
    parts = _RANGE.split(text.strip(), maxsplit=1)
    if len(parts) == 1:
        return read_date(parts[0])
    periods = [read_date(part) if part.strip() else Period(None, None) for part in parts]
    if None in periods or not any(part.strip() for part in parts):
        return None
    first, last = periods[0], periods[1]
    return _forward(first.first, last.last) if first and last else None


def mistake_in(text: str) -> str:
    """Why `read_period` cannot read a date, in the reader's language."""
    parts = _RANGE.split(text.strip(), maxsplit=1)
    if len(parts) == 2 and all(read_date(part) for part in parts):
        return _("The first date is after the last one: exchange them.")
    for part in parts:
        numbers = _numbers(ascii_digits(part).strip())
        if numbers and numbers[1] is not None and not 1 <= numbers[1] <= 12:
            return _("Months run from 1 to 12.")
        if numbers and numbers[0] and numbers[2] is not None and not read_date(part):
            return _("This month has no such day.")
    return _("This is no date; write 2015, 2015-11, 2015-11-21 or 2015-11-01..2015-11-30.")


def _forward(first: datetime.date | None, last: datetime.date | None) -> Period | None:
    return None if first and last and last < first else Period(first, last)


def read_date(text: str) -> Period | None:
    """The days of one date, as `read_period` reads it; None where it is none."""
    digits = ascii_digits(text).strip()
    numbers = _numbers(digits)
    try:
        return _days(*numbers) if numbers else _printed(digits)
    except (ValueError, OverflowError):
        return None


def _numbers(text: str) -> tuple[int, int | None, int | None] | None:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        day, (month, year) = None, found.groups()
    else:
        return None
    return int(year), int(month) if month else None, int(day) if day else None


def _days(year: int, month: int | None, day: int | None) -> Period:
    in_hijri = year in HIJRI_YEARS
    first_month, last_month = (1, 12) if month is None else (month, month)
    convert = _from_hijri if in_hijri else datetime.date
    length = _hijri_month_length if in_hijri else _month_length
    if day is not None:
        return Period(convert(year, first_month, day), convert(year, first_month, day))
    return Period(convert(year, first_month, 1), convert(year, last_month, length(year, last_month)))


def _from_hijri(year: int, month: int, day: int) -> datetime.date:
    date = Hijri(year, month, day).to_gregorian()
    return datetime.date(date.year, date.month, date.day)


def _hijri_month_length(year: int, month: int) -> int:
    return Hijri(year, month, 1).month_length()


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _printed(text: str) -> Period | None:
    """A date in words; it must be all of the text."""
    for found in find_dates(text):
        if found.date is not None and not (text[: found.start] + text[found.end :]).strip():
            return _printed_days(found)
    return None


def _printed_days(found: PrintedDate) -> Period:
    if found.hijri is not None and found.calendar == "hijri":
        year, month, day = found.hijri
    elif found.date is not None:
        year, month, day = found.date.year, found.date.month, found.date.day
    else:
        raise ValueError(found.raw)
    if found.precision == "year":
        return _days(year, None, None)
    if found.precision == "month":
        return _days(year, month, None)
    return _days(year, month, day)
