"""A file that is one page of HTML."""

from __future__ import annotations

from typing import BinaryIO, Final

from archive.ingest.reading.formats.html.article import Fetched, Stand, read_page
from archive.ingest.reading.formats.html.encoding import decode_page
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.types import Knowledge, ReadingError, SourceFormat, SourceReading, Span

MAX_PAGE_BYTES: Final = 16 << 20
"""The longest page; one with its pictures saved in it can have some megabytes."""


def read(stream: BinaryIO, knowledge: Knowledge) -> SourceReading:
    """The article of a page saved as a file.

    Raises: ReadingError: too long, empty, or in no encoding known here.
    """
    stream.seek(0)
    data = stream.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise ReadingError(
            f"is longer than {MAX_PAGE_BYTES >> 20} MB: save the page without its pictures in it"
        )
    text = decode_page(data)
    if not text.text.strip():
        raise ReadingError("is empty: nothing to read; leave the file out or fetch it again")
    stand = Stand(1, 0, 0, Span(text.bom_bytes, len(data)))
    items = (read_page(text.text, stand, lexicon_of(knowledge), Fetched()) for _ in range(1))
    return SourceReading(SourceFormat.HTML, text.encoding, text.rule, items)
