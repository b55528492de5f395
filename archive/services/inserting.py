"""Many small rows written at once, without a model made of each, or taken apart again field by field.

Articles, evidence and index notes are most of the rows that a file comes to; `bulk_create`, which asks each
field of each model how it is written, took longer than all else that is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from archive.models import Article

_PLAIN: Final = tuple(
    field.attname
    for field in Article._meta.concrete_fields
    if field.attname not in {"id", "published", "published_time", "segments", "added", "changed"}
)
_plain_values: Final = attrgetter(*_PLAIN)


def insert_rows(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]], *, at: Sequence[str] = ("at",)
) -> None:
    """Insert rows of these fields, as columns hold them; the fields of `at` are now, all others left empty.

    Nothing is validated but by the database. Call within a transaction.
    """
    quote = connection.ops.quote_name
    concrete = model._meta.concrete_fields
    named = {name: field.column for field in concrete for name in (field.name, field.attname)}
    columns = [quote(str(named[name])) for name in (*fields, *at)]
    into, marks = f"{quote(model._meta.db_table)} ({', '.join(columns)})", ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 -- of the model's own names
    moment: Any = connection.ops.adapt_datetimefield_value(timezone.now())
    values = [(*row, *[moment] * len(at)) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def insert_articles(articles: Sequence[Article]) -> None:
    """Insert new articles, and give each its key. Call within a transaction."""
    fields = (*_PLAIN, "published", "published_time", "segments")
    insert_rows(Article, fields, map(_as_row, articles), at=("added", "changed"))
    written = Article.objects.filter(uid__in=[article.uid for article in articles])
    keys = dict(written.values_list("uid", "pk"))
    for article in articles:
        article.pk = keys[article.uid]


def _as_row(article: Article) -> tuple[Any, ...]:
    day: Any = connection.ops.adapt_datefield_value(article.published)
    time: Any = connection.ops.adapt_timefield_value(article.published_time)
    return (*_plain_values(article), day, time, json.dumps(article.segments))
