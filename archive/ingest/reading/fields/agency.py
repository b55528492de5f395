"""The agencies that a text is from."""

from __future__ import annotations

from archive.ingest.reading.names import agency_ref
from archive.ingest.reading.page import Page
from archive.ingest.reading.signatures import signers
from archive.ingest.reading.types import Confidence, Finding, NameRef, SegmentKind


def find_agencies(page: Page) -> tuple[Finding[NameRef], ...]:
    """The agencies that sign under the text, in its dateline or before its first word; «وكالات» too."""
    piece, found = page.piece, dict[str, Finding[NameRef]]()
    for number in page.of_kind(SegmentKind.CREDIT):
        for part in signers(piece.lines[number].text):
            if piece.lexicon.agency(part):
                finding = Finding(
                    agency_ref(piece.lexicon, part), "signature", Confidence.HIGH, piece.lines[number].span
                )
                found.setdefault(part, finding)
    for number in page.of_kind(SegmentKind.DATELINE, SegmentKind.BYLINE):
        for ref in piece.byline(number).agencies:
            found.setdefault(ref.name, Finding(ref, "dateline", Confidence.HIGH, piece.lines[number].span))
    for ref in page.prefix.byline.agencies if page.prefix else ():
        found.setdefault(
            ref.name, Finding(ref, "dateline", Confidence.HIGH, page.prefix.span if page.prefix else None)
        )
    return tuple(found.values())
