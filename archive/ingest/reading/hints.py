"""What a text without a date lets a curator guess of it. Nothing here ever becomes a date by itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from arabic import PrintedDate, find_dates, find_yearless, normal_form
from archive.ingest.reading.page import Page
from archive.ingest.reading.page_dates import UNSET, Label, page_dates
from archive.ingest.reading.related import comment_lines
from archive.ingest.reading.types import Confidence, DateHint, Finding, SegmentKind, Span

K = SegmentKind

TOLD: Final = (K.BODY, K.CAPTION, K.SUBTITLE, K.TITLE, K.KICKER)
HEAD: Final = (K.TITLE, K.KICKER, K.SUBTITLE, K.CAPTION, K.FURNITURE)
FIRST_YEAR: Final = 1990
YEARS: Final = 40
"""Years that are tried for a date without one, from the last year that the text speaks of."""
BEFORE_DATE: Final = 24
AFTER_DATE: Final = 12
"""Characters around a date that are searched for words that say it is still to come."""

Hint = Finding[DateHint]


def find_hints(page: Page) -> tuple[Hint, ...]:
    """The bounds and days that a page without a date allows, each with where it says so."""
    event = _last_event(page)
    first = event.value.earliest.year if event and event.value.earliest else FIRST_YEAR
    found = (event, _first_look(page), *_without_year(page, first), *_disagreeing(page))
    return tuple(hint for hint in found if hint is not None)


def _last_event(page: Page) -> Hint | None:
    """Not before the last day, month or year that the text speaks of as gone by."""
    told = [
        (date, Span(line.start + date.start, line.start + date.end))
        for number in page.of_kind(*TOLD)
        for line in (page.piece.lines[number],)
        for date in find_dates(page.piece.text[line.start : line.end])
        if date.date is not None and not _is_ahead(page, line.start, date)
    ]
    if not told:
        return None
    date, span = max(told, key=lambda pair: pair[0].date or datetime.date.min)
    return Finding(DateHint(earliest=date.date), "last event that the text tells", Confidence.LOW, span)


def _is_ahead(page: Page, start: int, date: PrintedDate) -> bool:
    """Whether the words around a date say that it is still to come: `بحلول عام`, `لعام`, `المقبل`."""
    text = page.piece.text
    before = text[max(start, start + date.start - BEFORE_DATE) : start + date.start]
    around = f"{before} {date.raw} {text[start + date.end : start + date.end + AFTER_DATE]}"
    return page.piece.lexicon.labels.ahead.search(normal_form(around)) is not None


def _first_look(page: Page) -> Hint | None:
    """Not after the day that the page says it was looked at, nor after a reader's comment on it."""
    seen = {date for number in _looked_at(page) for date in _full_dates(page, number)}
    if not seen:
        return None
    day, span = min(seen, key=lambda pair: pair[0])
    return Finding(DateHint(latest=day), "day that the page was looked at", Confidence.MEDIUM, span)


def _looked_at(page: Page) -> Iterator[int]:
    yield from (each.line for each in page_dates(page) if each.label is Label.CLOCK)
    yield from comment_lines(page.piece)
    yield from (n for n in page.of_kind(K.FURNITURE) if n < page.piece.first_paragraph)


def _full_dates(page: Page, number: int) -> Iterator[tuple[datetime.date, Span]]:
    for date in page.piece.dates(number):
        if date.date is not None and date.precision in ("day", "time") and date.date != UNSET:
            yield date.date, page.piece.lines[number].span


def _without_year(page: Page, first: int) -> Iterator[Hint]:
    """The days on which the weekday, day and month of a line above the text fall."""
    for number in page.of_kind(*HEAD):
        line = page.piece.lines[number]
        for found in find_yearless(line.text) if number < page.piece.first_paragraph else ():
            days = tuple(found.days(first, first + YEARS))
            yield Finding(DateHint(days=days), "weekday and day without a year", Confidence.LOW, line.span)


def _disagreeing(page: Page) -> Iterator[Hint]:
    """The days of dates that stand where the article's does and are not one day."""
    dated = [each for each in page_dates(page) if each.label is not Label.CLOCK]
    days = tuple(sorted({each.date.date for each in dated if each.date.date is not None}))
    if days:
        span = page.piece.lines[dated[0].line].span
        yield Finding(DateHint(days=days), "dates that cannot be told apart", Confidence.LOW, span)
