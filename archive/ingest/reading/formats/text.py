"""Plain text: an article, or several, without any names for its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, Final

from arabic import letters as l
from archive.ingest.reading.body import find_body
from archive.ingest.reading.cleaning import clean_text
from archive.ingest.reading.fields.agency import find_agencies
from archive.ingest.reading.fields.author import find_authors
from archive.ingest.reading.fields.outlet import find_outlet
from archive.ingest.reading.fields.place import find_place
from archive.ingest.reading.fields.published import find_published
from archive.ingest.reading.fields.subtitle import find_subtitle
from archive.ingest.reading.fields.title import find_title
from archive.ingest.reading.formats.records import fill
from archive.ingest.reading.formats.whole import ByteMap, LineMap, read_text
from archive.ingest.reading.hints import find_hints
from archive.ingest.reading.lines import sort_lines
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.page import Page, Piece
from archive.ingest.reading.parts import find_prefix, parts_of
from archive.ingest.reading.site import find_site
from archive.ingest.reading.split import split_text
from archive.ingest.reading.types import (
    Finding,
    Knowledge,
    NameRef,
    Reading,
    ReadingError,
    Rejected,
    SegmentKind,
    SourceFormat,
    SourceReading,
    Span,
    Text,
)
from archive.ingest.reading.units import Line, lines_of

MIN_ARABIC: Final = 0.3
"""The share of a text's letters that are Arabic from which on it is taken for an Arabic text."""
_ARABIC: Final = re.compile(f"[{l.regex_class(*l.ARABIC_WORD_LETTERS)}]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
SAMPLE_CHARS: Final = 1 << 16


def read(stream: BinaryIO, knowledge: Knowledge, encoding: str = "") -> SourceReading:
    """The articles of a text file.

    Raises: ReadingError: too long, empty, undecodable, or not Arabic.
    """
    text = read_text(stream, encoding)
    if not is_arabic(text.text[:SAMPLE_CHARS]):
        raise ReadingError(
            "is no Arabic text: leave the file out; an article in another language can come as JSON Lines"
            " with its `language`"
        )
    return SourceReading(SourceFormat.TEXT, text.encoding, text.rule, _articles(text, knowledge))


def read_cut(stream: BinaryIO, spans: Sequence[Span], knowledge: Knowledge) -> list[Reading | Rejected]:
    """The articles of a text file where it is cut by hand: one of each of these spans, in their order.

    Raises: ReadingError: too long, empty, or undecodable.
    """
    text = read_text(stream)
    places, lexicon, lines = ByteMap(text), lexicon_of(knowledge), list(lines_of(text.text))
    site = find_site(split_text(text.text, lines, lexicon))
    pieces = [Piece(text.text, span, _lines_within(text.text, lines, span), lexicon) for span in spans]
    return [_item(text, piece, site, number, places) for number, piece in enumerate(pieces)]


def _lines_within(text: str, lines: Sequence[Line], span: Span) -> list[Line]:
    """The lines of a stretch; where it cuts a line in two, what it has of that line is a line."""
    if any(line.start < edge < line.end for line in lines for edge in (span.start, span.end)):
        found = lines_of(text[span.start : span.end])
        return [replace(line, start=span.start + line.start, end=span.start + line.end) for line in found]
    return [line for line in lines if span.start <= line.start < span.end]


def is_arabic(sample: str) -> bool:
    """Whether a fair share of a text's letters are Arabic; a note in English beside the articles is none."""
    if _length(_ARABIC, sample[: len(sample) // 2]) > MIN_ARABIC * len(sample):
        return True  # so many in its first half that the rest cannot tell otherwise
    return _length(_ARABIC, sample) > MIN_ARABIC * _length(_LETTERS, sample)


def _length(runs: re.Pattern[str], sample: str) -> int:
    """How many characters stand in runs of a kind."""
    return sum(map(len, runs.findall(sample)))


def read_page(piece: Piece, site: Finding[NameRef] | None) -> Page:
    """A piece of text with its lines and parts sorted."""
    kinds, headline = sort_lines(piece)
    prefix = find_prefix(piece, kinds)
    return Page(piece, kinds, parts_of(piece, kinds, prefix), headline, prefix, site)


def _articles(text: Text, knowledge: Knowledge) -> Iterator[Reading | Rejected]:
    places, lexicon = ByteMap(text), lexicon_of(knowledge)
    pieces = split_text(text.text, list(lines_of(text.text)), lexicon)
    site, ordinal = find_site(pieces), 0
    for piece in pieces:
        item = _item(text, piece, site, ordinal, places)
        ordinal += isinstance(item, Reading)
        yield item


def _item(
    text: Text, piece: Piece, site: Finding[NameRef] | None, ordinal: int, places: ByteMap
) -> Reading | Rejected:
    """The article of a piece; refused where there is nothing to read in it."""
    start, end = piece.span.start, piece.span.end
    page = read_page(piece, site)
    body = find_body(page) or clean_text(text.text[start:end])
    if not body:
        line = LineMap(text.text).line(start)
        return Rejected(line, "no body: nothing printable in it; leave the file out")
    return _reading(page, body, ordinal, places.span(start, end))


def _reading(page: Page, body: str, ordinal: int, byte_span: Span) -> Reading:
    span, published = page.piece.span, find_published(page)
    return Reading(
        ordinal=ordinal,
        span=span,
        byte_span=byte_span,
        body=body,
        segments=fill(((part.start, part.end, part.kind) for part in page.parts), span, SegmentKind.BLANK),
        title=find_title(page),
        subtitle=find_subtitle(page),
        outlet=find_outlet(page),
        agencies=find_agencies(page),
        authors=find_authors(page),
        place=find_place(page),
        published=published,
        published_hints=() if published else find_hints(page),
    )
