"""What the engines write of an article in the same way."""

from __future__ import annotations

import calendar
import datetime
from typing import Final

PRECISION: Final = {"unknown": 0, "year": 1, "month": 2, "day": 3, "time": 4}
LIST_SEPARATOR: Final = "\x1f"
"""Between the parts of a key and the values of a list; no word and no name holds it."""
MAX_FORM_LENGTH: Final = 60
"""Letters of a form that count: what is longer is no word."""
GAP: Final = 32
"""Empty places after a title, a subtitle and a body: wider than any nearness that can be asked for."""


def printed_days(day: datetime.date | None, precision: str) -> tuple[int, int]:
    """The first and last day, as ordinals, of what is known of a date; 0, 0 where nothing is."""
    if day is None:
        return 0, 0
    if precision == "year":
        return day.replace(month=1, day=1).toordinal(), day.replace(month=12, day=31).toordinal()
    if precision == "month":
        length = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1).toordinal(), day.replace(day=length).toordinal()
    return day.toordinal(), day.toordinal()


def minute_of(time: datetime.time | None) -> int:
    """The minute of the day; 0 where the time is not known."""
    return time.hour * 60 + time.minute if time else 0


def name_as_kept(text: str) -> str:
    """A name without what parts names."""
    return text.replace(LIST_SEPARATOR, " ")
