"""Reads of articles, each with a known number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.models import Article
from archive.selectors.choices import outlet_choices


def articles_by_uid(*, uids: Sequence[str]) -> dict[str, Article]:
    """The shown articles among `uids` with what a list of hits shows: outlet, authors (one more query)."""
    asked = Article.objects.shown().filter(uid__in=uids).prefetch_related("authors").defer("segments")
    found = list(asked)  # before the outlets: so none of theirs can be missing
    outlets = {outlet.pk: outlet for outlet in outlet_choices()}
    for article in found:
        article.outlet = outlets[article.outlet_id] if article.outlet_id else None
    return {article.uid: article for article in found}


def texts_by_uid(*, uids: Sequence[str]) -> dict[str, Article]:
    """The shown articles among `uids` with outlet, to be read from end to end (one query)."""
    found = Article.objects.shown().filter(uid__in=uids).select_related("outlet").defer("segments")
    return {article.uid: article for article in found}


def articles_to_index(*, uids: Sequence[str] | None = None, chunk: int = 500) -> Iterator[Article]:
    """The shown articles (all, or those among `uids`) with what an index entry needs, in order of arrival."""
    found = (
        Article.objects.shown()
        .select_related("outlet")
        .prefetch_related("agencies", "authors")
        .defer("segments")
    )
    if uids is not None:
        found = found.filter(uid__in=uids)
    return found.order_by("pk").iterator(chunk_size=chunk)
