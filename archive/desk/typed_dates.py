"""A date as a curator types it: in ISO 8601 or as printed, in either calendar and either script of digits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arabic import PrintedDate, ascii_digits, find_dates, find_yearless
from archive.dates import InvalidDate, KnownDate, parse_iso
from archive.display.dates import (
    last_day_of_month,
    written_day,
    written_hijri,
    written_hijri_months,
    written_weekday,
    written_with_both_months,
)
from archive.display.names_of_time import names_of_time
from archive.ingest.reading.published import read_published

ISO_SIGNS: Final = frozenset("0123456789-:T ")
YEARLESS_FROM: Final = 1950


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date that was typed. `raw` and `calendar` are empty where it was typed in ISO 8601."""

    known: KnownDate
    raw: str
    calendar: str

    @property
    def iso(self) -> str:
        """The date in ISO 8601 to its precision."""
        width = {"year": 4, "month": 7}.get(self.known.precision, 10)
        day = self.known.day.isoformat()[:width]
        return f"{day}T{self.known.time:%H:%M}" if self.known.time else day


def read_typed_date(typed: str) -> TypedDate | None:
    """What a typed date says; None where nothing was typed.

    `21-11-2015`, `٢١/١١/٢٠١٥`, `21 تشرين الثاني 2015`, `9 صفر 1437`, `2015-11`. Raises: InvalidDate: it is no
    date, not one date, or not of the weekday that stands beside it; the message says what to do.
    """
    typed = " ".join(typed.split())
    if not typed:
        return None
    plain = ascii_digits(typed)
    if set(plain) <= ISO_SIGNS and plain[:4].isdigit():
        return TypedDate(parse_iso(plain), "", "")
    found = read_published(typed)
    if found is None:
        raise InvalidDate(_why_not(typed))
    return TypedDate(KnownDate(found.day, found.time, found.precision), typed, found.calendar)


def _why_not(typed: str) -> str:
    dates = find_dates(typed)
    wrong = next((found for found in dates if found.weekday_agrees is False and found.date), None)
    if wrong is not None:
        return _("The weekday does not agree: %(day)s.") % {"day": _weekday_of(wrong)}
    if len(dates) > 1:
        return _("This names more than one day. Write one.")
    yearless = find_yearless(typed)
    if yearless:
        last = datetime.datetime.now(tz=datetime.UTC).year
        days = yearless[0].days(YEARLESS_FROM, last)[-4:]
        listed = names_of_time(get_language() or "ar").comma.join(map(written_day, reversed(days)))
        return _("The year is missing. On this weekday it was: %(days)s.") % {"days": listed}
    return _("This is not read as a date. Write it as printed, with its year, or as 2015-11-21.")


def _weekday_of(found: PrintedDate) -> str:
    return written_weekday(found.date) if found.date else ""


def in_both_calendars(typed: TypedDate) -> str:
    """A typed date as the archive understands it, in both calendars: what a curator sees before saving."""
    day, precision = typed.known.day, typed.known.precision
    if typed.calendar == "hijri" and precision == "month":
        month = {"month": written_hijri_months(day, day), "day": written_day(day)}
        return _("%(month)s AH, from %(day)s on") % month
    if precision in ("day", "time"):
        first = f"{written_weekday(day)}{_time(typed)}"
        second = written_hijri(day)
    else:
        first = written_with_both_months(day, precision)
        second = _hijri_of_period(day, precision)
    if not second:
        return first
    return _("%(gregorian)s, which is %(hijri)s AH") % {"gregorian": first, "hijri": second}


def _time(typed: TypedDate) -> str:
    if typed.known.time is None:
        return ""
    return f"{names_of_time(get_language() or 'ar').comma}{typed.known.time:%H:%M}"


def _hijri_of_period(day: datetime.date, precision: str) -> str:
    last = last_day_of_month(day) if precision == "month" else day.replace(month=12, day=31)
    return written_hijri_months(day, last)
