"""What the trends say of themselves, in the reader's language: the same on the page and in its files."""

from __future__ import annotations

import datetime
from typing import Final

from django.utils.translation import gettext as _

from archive.display.dates import written_day, written_month
from search.trends.asked import Measure, Scale
from search.trends.periods import Axis, Period

MOST_LETTERS_OF_LABEL: Final = 20


def heading(axis: Axis, measure: Measure) -> str:
    """What is drawn: مقالات من كلّ 1,000 مقال محفوظ، شهرًا شهرًا، 2012–2016."""
    return _heading(axis.scale, measure) % {"span": span(axis)}


def _heading(scale: Scale, measure: Measure) -> str:
    return {
        (Scale.YEAR, Measure.COUNT): _("Articles found, year by year, %(span)s"),
        (Scale.MONTH, Measure.COUNT): _("Articles found, month by month, %(span)s"),
        (Scale.DAY, Measure.COUNT): _("Articles found, day by day, %(span)s"),
        (Scale.YEAR, Measure.RATE): _("Articles found per 1,000 held, year by year, %(span)s"),
        (Scale.MONTH, Measure.RATE): _("Articles found per 1,000 held, month by month, %(span)s"),
        (Scale.DAY, Measure.RATE): _("Articles found per 1,000 held, day by day, %(span)s"),
    }[scale, measure]


def direction_of_time(*, right_to_left: bool) -> str:
    """Where the oldest stands."""
    if right_to_left:
        return _("Oldest at the right, newest at the left")
    return _("Oldest at the left, newest at the right")


def span(axis: Axis) -> str:
    """From when to when: 2012–2016, يوليو 2015 – أغسطس 2015, 21 يوليو 2015 – 11 أغسطس 2015."""
    first, last = written_day_or_more(axis.scale, axis.first), written_day_or_more(axis.scale, axis.last)
    if first == last:
        return first
    return f"{first}–{last}" if axis.scale is Scale.YEAR else f"{first} – {last}"


def written_period(axis: Axis, period: Period) -> str:
    """A period as a row of the table names it."""
    return written_day_or_more(axis.scale, period.first)


def written_day_or_more(scale: Scale, day: datetime.date) -> str:
    """A day, or the month or year it is in."""
    if scale is Scale.YEAR:
        return str(day.year)
    return written_month(day) if scale is Scale.MONTH else written_day(day)


def shortened(label: str) -> str:
    """A label for the end of a line: its first words; no word is cut."""
    if len(label) <= MOST_LETTERS_OF_LABEL:
        return label
    words, kept = label.split(), ""
    for word in words:
        if kept and len(kept) + len(word) >= MOST_LETTERS_OF_LABEL:
            return f"{kept}…"
        kept = f"{kept} {word}".strip()
    return kept
