"""From bytes to articles with evidence: pure functions, no Django. The face that ingest and the pages use."""

from archive.ingest.reading.encoding import decode_slice
from archive.ingest.reading.formats.records import FIELDS
from archive.ingest.reading.formats.text import read_cut
from archive.ingest.reading.formats.warc.answers import record_text
from archive.ingest.reading.knowledge import load_knowledge
from archive.ingest.reading.recognition import recognise_format
from archive.ingest.reading.source import read_source
from archive.ingest.reading.types import (
    Confidence,
    DateHint,
    Finding,
    Knowledge,
    KnownName,
    NameRef,
    NotText,
    PublishedDate,
    Reading,
    ReadingError,
    ReadOptions,
    Rejected,
    Segment,
    SegmentKind,
    SourceFormat,
    SourceReading,
    Span,
    Text,
)

__all__ = [
    "FIELDS",
    "Confidence",
    "DateHint",
    "Finding",
    "Knowledge",
    "KnownName",
    "NameRef",
    "NotText",
    "PublishedDate",
    "ReadOptions",
    "Reading",
    "ReadingError",
    "Rejected",
    "Segment",
    "SegmentKind",
    "SourceFormat",
    "SourceReading",
    "Span",
    "Text",
    "decode_slice",
    "load_knowledge",
    "read_cut",
    "read_source",
    "recognise_format",
    "record_text",
]
