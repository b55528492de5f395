"""An article as a record of named values: what the archive says of it, null where it does not know."""

from __future__ import annotations

from typing import Final

from archive.export.about import About
from archive.models import Article

Record = dict[str, object]

FIELDS: Final = (
    "uid",
    "external_id",
    "title",
    "title_origin",
    "subtitle",
    "body",
    "outlet",
    "agencies",
    "authors",
    "place",
    "section",
    "url",
    "language",
    "published",
    "published_raw",
    "published_calendar",
    "status",
    "source_name",
    "source_sha256",
    "source_start",
    "source_end",
)
TAKEN_FIELDS: Final = ("permalink", "search", "taken_at", "row", "rows")
"""What a record of a set says of the set: the last one is whole where its row is the number of rows."""
NOTE_FIELD: Final = "note"


def article_record(article: Article) -> Record:
    """The record of an article, keys in the order of FIELDS.

    A title derived from the opening words is not the source's, so it is null. Names are in Arabic, dates in
    ISO 8601 to their precision. Reads outlet, source, agencies and authors: prefetch them for many articles.
    """
    return {
        "uid": article.uid,
        "external_id": article.external_id or None,
        "title": article.title or None,
        "title_origin": article.title_origin,
        "subtitle": article.subtitle or None,
        "body": article.body,
        "outlet": article.outlet.name if article.outlet else None,
        "agencies": [agency.name for agency in article.agencies.all()],
        "authors": [author.name for author in article.authors.all()],
        "place": article.place or None,
        "section": article.section or None,
        "url": article.url or None,
        "language": article.language or None,
        "published": article.published_iso,
        "published_raw": article.published_raw or None,
        "published_calendar": article.published_calendar or None,
        "status": article.status,
        "source_name": article.source.name,
        "source_sha256": article.source.sha256,
        "source_start": article.source_start,
        "source_end": article.source_end,
    }


def taken_fields(about: About) -> tuple[str, ...]:
    """What a record says of the set, and of a reader's list the note on the article."""
    return TAKEN_FIELDS if about.notes is None else (*TAKEN_FIELDS, NOTE_FIELD)


def taken_record(about: About, row: int, permalink: str, note: str = "") -> Record:
    """What a record says of the set it belongs to, keys in the order of `taken_fields`."""
    values = [permalink or None, about.asked, about.taken_at, row, about.rows]
    if about.notes is not None:
        values.append(note or None)
    return dict(zip(taken_fields(about), values, strict=True))
