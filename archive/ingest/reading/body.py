"""The body of an article: its BODY and SUBHEAD segments joined."""

from __future__ import annotations

from archive.ingest.reading.cleaning import clean_text
from archive.ingest.reading.page import Page, line_ends
from archive.ingest.reading.types import Segment, SegmentKind

KEPT = (SegmentKind.BODY, SegmentKind.SUBHEAD)


def join_body(page: Page) -> str:
    """The text of the kept segments: a blank line where one stood or where something was left out between
    them, a
    space where only marks were left out of a line."""
    text, pieces = page.piece.text, list[str]()
    last: Segment | None = None
    for part in page.parts:
        if part.kind not in KEPT:
            continue
        if last is not None:
            pieces.append(_joint(text, last, part, page.parts))
        pieces.append(text[part.start : part.end])
        last = part
    return clean_text("".join(pieces))


def _joint(text: str, last: Segment, part: Segment, parts: tuple[Segment, ...]) -> str:
    between = text[last.end : part.start]
    if not (ends := line_ends(between)):
        return "" if text[last.end - 1].isspace() or text[part.start].isspace() else " "
    left_out = any(last.end <= other.start and other.end <= part.start for other in parts)
    return "\n\n" if left_out or ends > 1 else "\n"
