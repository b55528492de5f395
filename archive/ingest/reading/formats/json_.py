"""JSON: one object for an article, or an array of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from archive.ingest.reading.formats.json_values import explain, read_object, skip_space
from archive.ingest.reading.formats.records import Place, Record, check_map, read_record
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

REMEDY = "mend the file, or write one object a line and call it .jsonl, so that one fault costs one article"


def read(stream: BinaryIO, options: ReadOptions, knowledge: Knowledge) -> SourceReading:
    """The articles of a JSON file. It is checked as a whole first: half an array is no file to trust.

    Raises: ReadingError: no JSON, or no object or array of objects, or the map names what no record has.
    """
    text = read_text(stream, options.encoding)
    records = [span for _, span in _records(text.text)]
    check_map(options.field_map, (read_object(text.text, span.start)[0] for span in records))
    return SourceReading(
        SourceFormat.JSON, text.encoding, text.rule, _articles(text, records, options, knowledge)
    )


def _articles(
    text: Text, records: list[Span], options: ReadOptions, knowledge: Knowledge
) -> Iterator[Reading | Rejected]:
    lexicon, places, lines, ordinal = lexicon_of(knowledge), ByteMap(text), LineMap(text.text), 0
    for span in records:
        record, _ = read_object(text.text, span.start)
        place = Place(lines.line(span.start), ordinal, span, places.span(span.start, span.end))
        item = read_record(record, place, lexicon, options.field_map)
        ordinal += isinstance(item, Reading)
        yield item


def _records(text: str) -> Iterator[tuple[Record, Span]]:
    """The objects of the file and where they stand.

    Raises: ReadingError: the file is no JSON, or holds something else than objects.
    """
    try:
        yield from _objects(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"is no JSON of articles: {explain(error)}; {REMEDY}") from error


def _objects(text: str) -> Iterator[tuple[Record, Span]]:
    at = skip_space(text, 0)
    is_array = text.startswith("[", at)
    at = skip_space(text, at + 1) if is_array else at
    while not (is_array and text.startswith("]", at)):
        record, end = read_object(text, at)
        yield record, Span(at, end)
        at = skip_space(text, end)
        if not is_array:
            break
        at = _after_comma(text, at)
    end = skip_space(text, at + 1 if is_array else at)
    if end != len(text):
        raise ValueError(f"something follows the end at character {end + 1}")


def _after_comma(text: str, at: int) -> int:
    """Where the next object of an array, or the array's end, stands."""
    if text.startswith("]", at):
        return at
    if not text.startswith(",", at):
        raise ValueError(f"a comma or ] is missing at character {at + 1}")
    return skip_space(text, at + 1)
