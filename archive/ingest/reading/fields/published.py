"""The date of publication."""

from __future__ import annotations

from archive.ingest.reading.page import Page
from archive.ingest.reading.published import agree, as_published, best_of
from archive.ingest.reading.types import Confidence, Finding, PublishedDate, SegmentKind, Span


def find_published(page: Page) -> Finding[PublishedDate] | None:
    """The date on a line of its own above the text, else below it. Dates in running text are never taken.

    None: no such line, a weekday that is not the date's, dates that are not one day, a date without day.
    """
    piece = page.piece
    numbers = list(page.of_kind(SegmentKind.DATE))
    above = [number for number in numbers if number < piece.first_paragraph]
    dates = [(number, date) for number in above or numbers for date in piece.dates(number)]
    sure = [date for _, date in dates if date.date is not None]
    if not sure or any(date.weekday_agrees is False for date in sure) or not agree(sure):
        return None
    best = best_of(sure)
    number = next(n for n, date in dates if date is best)
    line = piece.lines[number]
    printed = [date for n, date in dates if n == number]
    raw = line.text[printed[0].start : printed[-1].end]
    value = as_published(best, raw)
    if value is None or best.precision not in ("day", "time"):
        return None
    at = piece.text.find(raw, line.start, line.end)
    span = Span(at, at + len(raw)) if at >= 0 else line.span
    return Finding(value, "line of its own", Confidence.HIGH, span)
