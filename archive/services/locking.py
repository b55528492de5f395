"""Locks: evidence that says which fields a curator has set, that no reading may touch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Model

from archive.models import Article, Evidence, iso_date
from archive.services.fields import CURATED
from archive.services.inserting import insert_rows

_LINKED: Final = {
    Evidence.Field.AGENCY: (Article.agencies.through, "agency__name"),
    Evidence.Field.AUTHOR: (Article.authors.through, "author__name"),
}
_COLUMNS: Final = ("article", "field", "value", "rule", "confidence", "curator")


def lock(*, articles: Collection[int], fields: Sequence[Evidence.Field], curator: User) -> None:
    """Note that a curator stands behind what these articles (500 at most, by key) say in these fields now.

    Call within an act that watches the articles, once the values are written.
    """
    if not fields:
        return
    held = Evidence.objects.filter(article__in=articles, field__in=fields, rule=CURATED)
    held.delete()
    insert_rows(Evidence, _COLUMNS, list(_rows(articles, fields, curator)))


def unlock(*, articles: Collection[int], fields: Sequence[Evidence.Field]) -> None:
    """Leave these fields to the next reading again."""
    Evidence.objects.filter(article__in=articles, field__in=fields, rule=CURATED).delete()


def _rows(
    articles: Collection[int], fields: Sequence[Evidence.Field], curator: User
) -> Iterator[tuple[Any, ...]]:
    sure = int(Evidence.Confidence.HIGH)
    for field in fields:
        values = _values(articles, field)
        for key in sorted(articles):
            yield key, field.value, values.get(key, ""), CURATED, sure, curator.pk


def _values(articles: Collection[int], field: Evidence.Field) -> dict[int, str]:
    """What these articles say in a field now, as evidence writes it; bodies are not repeated."""
    if field in _LINKED:
        return _names(articles, *_LINKED[field])
    if field == Evidence.Field.BODY:
        return {}
    rows = Article.objects.filter(pk__in=articles).order_by()
    if field == Evidence.Field.PUBLISHED:
        dates = rows.values_list("pk", "published", "published_time", "published_precision")
        return {key: iso_date(day, time, exact) or "" for key, day, time, exact in dates}
    column = "outlet__name" if field == Evidence.Field.OUTLET else field.value
    return {key: value or "" for key, value in rows.values_list("pk", column)}


def _names(articles: Collection[int], through: type[Model], name: str) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    links = through._default_manager.filter(article__in=articles).order_by(name)
    for key, value in links.values_list("article_id", name):
        names.setdefault(key, []).append(value)
    return {key: "، ".join(values) for key, values in names.items()}
