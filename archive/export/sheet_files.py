"""Spreadsheets as files, written and read. Imported where one is asked for: the packages that know these
formats take a third of the memory of a process that serves pages."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import tablib
from django.db.models import QuerySet
from import_export import fields, resources
from import_export.formats.base_formats import CSV, XLSX

from archive.export.sheets import (
    COLUMNS,
    EDITED,
    MOST_BYTES,
    VERSION,
    SheetUnreadable,
    read_back,
    values_of,
    version_of,
    written,
)
from archive.models import Article

FORMATS: Final = {"csv": CSV, "xlsx": XLSX}
MOST_UNPACKED: Final = 200 << 20


class ArticleSheet(resources.ModelResource):  # type: ignore[misc]
    """The rows of some articles, as django-import-export writes them."""

    version = fields.Field(column_name=VERSION)

    class Meta:
        model = Article
        fields = COLUMNS
        export_order = COLUMNS

    def export_resource(self, instance: Article, *_args: Any, **_kwargs: Any) -> list[str]:
        values = values_of(instance)
        return [instance.uid, *(written(values[column]) for column in EDITED), version_of(values)]


def sheet_of(articles: QuerySet[Article], form: str) -> bytes:
    """A spreadsheet of these articles, as CSV (with a byte-order mark, which Excel asks for) or XLSX."""
    rows = (
        articles.select_related("outlet")
        .prefetch_related("agencies", "authors", "tags")
        .defer("segments", "body")
    )
    content = FORMATS[form]().export_data(ArticleSheet().export(rows))
    return content if isinstance(content, bytes) else b"\xef\xbb\xbf" + content.encode()


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a spreadsheet, by its column names. Raises: SheetUnreadable."""
    try:
        dataset = _dataset(path)
    except SheetUnreadable:
        raise
    except Exception as error:
        # whatever a hostile or damaged file makes its reader say
        raise SheetUnreadable(str(error)) from error
    headers = [str(header or "").strip() for header in dataset.headers or ()]
    return [dict(zip(headers, map(read_back, row), strict=False)) for row in _filled(dataset)]


def _filled(dataset: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    return (row for row in dataset if any(cell not in (None, "") for cell in row))


def _dataset(path: Path) -> tablib.Dataset:
    if path.stat().st_size > MOST_BYTES:
        raise SheetUnreadable(f"more than {MOST_BYTES >> 20} MB")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise SheetUnreadable(f"more than {MOST_UNPACKED >> 20} MB unpacked")
        return XLSX().create_dataset(path.read_bytes())
    text = path.read_bytes().decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    return tablib.Dataset().load(text, format="csv", delimiter=delimiter)
