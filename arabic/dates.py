"""Dates as newspapers print them."""

import datetime
import re
from dataclasses import dataclass
from typing import Literal

Precision = Literal["time", "day", "month", "year"]
Calendar = Literal["gregorian", "hijri"]


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date printed in a text: ``raw == text[start:end]``; ``date`` is the first day of the printed period."""

    start: int
    end: int
    raw: str
    date: datetime.date | None
    time: datetime.time | None
    precision: Precision
    calendar: Calendar
    weekday_agrees: bool | None
    hijri: tuple[int, int, int] | None


_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")


def find_dates(text: str) -> list[PrintedDate]:
    """The dates printed in a text, in order."""
    return [
        PrintedDate(*m.span(), m.group(), datetime.date.fromisoformat(m.group()), None, "day", "gregorian", None, None)
        for m in _ISO.finditer(text)
    ]
