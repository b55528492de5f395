"""Rows put back as they were: made again under their old keys, changed, or removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from archive.models import Article
from archive.services.changesets import RowChange
from archive.services.inserting import insert_rows
from archive.services.recording import LINKED, Row


def make_again(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows with the keys and times that they had; the links of articles too."""
    links = {row["id"]: {name: row[name] for name in LINKED} for row in rows if model is Article}
    if rows:
        names = [name for name in rows[0] if not (links and name in LINKED)]
        insert_rows(model, names, [_adapted(model, row, names) for row in rows], at=())
    for name in LINKED if links else ():
        set_links(name, {key: of[name] for key, of in links.items()})


def change(model: type[Model], rows: Mapping[int, Row]) -> None:
    """Set these columns of these rows, each its own; names of LINKED are the keys of an article's links."""
    by_columns: dict[tuple[str, ...], dict[int, Row]] = defaultdict(dict)
    for key, row in rows.items():
        by_columns[tuple(name for name in row if name not in LINKED)][key] = row
    for names, same in by_columns.items():
        if names:
            _update(model, names, same)
    for name in LINKED:
        wanted = {key: row[name] for key, row in rows.items() if name in row}
        if wanted:
            set_links(name, wanted)


def _update(model: type[Model], names: Sequence[str], rows: Mapping[int, Row]) -> None:
    quote = connection.ops.quote_name
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    sets = ", ".join(f"{quote(str(columns[name]))} = %s" for name in names)
    key = quote(str(model._meta.pk.column))
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s"  # noqa: S608 -- of the model's own names
    values = [(*_adapted(model, row, names), key) for key, row in rows.items()]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _adapted(model: type[Model], row: Row, names: Iterable[str]) -> tuple[Any, ...]:
    """Values as columns hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(fields[name].get_db_prep_save(row[name], connection) for name in names)


def set_links(name: str, wanted: Mapping[int, Collection[int]]) -> None:
    """Give these articles just these agencies, authors or tags."""
    through = getattr(Article, name).through
    through.objects.filter(article__in=list(wanted)).delete()
    rows = [(article, key) for article, keys in wanted.items() for key in keys]
    insert_rows(through, ("article", LINKED[name]), rows, at=())


def rows_back(model: type[Model], changes: Collection[RowChange]) -> None:
    """Remove the rows that an act made, make those again that it removed, set the others back."""
    key = str(model._meta.pk.attname)
    made = [one.key for one in changes if one.before is None]
    model._default_manager.filter(pk__in=made).delete()
    make_again(model, [one.before for one in changes if one.before is not None and one.after is None])
    kept = [one for one in changes if one.before is not None and one.after is not None]
    change(model, {row[key]: row for one in kept if (row := one.before)})
