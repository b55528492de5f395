"""JSON Lines: an article a line, read a line at a time, so that a file of any length takes little memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from archive.ingest.reading.encoding import (
    BY_MARK,
    BY_VALIDITY,
    NUL,
    SAMPLE_BYTES,
    as_asked,
    nul_bytes,
    recognise_encoding,
)
from archive.ingest.reading.formats.json_values import explain, read_object, skip_space
from archive.ingest.reading.formats.records import Place, Record, check_map, read_record
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.types import (
    Knowledge,
    Reading,
    ReadOptions,
    Rejected,
    SourceFormat,
    SourceReading,
    Span,
)

MAX_RECORD_BYTES: Final = 16 << 20
"""The longest line that is read; a longer one is rejected without being held."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line and where it stands. `text` is None where `fault` says why it could not be read."""

    number: int
    text: str | None
    span: Span
    byte_span: Span
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The length of a line that is not held."""

    bytes: int
    chars: int


def read(stream: BinaryIO, options: ReadOptions, knowledge: Knowledge) -> SourceReading:
    """The articles of a JSON Lines file; a line that cannot be read is Rejected with its number.

    Raises: ReadingError: no encoding fits, or the map names what no record has.
    """
    encoding, rule, mark = _recognise(stream, options.encoding)
    check_map(
        options.field_map, (record for _, record in _records(stream, encoding, mark) if record is not None)
    )
    return SourceReading(
        SourceFormat.JSONL, encoding, rule, _articles(stream, encoding, mark, options, knowledge)
    )


def _recognise(stream: BinaryIO, asked: str) -> tuple[str, str, int]:
    """The encoding by the first lines, if none was asked for; a broken one among them does not hide that the
    rest is UTF-8."""
    stream.seek(0)
    sample = stream.read(SAMPLE_BYTES)
    if asked:
        return as_asked(sample, asked)
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8", BY_MARK, len(codecs.BOM_UTF8)
    if _mostly_utf8(sample):
        return "utf-8", BY_VALIDITY, 0
    return recognise_encoding(sample)


def _mostly_utf8(sample: bytes) -> bool:
    """Whether at most one in ten of the lines that are not plain ASCII breaks the rules of UTF-8."""
    lines = sample.split(b"\n")
    if len(sample) == SAMPLE_BYTES:
        lines = lines[:-1]
    telling = [line for line in lines if NUL in line or not line.isascii()]
    return sum(map(_is_broken, telling)) * 10 <= len(telling)


def _is_broken(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return NUL in line


def _articles(
    stream: BinaryIO, encoding: str, mark: int, options: ReadOptions, knowledge: Knowledge
) -> Iterator[Reading | Rejected]:
    lexicon, ordinal = lexicon_of(knowledge), 0
    for line, record in _records(stream, encoding, mark):
        if record is None:
            yield Rejected(line.number, line.fault)
            continue
        place = Place(line.number, ordinal, line.span, line.byte_span)
        item = read_record(record, place, lexicon, options.field_map)
        ordinal += isinstance(item, Reading)
        yield item


def _records(stream: BinaryIO, encoding: str, mark: int) -> Iterator[tuple[Line, Record | None]]:
    for line in _lines(stream, encoding, mark):
        if line.text is None:
            yield line, None
            continue
        try:
            yield line, _record_of(line.text, line.span.start)
        except (ValueError, RecursionError) as error:
            fault = f"line {line.number} is no JSON object: {explain(error)}; mend or remove the line"
            yield Line(line.number, None, line.span, line.byte_span, fault), None


def _record_of(text: str, offset: int) -> Record:
    record, end = read_object(text, skip_space(text, 0))
    if skip_space(text, end) != len(text):
        raise ValueError(f"something follows the object at character {end + 1}")
    return {
        key: value._replace(start=value.start + offset, end=value.end + offset)
        for key, value in record.items()
    }


def _lines(stream: BinaryIO, encoding: str, mark: int) -> Iterator[Line]:
    """The lines that are not blank. Where a line cannot be decoded, spans count U+FFFD for what is broken."""
    stream.seek(mark)
    byte, char = mark, 0
    for number, raw in enumerate(_raw_lines(stream, encoding), start=1):
        if isinstance(raw, TooLong):
            span, byte_span = Span(char, char + raw.chars), Span(byte, byte + raw.bytes)
            yield Line(number, None, span, byte_span, _too_long(number))
            byte, char = byte_span.end, span.end
            continue
        decoded = raw.decode(encoding, errors="replace")
        content = decoded.rstrip("\r\n")
        bare = len(raw) - len(decoded[len(content) :].encode(encoding))
        span, byte_span = Span(char, char + len(content)), Span(byte, byte + bare)
        fault = _fault(raw, encoding, number)
        if fault or content.strip():
            yield Line(number, None if fault else content, span, byte_span, fault)
        byte, char = byte + len(raw), char + len(decoded)


def _too_long(number: int) -> str:
    return f"line {number} is longer than {MAX_RECORD_BYTES >> 20} MB: split the record or remove it"


def _fault(raw: bytes, encoding: str, number: int) -> str:
    try:
        holds_nul = "\x00" in raw.decode(encoding)
    except UnicodeDecodeError as error:
        return f"line {number} is not {encoding} at its byte {error.start + 1}: save the line again as UTF-8"
    return f"line {number} {nul_bytes()}" if holds_nul else ""


def _raw_lines(stream: BinaryIO, encoding: str) -> Iterator[bytes | TooLong]:
    """Each line with its end; of one that is too long only its length."""
    while raw := _read_line(stream, encoding):
        if len(raw) <= MAX_RECORD_BYTES:
            yield raw
        else:
            yield _measure(raw, stream, encoding)


def _read_line(stream: BinaryIO, encoding: str) -> bytes:
    """The next line, or its first 16 MB and a little more."""
    raw = stream.readline(MAX_RECORD_BYTES + 2)
    if not encoding.startswith("utf-16"):
        return raw
    while raw and len(raw) <= MAX_RECORD_BYTES and not _ends_utf16_line(raw, encoding):
        more = (
            stream.read(1) if encoding == "utf-16-le" and len(raw) % 2 else stream.readline(MAX_RECORD_BYTES)
        )
        if not more:
            break
        raw += more
    return raw


def _ends_utf16_line(raw: bytes, encoding: str) -> bool:
    """Whether the last whole pair is a line end; the byte 0A stands inside other characters too."""
    return len(raw) % 2 == 0 and raw[-2:] == "\n".encode(encoding)


def _measure(raw: bytes, stream: BinaryIO, encoding: str) -> TooLong:
    """Read to the end of a line without holding it."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    length, chars = len(raw), len(decoder.decode(raw))
    while not raw.endswith("\n".encode(encoding)) and (raw := _read_line(stream, encoding)):
        length, chars = length + len(raw), chars + len(decoder.decode(raw))
    return TooLong(length, chars + len(decoder.decode(b"", final=True)))
