"""Short ways to read bytes in tests."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from archive.ingest.reading import (
    Knowledge,
    KnownName,
    Reading,
    ReadOptions,
    Rejected,
    SourceReading,
    decode_slice,
    load_knowledge,
    read_source,
)

OUTLETS = (KnownName("minbar", "منبر الضفة", "Minbar", ("المنبر",), ("minbar.example",)),)
AGENCIES = (KnownName("sada", "صدى برس", "Sada Press"),)


@cache
def knowledge() -> Knowledge:
    """The data files with an invented outlet and agency."""
    return load_knowledge(OUTLETS, AGENCIES)


def opened(
    content: bytes | str,
    name: str = "x.txt",
    fields: Mapping[str, str] | None = None,
    format: str = "auto",  # noqa: A002
) -> SourceReading:
    """Read bytes, or a text in UTF-8, as a file of a name."""
    data = content.encode() if isinstance(content, str) else content
    return read_source(name, io.BytesIO(data), ReadOptions(format, dict(fields or {})), knowledge())


def items(
    content: bytes | str, name: str = "x.txt", fields: Mapping[str, str] | None = None
) -> list[Reading | Rejected]:
    """The articles and rejected records of a file."""
    return list(opened(content, name, fields).items)


def only(content: bytes | str, name: str = "x.txt", fields: Mapping[str, str] | None = None) -> Reading:
    """The one article of a file."""
    (item,) = items(content, name, fields)
    assert isinstance(item, Reading), item
    return item


def reason(content: bytes | str, name: str = "x.txt", fields: Mapping[str, str] | None = None) -> str:
    """Why the one record of a file was rejected."""
    (item,) = items(content, name, fields)
    assert isinstance(item, Rejected), item
    return item.reason


def check_places(data: bytes, source: SourceReading, bom: int = 0) -> list[Reading | Rejected]:
    """Every span agrees with the bytes, and segments cover their article without holes."""
    found = list(source.items)
    text = data[bom:].decode(source.encoding, errors="replace")
    for item in found:
        if isinstance(item, Rejected):
            continue
        piece = text[item.span.start : item.span.end]
        assert decode_slice(data[item.byte_span.start : item.byte_span.end], source.encoding) == piece
        assert item.body
        assert [segment.start for segment in item.segments] == [0, *(s.end for s in item.segments[:-1])]
        assert item.segments[-1].end == len(piece)
        evidence = (
            item.title,
            item.subtitle,
            item.outlet,
            item.published,
            item.url,
            *item.agencies,
            *item.authors,
        )
        for finding in evidence:
            if finding is not None and finding.span is not None:
                assert 0 <= finding.span.start < finding.span.end <= len(text)
    return found
