"""A publication date as a record's field gives it."""

from __future__ import annotations

import datetime
import re
from typing import Final

from arabic import PrintedDate, ascii_digits, find_dates
from archive.ingest.reading.types import PublishedDate

_ISO: Final = re.compile(
    r"(\d{4})(?:[-/](\d\d?)(?:[-/](\d\d?)(?:(?:[Tt]|\s+)(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?"
    r"\s*(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2100
_EPOCH: Final = datetime.datetime(1970, 1, 1)  # noqa: DTZ001  what an unset clock prints; wall time like every other


def read_published(raw: str) -> PublishedDate | None:
    """A date in ISO 8601 (any precision; the wall time as printed, whatever its zone) or as newspapers print
    it.

    None: not understood, contradicts itself, or is the mark of an unset clock.
    """
    raw = raw.strip()
    match = _ISO.fullmatch(ascii_digits(raw))
    return _from_iso(match, raw) if match else from_printed(raw)


def from_printed(raw: str) -> PublishedDate | None:
    """The one day that a printed text names, in one calendar or two; None where it names none or several."""
    dates = [
        found for found in find_dates(raw) if found.date is not None and found.weekday_agrees is not False
    ]
    if not dates or not agree(dates):
        return None
    return as_published(best_of(dates), raw)


def agree(dates: list[PrintedDate]) -> bool:
    """Whether printed dates can be one day; a Hijri date may be a day off, as its calendars differ."""
    days = [found.date for found in dates if found.date is not None and found.precision in ("day", "time")]
    if not days:
        return len({(found.date, found.precision) for found in dates}) == 1
    hijri = any(found.calendar == "hijri" for found in dates)
    return max(days) - min(days) <= datetime.timedelta(days=1 if hijri else 0)


def best_of(dates: list[PrintedDate]) -> PrintedDate:
    """The most precise of dates that agree, the Gregorian first."""
    order = ("time", "day", "month", "year")
    return min(dates, key=lambda found: (found.calendar == "hijri", order.index(found.precision)))


def as_published(found: PrintedDate, raw: str) -> PublishedDate | None:
    """A printed date as a publication date; None outside the years that newspapers have been printed in
    Arabic."""
    if found.date is None or not FIRST_YEAR <= found.date.year <= LAST_YEAR:
        return None
    return PublishedDate(found.date, found.time, found.precision, raw, found.calendar)


def _from_iso(match: re.Match[str], raw: str) -> PublishedDate | None:
    year, month, day, hour, minute, second = (None if part is None else int(part) for part in match.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date = datetime.date(year, month or 1, day or 1) if month != 0 and day != 0 else None
        time = None if hour is None else datetime.time(hour, minute or 0, second or 0)
    except ValueError:
        return None
    if date is None or (time is not None and datetime.datetime.combine(date, time) == _EPOCH):
        return None
    precision = "time" if time is not None else "day" if day else "month" if month else "year"
    return PublishedDate(date, time, precision, raw, "gregorian")
