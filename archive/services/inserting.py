"""Many small rows written at once, without a model made of each.

Evidence and index notes are most of the rows that a file comes to, and making them models, only for
`bulk_create` to take them apart again, took longer than all else that is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone


def insert_rows(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[str | int | None]]
) -> None:
    """Insert rows of these fields, as columns hold them; `at` is now, and every other column is left empty.

    Nothing is validated but by the database. Call within a transaction.
    """
    quote = connection.ops.quote_name
    named = {field.name: field.column for field in model._meta.concrete_fields}
    columns = [quote(str(named[name])) for name in (*fields, "at")]
    into, marks = f"{quote(model._meta.db_table)} ({', '.join(columns)})", ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 -- of the model's own names
    now: Any = connection.ops.adapt_datetimefield_value(timezone.now())
    values = [(*row, now) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)
