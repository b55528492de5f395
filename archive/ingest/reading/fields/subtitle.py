"""The line under the headline."""

from __future__ import annotations

from archive.ingest.reading.page import Page
from archive.ingest.reading.types import Confidence, Finding, SegmentKind


def find_subtitle(page: Page) -> Finding[str] | None:
    """The first line sorted as a subtitle."""
    for number in page.of_kind(SegmentKind.SUBTITLE):
        line = page.piece.lines[number]
        return Finding(line.text, "under the headline", Confidence.MEDIUM, line.span)
    return None
