"""The forms in which dates are printed, as regular expressions over normal forms (digits 0-9, ه for ة).

Groups are named for what they hold: day, month, second (the month by another name), year, era, weekday.
"""

import re
from typing import Final

from arabic import months


def one_line(pattern: str) -> re.Pattern[str]:
    r"""The pattern, Latin letters in any case, with \s for blanks of a line: no date goes on in the next."""
    return re.compile(pattern.replace(r"\s", r"[^\S\r\n]"), re.IGNORECASE)


_NO_LETTER_BEFORE: Final = r"(?<![^\W\d_])"
_NO_LETTER_AFTER: Final = r"(?![^\W\d_])"
_WORD_BEGINS: Final = r"(?:(?<![^\W\d_])|(?<=\b[وبلف]))"
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

YEAR_NUMBER: Final = one_line(r"(?<!\d)[12]\d{3}(?!\d)")
ZONE_NAME: Final = "GMT"

DAY_MONTH_YEAR: Final = one_line(
    rf"{_DAY}(?:st|nd|rd|th)?\s*[/\-–.,،]?\s*(?:من\s+)?(?:شهر\s+)?{_MONTH}{_TO_YEAR}{_YEAR}{_ERA}",
)
MONTH_DAY_YEAR: Final = one_line(
    rf"{_NO_LETTER_BEFORE}{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?\s*[,،]\s*{_YEAR}{_ERA}"
)
MONTH_YEAR: Final = one_line(rf"{_WORD_BEGINS}{_MONTH}{_TO_YEAR}{_YEAR}{_ERA}")
NUMERIC_YEAR_FIRST: Final = one_line(
    rf"(?<!\d)(?<!\d[/\-.]){_YEAR}{_SIGN}(?P<month>[01]?\d)\s?(?P=sign)\s?(?P<day>[0-3]?\d)(?!\d)(?![/\-.]\d)"
    rf"{_ERA}",
)
NUMERIC_DAY_FIRST: Final = one_line(
    rf"(?<!\d)(?<!\d[/\-.:])(?P<day>[0-3]?\d){_SIGN}(?P<month>[0-3]?\d)\s?(?P=sign)\s?"
    rf"{_YEAR}(?![/\-]\d){_ERA}",
)
SHORT_AFTER_ZONE: Final = one_line(r"(?<=\) - )(?P<day>[0-3]\d)/(?P<month>[01]\d)/(?P<year>\d\d)(?![\d/])")
YEAR_ALONE: Final = one_line(rf"{_WORD_BEGINS}(?:ال|لل)?(?:عام|سنه)\s+{_YEAR}(?!\s*[/\-–]\s*\d){_ERA}")
YEAR_WEEKDAY_DAY_MONTH: Final = one_line(
    rf"(?<!\d)(?<!\d[/\-.]){_YEAR}\s+(?P<weekday>{months.alternatives(months.WEEKDAY_NUMBERS)})\s+"
    rf"(?P<day>[0-3]?\d)\s+{_MONTH}(?!{_TO_YEAR}[12]\d{{3}})"
)
"""As Elaph printed it: the year first, then weekday, day and month."""
WEEKDAY_DAY_MONTH: Final = one_line(
    rf"{_NO_LETTER_BEFORE}(?P<weekday>{months.alternatives(months.WEEKDAY_NUMBERS)})\s*[,،:\-–/|]?\s*"
    rf"(?P<day>[0-3]?\d)\s*[/\-–]?\s*(?:من\s+)?{_MONTH}(?!{_TO_YEAR}[12]\d{{3}})"
)
"""A date without its year, the weekday beside it."""

WEEKDAY_BEFORE: Final = one_line(
    rf"{_NO_LETTER_BEFORE}(?P<weekday>{months.alternatives(months.WEEKDAY_NUMBERS)})"
    r"\s*[,،:.\-–/|]?\s*(?:الموافق\s*:?\s*|بتاريخ\s+)?\Z",
)
SAME_DAY_BETWEEN: Final = one_line(
    r"\s*[-–—/|،,=(]?\s*(?:الموافق|الموافقه|موافق|المصادف)?\s*:?\s*(?:ل|في)?\s*"
)
