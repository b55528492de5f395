"""The records of a WARC file, found one after another without holding any; where one is broken, the next."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

MAX_HEAD: Final = 1 << 16
"""The longest head of a record that is read, in bytes."""
_CHUNK: Final = 1 << 20

_VERSION: Final = re.compile(rb"WARC/\d")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_NEXT: Final = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
_LONGEST_NEXT: Final = 16
_AFTER: Final = re.compile(rb"\r?\n\r?\n|[\r\n]*(?:WARC/\d|\Z)")
_LENGTH: Final = re.compile(r"\d{1,18}")

NO_HEAD: Final = "no WARC head stands where a record should begin"
NO_LENGTH: Final = "its Content-Length is missing or no number"
CUT: Final = "it is cut short: less of it is there than its Content-Length says"
WRONG_LENGTH: Final = "its Content-Length is wrong: no record follows where it ends"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record by its place: bytes from `start`, its content from `content` to `end`. `fault`: why not."""

    number: int
    start: int
    content: int
    end: int
    head: bytes = b""
    fault: str = ""


def records(stream: BinaryIO) -> Iterator[RawRecord]:
    """The records of a file in order. After a broken one, reading goes on at the next that can be found."""
    size = stream.seek(0, os.SEEK_END)
    at, number = _skip_line_ends(stream, 0), 1
    while at < size:
        record = _record(stream, at, size, number)
        yield record
        at = _skip_line_ends(stream, record.end)
        number += 1


def head_length(data: bytes) -> int:
    """How many bytes of a record are its head, the blank line included; 0 where it has none."""
    if not _VERSION.match(data):
        return 0
    match = _HEAD_END.search(data, 0, MAX_HEAD)
    return match.end() if match else 0


def _record(stream: BinaryIO, at: int, size: int, number: int) -> RawRecord:
    stream.seek(at)
    head = stream.read(MAX_HEAD)
    content = head_length(head)
    if not content:
        return RawRecord(number, at, at, _next_record(stream, at + 1, size), fault=NO_HEAD)
    head = head[:content]
    length = _content_length(head)
    content += at
    if length is None:
        return RawRecord(number, at, content, _next_record(stream, content, size), head, NO_LENGTH)
    end = content + length
    if end > size:
        return RawRecord(number, at, content, _next_record(stream, content, size), head, CUT)
    stream.seek(end)
    if not _AFTER.match(stream.read(_LONGEST_NEXT)):
        return RawRecord(number, at, content, _next_record(stream, content, size), head, WRONG_LENGTH)
    return RawRecord(number, at, content, end, head)


def _content_length(head: bytes) -> int | None:
    value = headers_of(head).get("content-length", "")
    return int(value) if _LENGTH.fullmatch(value) else None


def headers_of(head: bytes) -> dict[str, str]:
    """The fields of a head (of a record or an answer) by their names in small letters, the first of each."""
    from warcio.statusandheaders import StatusAndHeadersParser  # here: only who reads WARC files pays for it

    parsed = StatusAndHeadersParser([], verify=False).parse(io.BytesIO(head))
    fields: dict[str, str] = {}
    for name, value in parsed.headers:
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _next_record(stream: BinaryIO, at: int, size: int) -> int:
    """Where the next record begins that can be found from a place on, else where the file ends."""
    stream.seek(at)
    kept = b"\n" if at == 0 else b""
    while chunk := stream.read(_CHUNK):
        window = kept + chunk
        if match := _NEXT.search(window):
            return at - len(kept) + match.start()
        at += len(chunk)
        kept = window[-_LONGEST_NEXT:]
    return size


def _skip_line_ends(stream: BinaryIO, at: int) -> int:
    stream.seek(at)
    while chunk := stream.read(_CHUNK):
        rest = chunk.lstrip(b"\r\n")
        if rest:
            return at + len(chunk) - len(rest)
        at += len(chunk)
    return at
