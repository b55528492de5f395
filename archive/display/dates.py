"""Dates as the archive writes them: day, month, year, to the precision that is known and never beyond it."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from hijridate import Gregorian

from archive.dates import KnownDate
from archive.display.names_of_time import NamesOfTime, names_of_time
from archive.models import Article

HIJRI_FIRST = datetime.date(1924, 8, 1)
HIJRI_LAST = datetime.date(2077, 11, 16)
"""The days that the Umm al-Qura tables of hijridate cover: 1343 to 1500 AH."""

_ISO_FIGURES = re.compile(
    r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)

Precision = Article.Precision


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date for a page: `text` as far as known, `iso` for machines, `unknown` for what is not known."""

    text: str
    iso: str
    unknown: str


def _names() -> NamesOfTime:
    return names_of_time(get_language() or "ar")


def written_day(day: datetime.date) -> str:
    """21 نوفمبر 2015, 21 November 2015."""
    return f"{day.day} {_names().months[day.month - 1]} {day.year}"


def written_day_of_year(day: datetime.date) -> str:
    """21 نوفمبر, 21 November."""
    return f"{day.day} {_names().months[day.month - 1]}"


def written_weekday(day: datetime.date) -> str:
    """السبت 21 نوفمبر 2015, Saturday 21 November 2015."""
    return f"{_names().weekdays[day.weekday()]} {written_day(day)}"


def written_month(day: datetime.date) -> str:
    """نوفمبر 2015, November 2015."""
    return f"{_names().months[day.month - 1]} {day.year}"


def month_name(month: int) -> str:
    """نوفمبر, November."""
    return _names().months[month - 1]


def eastern_month_name(month: int) -> str:
    """تشرين الثاني; empty in English, which has one name for a month."""
    eastern = _names().eastern
    return eastern[month - 1] if eastern else ""


def written_with_both_months(day: datetime.date, precision: str = Precision.DAY) -> str:
    """21 تشرين الثاني / نوفمبر 2015; in English 21 November 2015. To the precision given."""
    if precision == Precision.YEAR:
        return str(day.year)
    month = " / ".join(name for name in (eastern_month_name(day.month), month_name(day.month)) if name)
    if precision == Precision.MONTH:
        return f"{month} {day.year}"
    return f"{day.day} {month} {day.year}"


def written_hijri(day: datetime.date) -> str:
    """9 صفر 1437, 9 Safar 1437, by the Umm al-Qura calendar; empty before 1343 AH and after 1500 AH."""
    hijri = hijri_of(day)
    return f"{hijri[2]} {_names().hijri[hijri[1] - 1]} {hijri[0]}" if hijri else ""


def hijri_of(day: datetime.date) -> tuple[int, int, int] | None:
    """Year, month and day by the Umm al-Qura calendar; None outside 1343 to 1500 AH."""
    if not HIJRI_FIRST <= day <= HIJRI_LAST:
        return None
    return Gregorian.fromdate(day).to_hijri().datetuple()


def written_hijri_months(first: datetime.date, last: datetime.date) -> str:
    """The Hijri months that a stretch of days touches: ربيع الأول – ربيع الآخر 1436."""
    start, end = hijri_of(first), hijri_of(last)
    if not start or not end:
        return ""
    names = _names().hijri
    if start[:2] == end[:2]:
        return f"{names[start[1] - 1]} {start[0]}"
    if start[0] == end[0]:
        return f"{names[start[1] - 1]} – {names[end[1] - 1]} {end[0]}"
    return f"{names[start[1] - 1]} {start[0]} – {names[end[1] - 1]} {end[0]}"


def written_hijri_date(article: Article) -> str:
    """An article's date by the Umm al-Qura calendar; the months or years that a less precise date touches."""
    day, precision = article.published, article.published_precision
    if day is None:
        return ""
    if precision in (Precision.DAY, Precision.TIME):
        return written_hijri(day)
    if article.published_calendar == Article.Calendar.HIJRI:
        return written_date(article).text
    if precision == Precision.MONTH:
        return written_hijri_months(day, last_day_of_month(day))
    years = [hijri[0] for hijri in (hijri_of(day), hijri_of(day.replace(month=12, day=31))) if hijri]
    return "–".join(str(year) for year in sorted(set(years)))


def written_stretch(first: datetime.date, last: datetime.date) -> str:
    """Days from first to last, shortest: 3–5 فبراير, 30 يناير – 2 فبراير, 19 ديسمبر (no year)."""
    if first == last:
        return written_day_of_year(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {month_name(first.month)}"
    return f"{written_day_of_year(first)} – {written_day_of_year(last)}"


def last_day_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def written_date(article: Article, *, weekday: bool = False) -> WrittenDate:
    """An article's date to its precision, with what is not known said apart for the archive's brackets."""
    day, precision = article.published, article.published_precision
    if day is None:
        return WrittenDate("", "", _("date unknown"))
    iso = article.published_iso or ""
    if article.published_calendar == Article.Calendar.HIJRI and (hijri := hijri_of(day)):
        if precision == Precision.MONTH:
            return WrittenDate(f"{_names().hijri[hijri[1] - 1]} {hijri[0]}", "", _("day unknown"))
        if precision == Precision.YEAR:
            return WrittenDate(_("%(year)s AH") % {"year": hijri[0]}, "", _("day and month unknown"))
    if precision == Precision.YEAR:
        return WrittenDate(str(day.year), iso, _("day and month unknown"))
    if precision == Precision.MONTH:
        return WrittenDate(written_month(day), iso, _("day unknown"))
    text = written_weekday(day) if weekday else written_day(day)
    if weekday and precision == Precision.TIME and article.published_time:
        text += f"{_names().comma}{article.published_time:%H:%M}"
    return WrittenDate(text, iso, "")


def written_known_date(known: KnownDate) -> str:
    """21 نوفمبر 2015، 21:59, as far as it is known."""
    if known.precision == Precision.YEAR:
        return str(known.day.year)
    if known.precision == Precision.MONTH:
        return written_month(known.day)
    return written_day(known.day) + (f"{_names().comma}{known.time:%H:%M}" if known.time else "")


def is_written_for_machines(printed: str) -> bool:
    """Whether a printed date is only figures in ISO 8601: beside the converted date it tells nothing more."""
    return bool(_ISO_FIGURES.fullmatch(printed.strip()))


def weekday_heads() -> list[tuple[str, str]]:
    """The letter and the name of each day of the week, Sunday first."""
    names = _names()
    monday_first = list(zip(names.weekday_letters, names.weekdays, strict=True))
    return [monday_first[-1], *monday_first[:-1]]
