"""Articles as rows of a spreadsheet, and rows as they come back: what can be curated, one article a row."""

from __future__ import annotations

import datetime
import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import tablib
from django.db.models import QuerySet
from import_export import fields, resources
from import_export.formats.base_formats import CSV, XLSX
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from archive.models import Article
from archive.selectors.history import value_of

UID: Final = "uid"
VERSION: Final = "version"
EDITED: Final[Mapping[str, str]] = {
    "title": "title",
    "subtitle": "subtitle",
    "outlet": "outlet",
    "agencies": "agency",
    "authors": "author",
    "place": "place",
    "section": "section",
    "url": "url",
    "language": "language",
    "published": "published",
    "status": "status",
    "tags": "tags",
}
"""The columns that come back, and the fields that they are. The text of an article is too long for a cell."""
COLUMNS: Final = (UID, *EDITED, VERSION)
BETWEEN: Final = "؛ "
"""Between names in one cell."""
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
ESCAPED: Final = re.compile(r"'+[=+\-@\t\r]")
MOST_BYTES: Final = 16 << 20
MOST_UNPACKED: Final = 200 << 20
FORMATS: Final = {"csv": CSV, "xlsx": XLSX}
CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SheetUnreadable(ValueError):
    """The file is no spreadsheet that can be read; the message says why."""


def written(value: str) -> str:
    """A value as a cell holds it: no program takes it for a formula (an apostrophe before it says so), and
    without the control characters that a spreadsheet cannot hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if FORMULA.match(text) else text


def read_back(cell: Any) -> str:
    """What a cell says, whatever type a program made of it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        whole_day = cell.time() == datetime.time()
        return cell.date().isoformat() if whole_day else cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\r\n", "\n")
    return text[1:] if ESCAPED.match(text) else text


def values_of(article: Article) -> dict[str, str]:
    """What an article says in each column that comes back."""
    values = {column: value_of(article, field) for column, field in EDITED.items()}
    for column in ("agencies", "authors", "tags"):
        values[column] = BETWEEN.join(sorted(thing.name for thing in getattr(article, column).all()))
    return values


def version_of(values: Mapping[str, str]) -> str:
    """A short text that is another as soon as any of these values is."""
    return "v" + hashlib.sha256("\x00".join(values[column] for column in EDITED).encode()).hexdigest()[:12]


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
