"""CSV: a table with a header, a row for each article.

Read by our own rules and not by the library's: it does not tell where in the file a value stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from archive.ingest.reading.formats.records import FIELDS, Place, Value, check_map, read_record
from archive.ingest.reading.formats.whole import ByteMap, LineMap, read_text
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.types import (
    Knowledge,
    Reading,
    ReadingError,
    ReadOptions,
    Rejected,
    SourceFormat,
    SourceReading,
    Span,
    Text,
)

DELIMITERS: Final = (",", ";", "\t")
QUOTE: Final = '"'
_LINE_END: Final = re.compile(r"\r\n?|\n")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*+)"')

Row = list[Value]


def read(stream: BinaryIO, options: ReadOptions, knowledge: Knowledge) -> SourceReading:
    """The articles of a CSV file; the first row names the fields.

    Raises: ReadingError: no header with a body (by our name or the map's), or the map names no column.
    """
    text = read_text(stream, options.encoding)
    delimiter = _delimiter(text.text)
    header, start = read_row(text.text, _first_row(text.text), delimiter)
    columns = [str(value.content).strip() for value in header]
    check_map(options.field_map, [columns])
    named = [options.field_map.get(column, column) for column in columns]
    if "body" not in named:
        raise ReadingError(
            f"has no column for the body; its first row says {', '.join(columns[:20])}: write a header row"
            f" ({', '.join(FIELDS)}), or name the column with --map COLUMN=body"
        )
    items = _articles(text, columns, start, delimiter, options, knowledge)
    return SourceReading(SourceFormat.CSV, text.encoding, text.rule, items)


def _articles(
    text: Text, columns: list[str], start: int, delimiter: str, options: ReadOptions, knowledge: Knowledge
) -> Iterator[Reading | Rejected]:
    lexicon, places, lines, ordinal = lexicon_of(knowledge), ByteMap(text), LineMap(text.text), 0
    for row, span in _rows(text.text, start, delimiter):
        number = lines.line(span.start)
        if fault := _fault(row, columns, number):
            yield Rejected(number, fault)
            continue
        place = Place(number, ordinal, span, places.span(span.start, span.end))
        item = read_record(dict(zip(columns, row, strict=False)), place, lexicon, options.field_map)
        ordinal += isinstance(item, Reading)
        yield item


def read_row(text: str, at: int, delimiter: str) -> tuple[Row, int]:
    """The values of the row that starts at a place, and where the next row starts.

    A quoted value's span is what stands between its quotation marks. One that never closes has the content
    None.
    """
    row: Row = []
    bare = re.compile(f"[^{delimiter}\r\n]*")
    while True:
        value, at = _read_value(text, at, bare)
        row.append(value)
        if text.startswith(delimiter, at):
            at += 1
            continue
        line_end = _LINE_END.match(text, at)
        return row, line_end.end() if line_end else at


def _read_value(text: str, at: int, bare: re.Pattern[str]) -> tuple[Value, int]:
    if not text.startswith(QUOTE, at):
        plain = _end_of(bare, text, at)
        return Value(text[at:plain], at, plain), plain
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        return Value(None, at, len(text)), len(text)
    rest = _end_of(bare, text, quoted.end())
    content = quoted.group(1).replace('""', '"') + text[quoted.end() : rest]
    return Value(content, quoted.start(1), quoted.end(1)), rest


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _rows(text: str, at: int, delimiter: str) -> Iterator[tuple[Row, Span]]:
    """The rows that hold anything, and where they stand, line ends left out."""
    while at < len(text):
        row, end = read_row(text, at, delimiter)
        if row != [Value("", at, at)]:
            yield row, Span(at, at + len(text[at:end].rstrip("\r\n")))
        at = end


def _fault(row: Row, columns: list[str], number: int) -> str:
    if row[-1].content is None:
        return f"row at line {number} opens a quotation mark that never closes: close it, or double it inside"
    if len(row) > len(columns):
        return (
            f"row at line {number} has {len(row)} values for {len(columns)} columns: put values that hold the"
            " separator in quotation marks"
        )
    return ""


def _first_row(text: str) -> int:
    return len(text) - len(text.lstrip("\r\n"))


def _delimiter(text: str) -> str:
    """The separator that the header row holds most of, outside quotation marks."""
    start = _first_row(text)
    counts = {delimiter: len(read_row(text, start, delimiter)[0]) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])
