"""Which articles a page of a list has: the part of a list that a database must sort for."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from archive.models import Article
from archive.unchanged import while_unchanged

MOST_PAGES: Final = 128


def keys_of(articles: QuerySet[Article]) -> tuple[int, ...]:
    """The numbers of these articles in their order; sorted again only after something was written."""
    return _asked(*articles.values_list("pk").query.sql_with_params())


@while_unchanged(most=MOST_PAGES)
def _asked(statement: str, parameters: tuple[Any, ...]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return tuple(number for (number,) in cursor.fetchall())
