"""Writes to one article: what a curator sets is locked, noted for the index, and survives any re-reading."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from archive.models import Article, Evidence
from archive.services.changes import announce_changes, note_changes
from archive.services.duplicates import CURATED, compare_again, text_changed

EVIDENCE_FIELD = {
    "title": Evidence.Field.TITLE,
    "subtitle": Evidence.Field.SUBTITLE,
    "body": Evidence.Field.BODY,
    "outlet": Evidence.Field.OUTLET,
    "agencies": Evidence.Field.AGENCY,
    "authors": Evidence.Field.AUTHOR,
    "place": Evidence.Field.PLACE,
    "section": Evidence.Field.SECTION,
    "url": Evidence.Field.URL,
    "language": Evidence.Field.LANGUAGE,
    "published": Evidence.Field.PUBLISHED,
    "published_time": Evidence.Field.PUBLISHED,
    "published_precision": Evidence.Field.PUBLISHED,
    "published_raw": Evidence.Field.PUBLISHED,
    "published_calendar": Evidence.Field.PUBLISHED,
    "status": Evidence.Field.STATUS,
}

COMPARED_FIELDS = frozenset({"title", "body", "outlet", "published"})
"""By these an article is known for the same as another."""


@transaction.atomic
def curate_article(*, article: Article, fields: Iterable[str], curator: User) -> Article:
    """Save a curator's changes to `fields`: validated, locked by evidence, and noted for the index.

    Raises: ValidationError: the article as changed is not one that the archive can hold.
    """
    changed = set(fields)
    if "title" in changed:
        article.title_origin = Article.TitleOrigin.CURATED if article.title else Article.TitleOrigin.DERIVED
    article.full_clean()
    article.save()
    if changed & COMPARED_FIELDS:
        text_changed(article=article)
    for field in sorted({EVIDENCE_FIELD[name] for name in changed if name in EVIDENCE_FIELD}):
        _lock(article=article, field=field, curator=curator)
    note_changes(uids=[article.uid])
    announce_changes()
    return article


def _lock(*, article: Article, field: Evidence.Field, curator: User) -> None:
    Evidence.objects.filter(article=article, field=field, rule=CURATED).delete()
    Evidence.objects.create(
        article=article,
        field=field,
        value=_value(article, field),
        rule=CURATED,
        confidence=Evidence.Confidence.HIGH,
        curator=curator,
    )


def _value(article: Article, field: Evidence.Field) -> str:
    match field:
        case Evidence.Field.OUTLET:
            return article.outlet.name if article.outlet else ""
        case Evidence.Field.AGENCY:
            return "، ".join(article.agencies.values_list("name", flat=True))
        case Evidence.Field.AUTHOR:
            return "، ".join(article.authors.values_list("name", flat=True))
        case Evidence.Field.PUBLISHED:
            return article.published_iso or ""
        case Evidence.Field.BODY:
            return ""
        case _:
            return str(getattr(article, field.value))


def locked_fields(*, article: Article) -> set[str]:
    """The fields of this article that a curator has set and no re-reading may touch."""
    return set(article.evidence.filter(rule=CURATED).values_list("field", flat=True))


@transaction.atomic
def set_status(*, articles: Iterable[Article], status: Article.Status, curator: User) -> int:
    """Publish, review again or withdraw many at once; the number that changed."""
    changed = [article for article in articles if article.status != status]
    compare_again(articles=[article.pk for article in changed])
    for article in changed:
        article.status = status
        article.save(update_fields=["status", "changed"])
        _lock(article=article, field=Evidence.Field.STATUS, curator=curator)
    note_changes(uids=[article.uid for article in changed])
    announce_changes()
    return len(changed)
