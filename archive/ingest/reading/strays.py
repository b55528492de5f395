"""The ampersands that a scraper left where its page had blanks."""

from __future__ import annotations

import re
from typing import Final

from archive.ingest.reading.types import Span

STRAY: Final = "&"
MIN_STRAYS: Final = 3
"""Ampersands that a text must hold before they are taken for the blanks of its page."""
STRAY_MARK: Final = re.compile(r"&(?<![A-Za-z0-9&]&)(?<![A-Za-z] &)(?!#?\w{1,8};)(?! ?[A-Za-z])")
"""One that is no part of an entity, of another ampersand or of Latin words."""


def has_strays(text: str, span: Span) -> bool:
    """Whether a text's ampersands are what its page's blanks became."""
    if text.count(STRAY, span.start, span.end) < MIN_STRAYS:
        return False
    return len(STRAY_MARK.findall(text, span.start, span.end)) >= MIN_STRAYS
