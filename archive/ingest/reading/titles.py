"""The headline of a page among the lines above its first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Line, Piece
from archive.ingest.reading.types import Confidence, KnownName, Span

MIN_WORDS: Final = 2
MAX_WORDS: Final = 32
MAX_CANDIDATES: Final = 8
"""A page with more lines than these above its text is a menu or a jumble; nothing there can be called the
headline."""
DATE_LEADS: Final = 3

_SITE_BREAK: Final = re.compile(r"\s+[-–—|:•»]+\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the line where it stands, and the outlet that stands beside it as a site's name.

    `key` are the letters of a line that repeats it, `bare_key` those of the headline alone.
    """

    value: str
    span: Span
    line: int
    rule: str
    confidence: Confidence
    key: str
    bare_key: str
    outlet: KnownName | None = None


def find_headline(piece: Piece, candidates: list[int]) -> Headline | None:
    """The headline among lines that are nothing else; None where no line surely is one.

    A line that is printed twice; a line with a site's name beside it; else the first. Where other lines (a
    masthead,
    a date, an overline) stand above, the longest is taken, as an overline is shorter than its headline.
    """
    plausible = [
        n
        for n in candidates
        if MIN_WORDS <= piece.lines[n].words <= MAX_WORDS and not _opens_with_date(piece, n)
    ]
    if not plausible or len(plausible) > MAX_CANDIDATES or piece.first_paragraph == len(piece.lines):
        return None
    for rule in (_with_site_name, _with_longer_copy, _printed_twice):
        for number in plausible:
            if found := rule(piece, number):
                return found
    if plausible[0] == 0:
        return _whole(piece, 0, "first line", Confidence.MEDIUM)
    longest = max(plausible, key=lambda number: piece.lines[number].words)
    return _whole(piece, longest, "longest line above the text", Confidence.LOW)


def _with_site_name(piece: Piece, number: int) -> Headline | None:
    """`العنوان - اسم الموقع` or `اسم الموقع | العنوان`, the name a known outlet's."""
    for start, end, site in _site_splits(piece.lines[number]):
        known = piece.lexicon.outlet(site)
        value = piece.lines[number].text[start:end]
        if known and len(value.split()) >= MIN_WORDS:
            return _part(piece, number, value, "beside the site's name", known)
    return None


def _with_longer_copy(piece: Piece, number: int) -> Headline | None:
    """`العنوان - ...` above a line that is just `العنوان`: what follows the dash is the site's name."""
    for start, end, _ in _site_splits(piece.lines[number]):
        value = piece.lines[number].text[start:end]
        for other in range(number + 1, piece.first_paragraph):
            if piece.lines[other].text == value:
                return _whole(piece, other, "printed again without the site's name", Confidence.HIGH)
    return None


def _printed_twice(piece: Piece, number: int) -> Headline | None:
    """The line is repeated above the text (the first line: anywhere), not right below as a caption is."""
    key = piece.lines[number].key
    until = len(piece.lines) if number == 0 else piece.first_paragraph
    copies = [n for n in range(number + 1, until) if piece.lines[n].key == key]
    next_too = number + 1 < len(piece.lines) and piece.lines[number + 1].key == key
    if not copies or (next_too and not piece.lines[number + 1].blank_before):
        return None
    return _whole(piece, number, "printed twice", Confidence.HIGH)


def _opens_with_date(piece: Piece, number: int) -> bool:
    """Whether a date leads the line: date and headline run together, and nothing tells where they part."""
    return any(date.start <= DATE_LEADS and date.precision in ("day", "time") for date in piece.dates(number))


def _site_splits(line: Line) -> Iterator[tuple[int, int, str]]:
    """Each way to part a line in a headline (from, to) and a site's name after or before it."""
    breaks = list(_SITE_BREAK.finditer(line.text))
    if breaks:
        yield 0, breaks[-1].start(), line.text[breaks[-1].end() :]
        yield breaks[0].end(), len(line.text), line.text[: breaks[0].start()]


def _part(piece: Piece, number: int, value: str, rule: str, outlet: KnownName) -> Headline:
    """A headline that is part of its line. Where it is printed alone as well, that line is the evidence."""
    line = piece.lines[number]
    at = piece.text.find(value, line.start, line.end)
    span = Span(at, at + len(value)) if at >= 0 else line.span
    return Headline(
        value, span, number, rule, Confidence.HIGH, _key_of(piece, number, value), name_key(value), outlet
    )


def _whole(piece: Piece, number: int, rule: str, confidence: Confidence) -> Headline:
    line = piece.lines[number]
    return Headline(line.text, line.span, number, rule, confidence, line.key, line.key)


def _key_of(piece: Piece, number: int, value: str) -> str:
    """The letters of a part of a line: those of a line that repeats it, or of its own."""
    return next((line.key for line in piece.lines if line.text == value), piece.lines[number].key)
