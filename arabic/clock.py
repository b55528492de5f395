"""Times of day as printed beside a date, in 12 or 24 hours."""

import datetime
import re
from typing import Final

from arabic.date_forms import one_line

_MORNING: Final = ("ص", "صباحا", "am", "a.m")
_AFTER_NOON: Final = ("م", "مساء", "ظهرا", "عصرا", "pm", "p.m")
_HALVES: Final = "صباحا|مساء|ظهرا|عصرا|ص|م|[ap]\\.?m"
_OFFSET: Final = r"(?:GMT|UTC)(?:\s*[+-]\s*\d{1,2}:?(?:\d\d)?)?"
_ZONE: Final = rf"(?:\s*\(\s*{_OFFSET}\s*\)|\s*{_OFFSET}|(?:Z|[+-]\d\d:?\d\d)(?![\d:]))?"

_CLOCK: Final = (
    r"(?<![\d:.])(?P<hour>\d{1,2})\s?:\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?(?![\d:])"
    rf"(?:\s*(?P<half>{_HALVES})(?![^\W\d_]))?{_ZONE}"
)
_LEAD: Final = r"(?:علي الساعه|الساعه|اخر تحديث|تحديث|في تمام|في|عند|at|T)"

AFTER_DATE: Final = one_line(rf"\s*[-–—،,|/:]?\s*(?:{_LEAD}\s*:?\s*){{0,2}}{_CLOCK}")
"""A time that follows a date."""
BEFORE_DATE: Final = one_line(rf"{_CLOCK}\s*[-–—،,|]?\s*(?:يوم\s+|في\s+)?\Z")
"""A time that a date follows."""
PLAIN_BEFORE_DATE: Final = one_line(
    r"(?<!\d)(?P<hour>\d\d)(?P<minute>[0-5]\d)\s*\(GMT[+-]\d\d:?\d\d\)\s*-\s*\Z"
)
"""Four digits before a zone, as CNN Arabic printed them: 1901 (GMT+04:00) -."""


def read_clock(match: re.Match[str]) -> datetime.time | None:
    """The time of a match of these patterns; None if it is none (25:00) or contradicts itself (15:10 ص)."""
    groups = match.groupdict()
    hour, half = int(groups["hour"]), (groups.get("half") or "").lower()
    if half in _MORNING:
        hour = 0 if hour == 12 else hour
        return _time(hour, groups) if hour < 12 else None
    if half in _AFTER_NOON:
        return _time(hour if hour >= 12 else hour + 12, groups) if hour else None
    return _time(hour, groups)


def _time(hour: int, groups: dict[str, str | None]) -> datetime.time | None:
    if hour > 23:
        return None
    return datetime.time(hour, int(groups["minute"] or 0), int(groups.get("second") or 0))
