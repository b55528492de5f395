"""Dates as people and files write them in ISO 8601, to the precision that is known."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?")


class InvalidDate(ValueError):
    """A typed date that is none. The message says what a date looks like."""


@dataclass(frozen=True, slots=True)
class KnownDate:
    """A date to its precision ("time", "day", "month", "year"); `day` is the first day of the period."""

    day: datetime.date
    time: datetime.time | None
    precision: str

    @property
    def last_day(self) -> datetime.date:
        """The last day of the period."""
        if self.precision == "year":
            return datetime.date(self.day.year, 12, 31)
        if self.precision == "month":
            return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
        return self.day


def parse_iso(typed: str) -> KnownDate:
    """Read 2015, 2015-11, 2015-11-21 or 2015-11-21T21:59.

    Raises: InvalidDate: it is not of that form, or there is no such day; the message says which.
    """
    match = _ISO.fullmatch(typed.strip())
    if match is None:
        raise InvalidDate(_("Write a date as 2015, 2015-11 or 2015-11-21."))
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= 12:
        raise InvalidDate(_("Months run from 1 to 12."))
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
        time = datetime.time(hour, minute or 0, second or 0) if hour is not None else None
    except ValueError as error:
        raise InvalidDate(_("There is no such day or time.")) from error
    precision = "time" if time else "day" if day else "month" if month else "year"
    return KnownDate(first, time, precision)
