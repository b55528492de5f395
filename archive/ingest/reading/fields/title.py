"""The headline."""

from __future__ import annotations

from archive.ingest.reading.page import Page
from archive.ingest.reading.types import Finding


def find_title(page: Page) -> Finding[str] | None:
    """The headline that the lines were sorted by; None where the page prints none."""
    headline = page.headline
    if headline is None:
        return None
    return Finding(headline.value, headline.rule, headline.confidence, headline.span)
