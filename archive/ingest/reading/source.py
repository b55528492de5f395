"""Bytes of a file to its articles: the format recognised, then read by its own module."""

from __future__ import annotations

from typing import BinaryIO, Final

from archive.ingest.reading.formats import csv_, json_, jsonl, text, trec
from archive.ingest.reading.formats.html import page
from archive.ingest.reading.formats.warc import archive
from archive.ingest.reading.recognition import recognise_format
from archive.ingest.reading.types import (
    Knowledge,
    ReadingError,
    ReadOptions,
    SourceFormat,
    SourceReading,
)

HEAD_BYTES: Final = 1 << 16
"""How much of a file its format is judged by."""


def read_source(name: str, stream: BinaryIO, options: ReadOptions, knowledge: Knowledge) -> SourceReading:
    """Read a file's articles, one at a time: iterate `.items` while the stream is open.

    The stream is seekable and read from its beginning. JSON Lines are streamed; any other format is read
    whole.
    Raises: ReadingError: the file cannot be read as a whole; the message says why and the remedy.
    """
    head = _head(stream)
    if not head.strip():
        raise ReadingError("is empty: nothing to read; leave the file out or fetch it again")
    source_format = _asked_format(options) or recognise_format(name, head)
    match source_format:
        case SourceFormat.JSONL:
            return jsonl.read(stream, options, knowledge)
        case SourceFormat.JSON:
            return json_.read(stream, options, knowledge)
        case SourceFormat.CSV:
            return csv_.read(stream, options, knowledge)
        case SourceFormat.TREC:
            return trec.read(stream, knowledge, options.encoding)
        case SourceFormat.HTML:
            return page.read(stream, knowledge)
        case SourceFormat.WARC:
            return archive.read(stream, knowledge)
        case SourceFormat.TEXT:
            return text.read(stream, knowledge, options.encoding)


def _head(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read(HEAD_BYTES)


def _asked_format(options: ReadOptions) -> SourceFormat | None:
    if options.format == "auto":
        return None
    try:
        return SourceFormat(options.format)
    except ValueError as error:
        names = ", ".join(["auto", *SourceFormat])
        raise ReadingError(f"--format {options.format} is not read; choose one of {names}") from error
