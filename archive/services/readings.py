"""From a reading to rows: the article, its evidence, its agencies and authors. Builds rows, saves nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.hints import hint_as_kept
from archive.ingest.reading.types import Finding, PublishedDate, Reading, Rejected
from archive.likeness import text_key
from archive.models import Article, Evidence, SourceFile, iso_date
from archive.services.namebook import NameBook, author_name

UID_LENGTH = 13
MAX_RULE = 60


def article_uid(source_sha256: str, source_start: int) -> str:
    """The permanent name of an article: it depends only on the source's bytes and the place in it."""
    digest = hashlib.sha256(f"{source_sha256}:{source_start}".encode("ascii")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:UID_LENGTH]


class EvidenceRow(NamedTuple):
    """Unsaved evidence, by the columns of `Evidence`."""

    field: str
    value: str
    rule: str
    confidence: int
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """An unsaved article with what is to be saved after it."""

    article: Article
    evidence: list[EvidenceRow]
    agencies: list[int]
    authors: list[str]


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


def rejected(reading: Reading, reason: str) -> Rejected:
    """A reading that is refused after all."""
    return Rejected(reading.ordinal, reason)


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


def rows_for(reading: Reading, *, source: SourceFile, names: NameBook) -> ArticleRows:
    """The rows for one reading. Values longer than their column are cut there and whole in the evidence."""
    agencies = [names.agency(finding.value) for finding in reading.agencies]
    return ArticleRows(
        article=_article(reading, source, names),
        evidence=list(_evidence(reading)),
        agencies=list(dict.fromkeys(agency for agency in agencies if agency is not None)),
        authors=list(dict.fromkeys(filter(None, (author_name(found.value) for found in reading.authors)))),
    )


def _article(reading: Reading, source: SourceFile, names: NameBook) -> Article:
    title = _value(reading.title)
    return Article(
        uid=article_uid(source.sha256, reading.span.start),
        external_id=reading.external_id[:300],
        title=title,
        title_origin=Article.TitleOrigin.PRINTED if title else Article.TitleOrigin.DERIVED,
        subtitle=_value(reading.subtitle),
        body=reading.body,
        text_key=text_key(title, reading.body),
        outlet_id=names.outlet(reading.outlet.value) if reading.outlet else None,
        place=_value(reading.place)[:200],
        section=_value(reading.section)[:200],
        url=_value(reading.url),
        language=_value(reading.language)[:10],
        source=source,
        ordinal=reading.ordinal,
        source_start=reading.span.start,
        source_end=reading.span.end,
        byte_start=reading.byte_span.start,
        byte_end=reading.byte_span.end,
        segments=[[segment.start, segment.end, segment.kind.value] for segment in reading.segments],
        **_date_columns(reading.published),
    )


def _value(finding: Finding[str] | None) -> str:
    return finding.value if finding else ""


def _date_columns(finding: Finding[PublishedDate] | None) -> dict[str, Any]:
    if finding is None:
        return {}
    date = finding.value
    return {
        "published": date.day,
        "published_time": date.time,
        "published_precision": date.precision,
        "published_raw": date.raw[:300],
        "published_calendar": date.calendar,
    }


def _evidence(reading: Reading) -> Iterator[EvidenceRow]:
    yield from _text_evidence(Evidence.Field.TITLE, reading.title)
    yield from _text_evidence(Evidence.Field.SUBTITLE, reading.subtitle)
    yield from _text_evidence(Evidence.Field.PLACE, reading.place)
    yield from _text_evidence(Evidence.Field.SECTION, reading.section)
    yield from _text_evidence(Evidence.Field.URL, reading.url)
    yield from _text_evidence(Evidence.Field.LANGUAGE, reading.language)
    yield from _text_evidence(Evidence.Field.AUTHOR, *reading.authors)
    if reading.outlet:
        yield _row(Evidence.Field.OUTLET, reading.outlet.value.name, reading.outlet)
    for agency in reading.agencies:
        yield _row(Evidence.Field.AGENCY, agency.value.name, agency)
    if reading.published:
        date = reading.published.value
        iso = iso_date(date.day, date.time, date.precision) or ""
        yield _row(Evidence.Field.PUBLISHED, iso, reading.published)
    for hint in reading.published_hints:
        yield _row(Evidence.Field.HINT, hint_as_kept(hint.value), hint)


def _text_evidence(field: Evidence.Field, *findings: Finding[str] | None) -> Iterator[EvidenceRow]:
    return (_row(field, finding.value, finding) for finding in findings if finding)


def _row(field: Evidence.Field, value: str, finding: Finding[Any]) -> EvidenceRow:
    return EvidenceRow(
        field=field.value,
        value=value,
        rule=finding.rule[:MAX_RULE],
        confidence=int(finding.confidence),
        start=finding.span.start if finding.span else None,
        end=finding.span.end if finding.span else None,
    )


def links(rows: Iterable[ArticleRows], authors: dict[str, int]) -> tuple[list[Any], list[Any]]:
    """The unsaved links of saved articles to their agencies and to their authors."""
    to_agency, to_author = Article.agencies.through, Article.authors.through
    agencies = [to_agency(article_id=row.article.pk, agency_id=key) for row in rows for key in row.agencies]
    written = [
        to_author(article_id=row.article.pk, author_id=authors[name]) for row in rows for name in row.authors
    ]
    return agencies, written
