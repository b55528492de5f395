"""The parts of lines: a dateline before a paragraph's first word, the stray marks that scraping left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.bylines import Byline, is_desk_word, read_byline
from archive.ingest.reading.page import Piece
from archive.ingest.reading.strays import STRAY, STRAY_MARK
from archive.ingest.reading.types import Segment, SegmentKind, Span

OPENING_PARAGRAPHS: Final = 3
PREFIX_WITHIN: Final = 120

_PREFIX: Final = re.compile(r"(?=(.{2,70}?)\s*(?::|\s-{2}|(?<=\))\s*[-–—]{1,3})\s)")
_SLASHED: Final = re.compile(r"(?=(.{2,50}?\s/\s?[^/\d]{2,20})/\s)")
_DAY: Final = re.compile(r"\s+(?:في\s+|-\s*)?\d{1,2}\s+(?:[^\W\d_]+\s*|-\s*\d{1,2}\s*){1,2}(?=\s/|[/(-])")
_LINE_KINDS: Final = (SegmentKind.BODY, SegmentKind.SUBHEAD)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A dateline that leads a paragraph, its colon or dash included."""

    span: Span
    byline: Byline


def find_prefix(piece: Piece, kinds: tuple[SegmentKind, ...]) -> Prefix | None:
    """The dateline before the first word of one of the opening paragraphs: `الرواق – رأس المرجان: ...`."""
    paragraphs = [number for number, kind in enumerate(kinds) if kind is SegmentKind.BODY]
    for number in paragraphs[:OPENING_PARAGRAPHS]:
        if found := _prefix_of(piece, number):
            return found
    return None


def parts_of(piece: Piece, kinds: tuple[SegmentKind, ...], prefix: Prefix | None) -> tuple[Segment, ...]:
    """The segments of a piece's lines in order, in characters of the whole text; between them is blank."""
    return tuple(
        part for number in range(len(piece.lines)) for part in _line_parts(piece, number, kinds, prefix)
    )


def _prefix_of(piece: Piece, number: int) -> Prefix | None:
    """An outlet or agency among one to three names and words of desks, before a colon or dash."""
    line = piece.lines[number]
    source = piece.text[line.start : min(line.end, line.start + PREFIX_WITHIN)]
    said = source.replace(STRAY, " ") if piece.has_strays else source
    match = _SLASHED.match(said) or _PREFIX.match(said)
    if match is None:
        return None
    span = Span(line.start, line.start + _end_of_prefix(source, match.end(1)))
    byline = read_byline(_without_day(match.group(1)), piece.lexicon)
    if not (byline.outlet or byline.agencies) or len(byline.parts) > 3:
        return None
    if any(len(other.split()) > 2 or is_desk_word(other) for other in byline.others):
        return None
    return Prefix(span, _without_unsure(piece, byline, span))


def _without_unsure(piece: Piece, byline: Byline, span: Span) -> Byline:
    """The byline without authors: before a colon, a second name is the reporter's or the city's, and nothing
    tells."""
    sure = piece.without_spoken_of(byline, span)
    return Byline(sure.parts, sure.outlet, sure.agencies, (), sure.place)


def _without_day(printed: str) -> str:
    """A dateline without the day and month that some agencies print in it: `الدوحة في 3 مارس /قنا/`."""
    return _DAY.sub(" - ", printed)


def _end_of_prefix(source: str, at: int) -> int:
    rest = re.compile(r"\s*[:\-–—/]+\s*").match(source, at)
    return rest.end() if rest else at


def _line_parts(
    piece: Piece, number: int, kinds: tuple[SegmentKind, ...], prefix: Prefix | None
) -> Iterator[Segment]:
    line, kind = piece.lines[number], kinds[number]
    start = line.start
    if prefix and start <= prefix.span.start < line.end:
        yield Segment(prefix.span.start, prefix.span.end, SegmentKind.DATELINE)
        start = prefix.span.end
    if piece.has_strays and kind in _LINE_KINDS:
        for match in STRAY_MARK.finditer(piece.text, start, line.end):
            if match.start() > start:
                yield Segment(start, match.start(), kind)
            yield Segment(match.start(), match.end(), SegmentKind.MARKUP)
            start = match.end()
    if start < line.end:
        yield Segment(start, line.end, kind)
