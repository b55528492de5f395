"""Reads of articles, each with a known number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from archive.models import Article
from archive.selectors.choices import outlet_choices

MOST_STATEMENTS: Final = 128


def articles_by_uid(*, uids: Sequence[str]) -> dict[str, Article]:
    """The shown articles among `uids` with what a list of hits shows: outlet, authors (one more query)."""
    if not uids:
        return {}
    statement, parameters = _statement(len(uids))
    values = dict(zip(_places(len(uids)), uids, strict=True))
    asked = Article.objects.raw(statement, [values.get(one, one) for one in parameters])
    found = list(asked.prefetch_related("authors"))  # before the outlets: so none of theirs can be missing
    outlets = {outlet.pk: outlet for outlet in outlet_choices()}
    for article in found:
        article.outlet = outlets[article.outlet_id] if article.outlet_id else None
    return {article.uid: article for article in found}


@lru_cache(maxsize=MOST_STATEMENTS)
def _statement(number: int) -> tuple[str, tuple[Any, ...]]:
    """How Django asks for so many shown articles: for a database quick to answer, writing it is most of the
    work. Its parameters are `_places` of UIDs and what says that an article is shown."""
    asked = Article.objects.shown().filter(uid__in=_places(number)).defer("segments")
    return asked.query.sql_with_params()


def _places(number: int) -> list[str]:
    return [f"UID {place}" for place in range(number)]


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
