"""Tagged text as the TREC collections have it: `<DOC>` after `<DOC>`, a tag for each field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO, Final

from arabic import tokenize
from archive.ingest.reading.formats.records import Place, Record, Value, read_record
from archive.ingest.reading.formats.whole import ByteMap, LineMap, read_text
from archive.ingest.reading.names import lexicon_of
from archive.ingest.reading.types import (
    Knowledge,
    Reading,
    ReadingError,
    Rejected,
    SourceFormat,
    SourceReading,
    Span,
    Text,
)

TAGS: Final[Mapping[str, str]] = {
    "DOCNO": "id",
    "URL": "url",
    "SRC": "outlet",
    "CAT": "section",
    "TITLE": "title",
    "TIME": "published",
    "AUTHOR": "author",
    "ABSTRACT": "subtitle",
    "TEXT": "body",
}
"""The tags that are read, and the fields they become."""

SAME_OPENING: Final = 0.8
"""The share of an abstract's words in the opening of the text from which on it is taken to be that opening.
"""

_OPEN: Final = re.compile(r"<DOC>", re.IGNORECASE)
_CLOSE: Final = re.compile(r"</DOC>", re.IGNORECASE)
_FIELD: Final = re.compile(rf"<({'|'.join(TAGS)})>", re.IGNORECASE)
_FIELD_END: Final = {tag: re.compile(f"</{tag}>", re.IGNORECASE) for tag in TAGS}


def read(stream: BinaryIO, knowledge: Knowledge, encoding: str = "") -> SourceReading:
    """The articles of a file of tagged text.

    Raises: ReadingError: no document in it.
    """
    text = read_text(stream, encoding)
    if not _OPEN.search(text.text):
        raise ReadingError(
            "has no <DOC> in it: put each article between <DOC> and </DOC>, or read it as plain text"
        )
    return SourceReading(SourceFormat.TREC, text.encoding, text.rule, _articles(text, knowledge))


def _articles(text: Text, knowledge: Knowledge) -> Iterator[Reading | Rejected]:
    lexicon, places, lines, ordinal = lexicon_of(knowledge), ByteMap(text), LineMap(text.text), 0
    for span, is_closed in _documents(text.text):
        number = lines.line(span.start)
        if not is_closed:
            yield Rejected(
                number, f"<DOC> at line {number} has no </DOC>: the file is cut short; fetch it again"
            )
            continue
        record = _fields(text.text, span)
        if "body" not in record:
            yield Rejected(
                number, f"no body: the document at line {number} has no <TEXT>; put its text between them"
            )
            continue
        place = Place(number, ordinal, span, places.span(span.start, span.end))
        item = read_record(record, place, lexicon, {})
        ordinal += isinstance(item, Reading)
        yield item


def _documents(text: str) -> Iterator[tuple[Span, bool]]:
    """Where each document stands, tags and all, and whether it is closed before the next one opens."""
    opening = _OPEN.search(text)
    while opening:
        following = _OPEN.search(text, opening.end())
        limit = following.start() if following else len(text)
        closing = _CLOSE.search(text, opening.end(), limit)
        yield Span(opening.start(), closing.end() if closing else limit), closing is not None
        opening = following


def _fields(text: str, span: Span) -> Record:
    """The first value of each tag, trimmed; an abstract that the text repeats is none."""
    record: dict[str, Value] = {}
    for tag, start, end in _elements(text, span):
        content = text[start:end]
        bare = content.strip()
        start += len(content) - len(content.lstrip())
        record[TAGS[tag]] = Value(bare, start, start + len(bare))
    if "subtitle" in record and "body" in record and _repeats(record["subtitle"], record["body"]):
        del record["subtitle"]
    return record


def _elements(text: str, span: Span) -> Iterator[tuple[str, int, int]]:
    """The first element of each tag, and where its content stands. A tag never closed is sought only once."""
    done, at = set[str](), span.start
    for match in _FIELD.finditer(text, span.start, span.end):
        tag = match.group(1).upper()
        if tag in done or match.start() < at:
            continue
        done.add(tag)
        if closing := _FIELD_END[tag].search(text, match.end(), span.end):
            yield tag, match.end(), closing.start()
            at = closing.end()


def _repeats(abstract: Value, body: Value) -> bool:
    """Whether an abstract is the opening of the text; some lost a word or two (links) on the way."""
    words = [token.text for token in tokenize(str(abstract.content))]
    opening = islice((token.text for token in tokenize(str(body.content))), 2 * len(words) + 20)
    return len(words) - len(set(words) - set(opening)) >= SAME_OPENING * len(words)
