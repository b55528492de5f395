"""The authors."""

from __future__ import annotations

from archive.ingest.reading.page import Page
from archive.ingest.reading.signatures import beside_names
from archive.ingest.reading.types import Confidence, Finding, SegmentKind


def find_authors(page: Page) -> tuple[Finding[str], ...]:
    """The persons named by a byline or dateline at an edge of the text, or beside its date above it."""
    piece, found = page.piece, dict[str, Finding[str]]()
    for number in page.of_kind(SegmentKind.BYLINE, SegmentKind.DATELINE):
        for name in piece.byline(number).authors:
            found.setdefault(name, Finding(name, "byline", Confidence.MEDIUM, piece.lines[number].span))
    for number in page.of_kind(SegmentKind.DATE):
        if number > piece.first_paragraph:
            break
        for name in beside_names(piece, number):
            found.setdefault(
                name, Finding(name, "beside the date", Confidence.MEDIUM, piece.lines[number].span)
            )
    return tuple(found.values())
