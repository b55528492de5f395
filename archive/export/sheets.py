"""Articles as rows of a spreadsheet: what can be curated, one article a row, and what a cell says."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

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
CONTROL_SIGNS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that no cell of XLSX can hold."""
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
ESCAPED: Final = re.compile(r"'+[=+\-@\t\r]")
MOST_BYTES: Final = 16 << 20
CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SheetUnreadable(ValueError):
    """The file is no spreadsheet that can be read; the message says why."""


def written(value: str) -> str:
    """A value as a cell holds it: no program takes it for a formula (an apostrophe before it says so), and
    without the control characters that a spreadsheet cannot hold."""
    text = CONTROL_SIGNS.sub("", value)
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
