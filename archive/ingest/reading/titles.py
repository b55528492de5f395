"""The headline of a page among the lines above its first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Piece
from archive.ingest.reading.profiles import TOP_LINES
from archive.ingest.reading.types import Confidence, KnownName, Span
from archive.ingest.reading.units import Line

MIN_WORDS: Final = 2
MAX_WORDS: Final = 32
MAX_CANDIDATES: Final = 8
"""A page with more lines than these above its text is a menu or a jumble; nothing there can be called the
headline."""
DATE_LEADS: Final = 3
MAX_BESIDE_DATE: Final = 7
LONG_HEADLINE: Final = 18
"""Words from which on a line is rather a subtitle where there is another."""
MIN_COPY: Final = 3
"""Words from which on a part of a line that is printed again can be the headline."""
MAX_SITE_WORDS: Final = 5
MAX_BREAKS: Final = 8
"""Strokes in a line that are looked at for a site's name."""

_ADDRESS: Final = re.compile(r"(?:www\.)?[A-Za-z0-9][\w-]*(?:\.[A-Za-z]{2,6}){1,3}")
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

    What the site's profile says; a line with a site's name beside it; a line that is printed twice; else the
    first. Where other lines (a masthead, a date, an overline) stand above, the longest is taken, as an
    overline is shorter than its headline; but not a line that is too long for one beside another that is not.
    """
    if found := _by_profile(piece):
        return found
    plausible = [
        n
        for n in candidates
        if MIN_WORDS <= piece.lines[n].words <= MAX_WORDS
        and not _is_about_date(piece, n)
        and not _is_masthead_name(piece, n)
    ]
    for rule in (_with_site_name, _with_longer_copy, _printed_twice):
        for number in plausible[:MAX_CANDIDATES]:
            if found := rule(piece, number):
                return found
    return _first_of(piece, plausible)


def _first_of(piece: Piece, plausible: list[int]) -> Headline | None:
    """The first line; below a masthead or date, the longest of the lines that stand there together."""
    together = [number for place, number in enumerate(plausible) if number - place == plausible[0]]
    if not together or len(together) > MAX_CANDIDATES or piece.first_paragraph == len(piece.lines):
        return None
    if plausible[0] == 0:
        return _whole(piece, 0, "first line", Confidence.MEDIUM)
    fitting = [number for number in together if piece.lines[number].words <= LONG_HEADLINE] or together
    longest = max(fitting, key=lambda number: piece.lines[number].words)
    return _whole(piece, longest, "longest line above the text", Confidence.LOW)


def _by_profile(piece: Piece) -> Headline | None:
    """The headline where the site's profile says that it stands: at its own line, if that is printed too."""
    if piece.profile is None:
        return None
    known = piece.lexicon.outlet_by_slug(piece.profile.outlet)
    for number in range(min(piece.first_paragraph, TOP_LINES)):
        value = piece.profile.headline_in(piece.lines[number])
        if value and len(value.split()) >= MIN_WORDS:
            return _part(piece, number, value, "where the site prints it", known)
    return None


def _with_site_name(piece: Piece, number: int) -> Headline | None:
    """`العنوان - اسم الموقع` or `اسم الموقع | القسم | العنوان`, the name a known outlet's or a site's
    address.

    Where the page prints the headline alone as well, that copy tells where it begins and ends.
    """
    line, found = piece.lines[number], list[tuple[str, KnownName | None]]()
    for start, end, site in _site_splits(line):
        known = piece.lexicon.outlet(site)
        value = line.text[start:end]
        if (known or _sounds_like_site(piece, site)) and len(value.split()) >= MIN_WORDS:
            found.append((value, known))
    for value, known in sorted(found, key=lambda pair: not _is_printed_alone(piece, pair[0])):
        return _part(piece, number, value, "beside the site's name", known)
    return None


def _sounds_like_site(piece: Piece, name: str) -> bool:
    """Whether an unknown name is a site's: an address, or a few words that begin as sites call themselves."""
    words = name.split()
    return _ADDRESS.fullmatch(name) is not None or (
        0 < len(words) <= MAX_SITE_WORDS and name_key(words[0]) in piece.lexicon.site_words
    )


def _is_printed_alone(piece: Piece, value: str) -> bool:
    key = name_key(value)
    return any(line.key == key for line in piece.lines[: piece.first_paragraph])


def _is_masthead_name(piece: Piece, number: int) -> bool:
    """Whether a line is an outlet's name or a section's and nothing else."""
    line = piece.lines[number]
    return line.key in piece.lexicon.sections or line.key in piece.lexicon.outlets


def _with_longer_copy(piece: Piece, number: int) -> Headline | None:
    """`العنوان - ...` above a line that is just `العنوان`: what stands beside it is the site's name."""
    line = piece.lines[number]
    for other in range(number + 1, piece.first_paragraph):
        copy = piece.lines[other]
        is_part = copy.key != line.key and copy.key in line.key and copy.words >= MIN_COPY
        if is_part and len(copy.key) * 2 > len(line.key):
            return _whole(piece, other, "printed again without the site's name", Confidence.HIGH)
    return None


def _printed_twice(piece: Piece, number: int) -> Headline | None:
    """The line is repeated above the text (the first line: anywhere), not right below as a caption is."""
    key = piece.lines[number].key
    until = len(piece.lines) if number == 0 else piece.first_paragraph
    copies = [n for n in range(number + 1, until) if piece.lines[n].key == key]
    next_too = number + 1 < len(piece.lines) and piece.lines[number + 1].key == key
    right_below = next_too and (piece.is_flat or not piece.lines[number + 1].blank_before)
    if not copies or (right_below and not (piece.is_flat and len(copies) > 1)):
        return None
    return _whole(piece, number, "printed twice", Confidence.HIGH)


def _is_about_date(piece: Piece, number: int) -> bool:
    """Whether a full date leads the line (date and headline run together, and nothing tells where they part)
    or is nearly all that it holds."""
    text = piece.lines[number].text
    dates = [date for date in piece.dates(number) if date.precision in ("day", "time")]
    beside = len(text.split()) - sum(len(date.raw.split()) for date in dates)
    return bool(dates) and (dates[0].start <= DATE_LEADS or beside <= MAX_BESIDE_DATE)


def _site_splits(line: Line) -> Iterator[tuple[int, int, str]]:
    """Each way to part a line in a headline (from, to) and a site's name at its end or beginning; of what
    stands between other strokes, sections are left off a piece at a time."""
    breaks = list(_SITE_BREAK.finditer(line.text))[:MAX_BREAKS]
    if not breaks:
        return
    ends, begins = line.text[breaks[-1].end() :], line.text[: breaks[0].start()]
    for last in reversed(breaks):
        yield 0, last.start(), ends
    for first in breaks:
        yield first.end(), len(line.text), begins


def _part(piece: Piece, number: int, value: str, rule: str, outlet: KnownName | None) -> Headline:
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
