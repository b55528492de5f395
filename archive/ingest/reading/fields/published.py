"""The date of publication."""

from __future__ import annotations

from archive.ingest.reading.page import Page
from archive.ingest.reading.page_dates import dates_of_article
from archive.ingest.reading.published import as_published, best_of
from archive.ingest.reading.types import Confidence, Finding, PublishedDate, Span


def find_published(page: Page) -> Finding[PublishedDate] | None:
    """The date on a line of its own above the text, else below it. Dates in running text are never taken.

    None: no such line, the page's clock, a weekday that is not the date's, dates that are not one day.
    """
    dated = dates_of_article(page)
    if not dated:
        return None
    best = best_of([each.date for each in dated])
    number = next(each.line for each in dated if each.date is best)
    line = page.piece.lines[number]
    printed = [each.date for each in dated if each.line == number]
    raw = line.text[printed[0].start : printed[-1].end]
    value = as_published(best, raw)
    if value is None:
        return None
    at = page.piece.text.find(raw, line.start, line.end)
    span = Span(at, at + len(raw)) if at >= 0 else line.span
    return Finding(value, "line of its own", Confidence.HIGH, span)
