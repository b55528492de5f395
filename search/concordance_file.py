"""A concordance as a file for spreadsheets: every line, with the search and the day in each."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from archive.export.formats import BYTE_ORDER_MARK, FORMULA_STARTS
from archive.models import Article
from search.concordance import Line

COLUMNS: Final = (
    "number", "before", "keyword", "after", "word_before", "word_after", "field", "outlet", "published",
    "published_raw", "title", "uid", "url", "query", "search", "retrieved",
)  # fmt: skip


class _Row(list[str]):
    """A file for `csv.writer` that keeps what is written until it is taken."""

    def write(self, text: str) -> None:
        self.append(text)

    def take(self) -> str:
        text = "".join(self)
        self.clear()
        return text


def csv_of(
    lines: Iterable[Line], *, query: str, search: str, retrieved: datetime.date, url: Callable[[Article], str]
) -> Iterator[str]:
    """The file, row by row. `search`: the address of the search; `url`: that of an article.

    Search and day stand in every row, so that a file that was sorted or cut still says where it is from.
    """
    row = _Row()
    rows = csv.writer(row)
    rows.writerow(COLUMNS)
    yield BYTE_ORDER_MARK + row.take()
    for number, line in enumerate(lines, 1):
        source = [query, search, retrieved.isoformat()]
        rows.writerow([number, *map(_cell, (*_cells(line), url(line.article), *source))])
        yield row.take()


def _cells(line: Line) -> Iterator[str]:
    article = line.article
    yield from (line.left.strip(), line.keyword, line.right.strip(), line.previous, line.next, line.field)
    yield article.outlet.name if article.outlet else ""
    yield from (article.published_iso or "", article.published_raw, article.title, article.uid)


def _cell(value: str) -> str:
    """An apostrophe keeps a spreadsheet from running text as a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
