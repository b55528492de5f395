"""A web archive's pages as articles, one at a time, however large the file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final

from archive.ingest.reading.formats.html.article import Fetched, Stand, read_page
from archive.ingest.reading.formats.html.declared import Declared
from archive.ingest.reading.formats.html.page import MAX_PAGE_BYTES
from archive.ingest.reading.formats.warc.answers import PAGE_TYPES, Answer, decoded, head_text, read_answer
from archive.ingest.reading.formats.warc.records import RawRecord, headers_of, records
from archive.ingest.reading.names import Lexicon, lexicon_of
from archive.ingest.reading.types import (
    Knowledge,
    Reading,
    ReadingError,
    Rejected,
    Segment,
    SegmentKind,
    SourceFormat,
    SourceReading,
    Span,
)

ENCODING: Final = "utf-8"
ENCODING_RULE: Final = "heads of records; each page has its own"
_SILENT: Final = frozenset({"warcinfo", "request", "metadata"})
"""Records about fetching, which hold nothing that was fetched."""
_URI: Final = re.compile(r"^WARC-Target-URI:[ \t]*<?([^\s>]+)", re.IGNORECASE | re.MULTILINE)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_SHOWN: Final = 300


@dataclass(slots=True)
class _Passed:
    """Records passed over, by the reason: how many, and the first."""

    reasons: dict[str, list[int]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def note(self, number: int, reason: str, address: str) -> None:
        """Count one more."""
        self.reasons.setdefault(reason, []).append(number)
        self.first.setdefault(reason, address)

    def summary(self) -> Iterator[Rejected]:
        """One line for each reason, under the number of the first record that it held for."""
        for reason, numbers in self.reasons.items():
            example = f" (first: {self.first[reason][:_SHOWN]})" if self.first[reason] else ""
            yield Rejected(numbers[0], f"skipped {len(numbers):,} {reason}{example}")


def read(stream: BinaryIO, knowledge: Knowledge) -> SourceReading:
    """The articles of a WARC file: its answers of status 200 that are pages of HTML.

    A page that is no article is Rejected by itself; other answers are counted, and told at the end by kind.
    """
    return SourceReading(SourceFormat.WARC, ENCODING, ENCODING_RULE, _articles(stream, lexicon_of(knowledge)))


def _articles(stream: BinaryIO, lexicon: Lexicon) -> Iterator[Reading | Rejected]:
    passed, ordinal = _Passed(), 0
    for record in records(stream):
        if record.fault:
            yield Rejected(
                record.number, f"is broken: {record.fault}; fetch the file again, the rest is read"
            )
            continue
        item = _item(stream, record, ordinal, lexicon, passed)
        ordinal += isinstance(item, Reading)
        if item:
            yield item
    yield from passed.summary()


def _item(
    stream: BinaryIO, record: RawRecord, ordinal: int, lexicon: Lexicon, passed: _Passed
) -> Reading | Rejected | None:
    """The article of a record, why it is none, or None where it holds no page."""
    fields = headers_of(record.head)
    kind, address = fields.get("warc-type", "").lower(), fields.get("warc-target-uri", "").strip("<>")
    if kind in _SILENT:
        return None
    if kind != "response" or not address.lower().startswith("http"):
        passed.note(
            record.number,
            f"records of type {kind[:40] or 'unknown'}, which are no answers: no pages",
            address,
        )
        return None
    stream.seek(record.content)
    head = stream.read(min(record.end - record.content, 1 << 16))
    try:
        answer = read_answer(head)
        if reason := _reason_to_pass(answer):
            passed.note(record.number, reason, address)
            return None
        if record.end - record.content > MAX_PAGE_BYTES:
            raise ReadingError(f"is longer than {MAX_PAGE_BYTES >> 20} MB: leave it out, or save its text")
        stream.seek(record.content)
        return _page(record, stream.read(record.end - record.content), answer, ordinal, lexicon)
    except ReadingError as error:
        return Rejected(record.number, f"{address[:_SHOWN]} {error}")


def _reason_to_pass(answer: Answer) -> str:
    if answer.status != 200:
        return f"answers of status {answer.status}: no pages"
    if answer.kind not in PAGE_TYPES:
        return f"answers of type {answer.kind[:60] or 'unknown'}: no pages of HTML"
    return ""


def _page(
    record: RawRecord, content: bytes, answer: Answer, ordinal: int, lexicon: Lexicon
) -> Reading | Rejected:
    """The article of a page. Its text is the record's heads, then the page; spans count from the record's
    first byte, so that every article of the file has a place of its own."""
    text = decoded(content, answer).text
    head = head_text(record.head + content[: answer.head])
    byte_span = Span(record.start, record.end)
    stand = Stand(record.number, ordinal, record.start + len(head), byte_span)
    read = read_page(text, stand, lexicon, _fetched(head))
    if isinstance(read, Rejected):
        return Rejected(read.record, f"{_address(head)} {read.reason}")
    parts = (Segment(part.start + len(head), part.end + len(head), part.kind) for part in read.segments)
    return replace(
        read,
        span=Span(record.start, read.span.end),
        segments=(Segment(0, len(head), SegmentKind.MARKUP), *parts),
    )


def _fetched(head: str) -> Fetched:
    """Where and when a page was fetched; the place of its address counts back from where the page begins."""
    url, date = _URI.search(head), None
    said = headers_of(head.encode()).get("warc-date", "")
    if _DATE.match(said):
        try:
            date = datetime.datetime.fromisoformat(said[:19])
        except ValueError:
            date = None
    if url is None:
        return Fetched(None, date)
    span = Span(url.start(1) - len(head), url.end(1) - len(head))
    return Fetched(Declared(url.group(1), "address it was fetched from", span), date)


def _address(head: str) -> str:
    match = _URI.search(head)
    return match.group(1)[:_SHOWN] if match else "the page"
