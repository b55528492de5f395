"""What was read, made ready for the archive: all that is stored of an article but the keys of other rows.

Made where it is read, so that the process that writes has little left to do; and of plain values, which
travel between processes at a fraction of the price of a reading with its findings.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from archive.hints import hint_as_kept
from archive.ingest.reading.types import Finding, NameRef, PublishedDate, Reading, Rejected
from archive.iso_dates import iso_date
from archive.likeness import text_key

UID_LENGTH: Final = 13
MAX_RULE: Final = 60
UNKNOWN: Final = "unknown"


class EvidenceRow(NamedTuple):
    """Unsaved evidence, by the columns of `Evidence`."""

    field: str
    value: str
    rule: str
    confidence: int
    start: int | None
    end: int | None


class DraftDate(NamedTuple):
    """The columns of a publication date."""

    published: datetime.date | None = None
    published_time: datetime.time | None = None
    published_precision: str = UNKNOWN
    published_raw: str = ""
    published_calendar: str = ""


class DraftColumns(NamedTuple):
    """The columns of an article that its reading alone settles; `segments` as JSON.

    Values longer than their column are cut here and whole in the evidence.
    """

    uid: str
    external_id: str
    title: str
    subtitle: str
    body: str
    text_key: int
    place: str
    section: str
    url: str
    language: str
    ordinal: int
    source_start: int
    source_end: int
    byte_start: int
    byte_end: int
    segments: str


Named = tuple[str, str | None]
"""A name as the source gives it, and the slug of the known outlet or agency that it stands for."""


class Draft(NamedTuple):
    """An article that waits to be stored, with the names whose rows are not known yet."""

    columns: DraftColumns
    date: DraftDate
    evidence: tuple[EvidenceRow, ...]
    outlet: Named | None
    agencies: tuple[Named, ...]
    authors: tuple[str, ...]


def article_uid(source_sha256: str, source_start: int) -> str:
    """The permanent name of an article: it depends only on the source's bytes and the place in it."""
    digest = hashlib.sha256(f"{source_sha256}:{source_start}".encode("ascii")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:UID_LENGTH]


def drafted(reading: Reading, sha256: str) -> Draft | Rejected:
    """A reading made ready; refused where a database could not hold its text."""
    if reason := reason_to_reject(reading):
        return Rejected(reading.ordinal, reason)
    outlet = reading.outlet
    return Draft(
        columns=_columns(reading, sha256),
        date=_date(reading.published),
        evidence=tuple(_evidence(reading)),
        outlet=_named(outlet) if outlet else None,
        agencies=tuple(map(_named, reading.agencies)),
        authors=tuple(finding.value for finding in reading.authors),
    )


def reason_to_reject(reading: Reading) -> str:
    """Why a database could not hold this text, or an empty text."""
    for text in _texts(reading):
        if "\0" in text:
            return "holds NUL characters, which no text has: repair the file and run again"
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return "holds half a surrogate pair (a broken \\u escape): repair the file and run again"
    return ""


def _texts(reading: Reading) -> Iterator[str]:
    yield reading.body
    yield reading.external_id
    for finding in (
        reading.title,
        reading.subtitle,
        reading.place,
        reading.section,
        reading.url,
        reading.language,
        *reading.authors,
    ):
        if finding:
            yield finding.value
    for name in (reading.outlet, *reading.agencies):
        if name:
            yield name.value.name
    if reading.published:
        yield reading.published.value.raw


def _columns(reading: Reading, sha256: str) -> DraftColumns:
    title = _value(reading.title)
    return DraftColumns(
        uid=article_uid(sha256, reading.span.start),
        external_id=reading.external_id[:300],
        title=title,
        subtitle=_value(reading.subtitle),
        body=reading.body,
        text_key=text_key(title, reading.body),
        place=_value(reading.place)[:200],
        section=_value(reading.section)[:200],
        url=_value(reading.url),
        language=_value(reading.language)[:10],
        ordinal=reading.ordinal,
        source_start=reading.span.start,
        source_end=reading.span.end,
        byte_start=reading.byte_span.start,
        byte_end=reading.byte_span.end,
        segments=json.dumps([(segment.start, segment.end, segment.kind) for segment in reading.segments]),
    )


def _value(finding: Finding[str] | None) -> str:
    return finding.value if finding else ""


def _named(finding: Finding[NameRef]) -> Named:
    return finding.value.name, finding.value.slug


def _date(finding: Finding[PublishedDate] | None) -> DraftDate:
    if finding is None:
        return DraftDate()
    date = finding.value
    return DraftDate(date.day, date.time, date.precision, date.raw[:300], date.calendar)


def _evidence(reading: Reading) -> Iterator[EvidenceRow]:
    yield from _text_evidence("title", reading.title)
    yield from _text_evidence("subtitle", reading.subtitle)
    yield from _text_evidence("place", reading.place)
    yield from _text_evidence("section", reading.section)
    yield from _text_evidence("url", reading.url)
    yield from _text_evidence("language", reading.language)
    yield from _text_evidence("author", *reading.authors)
    if reading.outlet:
        yield _row("outlet", reading.outlet.value.name, reading.outlet)
    for agency in reading.agencies:
        yield _row("agency", agency.value.name, agency)
    if reading.published:
        date = reading.published.value
        yield _row("published", iso_date(date.day, date.time, date.precision) or "", reading.published)
    for hint in reading.published_hints:
        yield _row("hint", hint_as_kept(hint.value), hint)


def _text_evidence(field: str, *findings: Finding[str] | None) -> Iterator[EvidenceRow]:
    return (_row(field, finding.value, finding) for finding in findings if finding)


def _row(field: str, value: str, finding: Finding[Any]) -> EvidenceRow:
    span = finding.span
    return EvidenceRow(
        field=field,
        value=value,
        rule=finding.rule[:MAX_RULE],
        confidence=int(finding.confidence),
        start=span.start if span else None,
        end=span.end if span else None,
    )
