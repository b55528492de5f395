"""The dates printed in one line."""

from __future__ import annotations

import re
from typing import Final

from arabic import PrintedDate, find_dates, normal_form
from arabic.months import WEEKDAY_NUMBERS

MAX_TURNED: Final = 120
"""Characters up to which a line is read from its end."""
_DIGIT: Final = re.compile(r"\d")


def dates_in(line: str) -> list[PrintedDate]:
    """The dates printed in a line; where it shows none, the one that it shows read word by word from its
    end, as pages come whose words were kept in the order of the eye. A weekday on the line must bear that
    one out."""
    if _DIGIT.search(line) is None:
        return []
    dates = find_dates(line)
    if dates or len(line) > MAX_TURNED:
        return dates
    weekdays = {WEEKDAY_NUMBERS[word] for word in normal_form(line).split() if word in WEEKDAY_NUMBERS}
    if not weekdays:
        return []
    turned = find_dates(" ".join(reversed(line.split())))
    return [
        PrintedDate(0, len(line), line, date.date, None, "day", date.calendar, True, date.hijri)
        for date in turned
        if len(turned) == 1 and date.date is not None and {date.date.weekday()} == weekdays
    ]
