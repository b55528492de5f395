"""The place that a text was sent from."""

from __future__ import annotations

from archive.ingest.reading.page import Page
from archive.ingest.reading.types import Confidence, Finding, SegmentKind


def find_place(page: Page) -> Finding[str] | None:
    """The place that a dateline names, on its own line or before the first word."""
    for number in page.of_kind(SegmentKind.DATELINE, SegmentKind.BYLINE):
        if place := page.piece.byline(number).place:
            return Finding(place, "dateline", Confidence.HIGH, page.piece.lines[number].span)
    if page.prefix and page.prefix.byline.place:
        return Finding(page.prefix.byline.place, "dateline", Confidence.MEDIUM, page.prefix.span)
    return None
