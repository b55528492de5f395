"""The body of an article: its BODY and SUBHEAD segments joined."""

from __future__ import annotations

from archive.ingest.reading.cleaning import clean_text
from archive.ingest.reading.page import Page, line_ends
from archive.ingest.reading.types import SegmentKind

KEPT = (SegmentKind.BODY, SegmentKind.SUBHEAD)


def join_body(page: Page) -> str:
    """The text of the kept segments.

    Between them a blank line where one stood or something was left out, a space where only marks were.
    """
    text, pieces = page.piece.text, list[str]()
    last_end, left_out = -1, False
    for part in page.parts:
        if part.kind not in KEPT:
            left_out = True
            continue
        if last_end >= 0:
            pieces.append(_joint(text[last_end - 1 : part.start + 1], left_out))
        pieces.append(text[part.start : part.end])
        last_end, left_out = part.end, False
    return clean_text("".join(pieces))


def _joint(between: str, left_out: bool) -> str:
    """What joins two parts: `between` runs from the last character of the one to the first of the other."""
    if not (ends := line_ends(between)):
        return "" if between[0].isspace() or between[-1].isspace() else " "
    return "\n\n" if left_out or ends > 1 else "\n"
