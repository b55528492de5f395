"""Plain text: an article, or several, without any names for its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from archive.ingest.reading.cleaning import clean_text
from archive.ingest.reading.formats.whole import ByteMap, read_text
from archive.ingest.reading.types import (
    Knowledge,
    Reading,
    Rejected,
    Segment,
    SegmentKind,
    SourceFormat,
    SourceReading,
    Span,
    Text,
)


def read(stream: BinaryIO, knowledge: Knowledge) -> SourceReading:
    """The articles of a text file."""
    text = read_text(stream)
    return SourceReading(SourceFormat.TEXT, text.encoding, text.rule, _articles(text, knowledge))


def _articles(text: Text, knowledge: Knowledge) -> Iterator[Reading | Rejected]:
    span = Span(0, len(text.text))
    body = clean_text(text.text)
    if not body:
        yield Rejected(1, "no body: nothing printable in it; leave the file out")
        return
    yield Reading(0, span, ByteMap(text).span(0, span.end), body, (Segment(0, span.end, SegmentKind.BODY),))
