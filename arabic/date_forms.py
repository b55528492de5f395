"""The forms in which dates are printed, as regular expressions over normal forms (digits 0-9, ه for ة).

Groups are named for what they hold: day, month, second (the month by another name), year, era, weekday.
"""

import re
from typing import Final

from arabic import months

_NO_LETTER_BEFORE: Final = r"(?<![^\W\d_])"
_NO_LETTER_AFTER: Final = r"(?![^\W\d_])"
_ERA: Final = rf"(?:\s*(?P<era>هجريه?|ميلاديه?|ه|م|AH|AD|CE){_NO_LETTER_AFTER}(?!\.?\s*ش{_NO_LETTER_AFTER}))?"
_NAME: Final = months.alternatives([*months.GREGORIAN_MONTHS, *months.HIJRI_MONTHS])
_MONTH: Final = (
    rf"(?P<month>{_NAME}){_NO_LETTER_AFTER}\.?"
    rf"(?:\s*[/\-–(]\s*(?P<second>{_NAME}){_NO_LETTER_AFTER}(?:\s*\))?)?"
)
_DAY: Final = rf"(?<!\d)(?<!\d[.:,])(?P<day>[0-3]?\d|{_NO_LETTER_BEFORE}غره)"
_YEAR: Final = r"(?P<year>[12]\d{3})(?!\d)(?!\s*\(?GMT)(?![:.]\d)(?!\s*ه\s*\.?\s*ش(?![^\W\d_]))"
_TO_YEAR: Final = r"\s*[/\-–,،.]?\s*(?:من\s+|في\s+)?(?:ل?(?:ال)?(?:عام|سنه)\s+)?"
_SIGN: Final = r"\s?(?P<sign>[/\-.])\s?"

YEAR_NUMBER: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
ZONE_NAME: Final = "GMT"

DAY_MONTH_YEAR: Final = re.compile(
    rf"{_DAY}(?:st|nd|rd|th)?\s*[/\-–.,،]?\s*(?:من\s+)?(?:شهر\s+)?{_MONTH}{_TO_YEAR}{_YEAR}{_ERA}",
    re.IGNORECASE,
)
MONTH_DAY_YEAR: Final = re.compile(
    rf"{_NO_LETTER_BEFORE}{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?\s*[,،]\s*{_YEAR}{_ERA}", re.IGNORECASE
)
MONTH_YEAR: Final = re.compile(rf"{_NO_LETTER_BEFORE}[وبلف]?{_MONTH}{_TO_YEAR}{_YEAR}{_ERA}", re.IGNORECASE)
NUMERIC_YEAR_FIRST: Final = re.compile(
    rf"(?<!\d)(?<!\d[/\-.]){_YEAR}{_SIGN}(?P<month>[01]?\d)\s?(?P=sign)\s?(?P<day>[0-3]?\d)(?!\d)(?![/\-.]\d)"
    rf"{_ERA}",
    re.IGNORECASE,
)
NUMERIC_DAY_FIRST: Final = re.compile(
    rf"(?<!\d)(?<!\d[/\-.:])(?P<day>[0-3]?\d){_SIGN}(?P<month>[0-3]?\d)\s?(?P=sign)\s?"
    rf"{_YEAR}(?![/\-]\d){_ERA}",
    re.IGNORECASE,
)
SHORT_AFTER_ZONE: Final = re.compile(
    r"(?<=\) - )(?P<day>[0-3]\d)/(?P<month>[01]\d)/(?P<year>\d\d)(?![\d/])", re.IGNORECASE
)
YEAR_ALONE: Final = re.compile(
    rf"{_NO_LETTER_BEFORE}[وبلف]?(?:ال|لل)?(?:عام|سنه)\s+{_YEAR}(?!\s*[/\-–]\s*\d){_ERA}", re.IGNORECASE
)

WEEKDAY_BEFORE: Final = re.compile(
    rf"{_NO_LETTER_BEFORE}(?P<weekday>{months.alternatives(months.WEEKDAY_NUMBERS)})"
    r"\s*[,،:.\-–/|]?\s*(?:الموافق\s*:?\s*|بتاريخ\s+)?$",
    re.IGNORECASE,
)
SAME_DAY_BETWEEN: Final = re.compile(
    r"\s*[-–—/|،,=(]?\s*(?:الموافق|الموافقه|موافق|المصادف)?\s*:?\s*(?:ل|في)?\s*", re.IGNORECASE
)
