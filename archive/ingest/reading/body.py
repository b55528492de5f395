"""The body of an article: its BODY and SUBHEAD segments joined."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from archive.ingest.reading.cleaning import clean_text
from archive.ingest.reading.page import Page
from archive.ingest.reading.printed import as_printed
from archive.ingest.reading.types import Segment, SegmentKind
from archive.ingest.reading.units import line_ends

KEPT: Final = frozenset({SegmentKind.BODY, SegmentKind.SUBHEAD})
RUN_ON: Final = 12
"""Words from which on a part that ends without a sentence's end runs on after a chance run of spaces."""

_GAP: Final = re.compile(r"\s{3}")
_ENDED: Final = re.compile(r"[.…؟?!:؛][\"»”’')\]]*$")


NEXT_BEST: Final = (
    frozenset({SegmentKind.CAPTION, SegmentKind.PULL_QUOTE, SegmentKind.SUBTITLE, SegmentKind.KICKER}),
    frozenset({SegmentKind.TITLE}),
)
"""What stands for the body of a page that holds nothing else: its captions and the like, else its
headline."""


def find_body(page: Page) -> str:
    """The body of an article; of a page without one, the little that it tells; empty where it tells
    nothing."""
    bodies = (join_body(page, kinds) for kinds in (KEPT, *NEXT_BEST))
    return next(filter(None, bodies), "")


def join_body(page: Page, kinds: Collection[SegmentKind] = KEPT) -> str:
    """The text of the kept segments.

    Between them a blank line where one stood, where a flattened page has a run of spaces, or where something
    was left out; a space where only marks were.
    """
    text, pieces = page.piece.text, list[str]()
    before: Segment | None = None
    left_out = False
    for part in page.parts:
        if part.kind not in kinds:
            left_out = True
            continue
        if before is not None:
            pieces.append(_joint(text, before, part, left_out))
        pieces.append(_printed(text[part.start : part.end]))
        before, left_out = part, False
    return clean_text("".join(pieces))


def _joint(text: str, before: Segment, after: Segment, left_out: bool) -> str:
    """What joins two parts."""
    between = text[before.end : after.start]
    if ends := line_ends(between):
        return "\n\n" if left_out or ends > 1 else "\n"
    if _GAP.search(between):
        runs_on = not left_out and _runs_on(text[before.start : before.end])
        return " " if runs_on else "\n\n"
    return "" if text[before.end - 1].isspace() or text[after.start].isspace() else " "


def _runs_on(part: str) -> bool:
    return len(part.split()) >= RUN_ON and _ENDED.search(part) is None


def _printed(part: str) -> str:
    """A part as the page showed it, line by line."""
    return "".join(map(as_printed, part.splitlines(keepends=True)))
