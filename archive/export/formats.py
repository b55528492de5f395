"""The formats of an export, each written article by article: memory does not grow with their number."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from io import StringIO
from typing import TextIO

from archive.export.citations import bibtex, csl_item, ris
from archive.export.records import FIELDS, article_record
from archive.models import Article

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheet programs take the Arabic of a CSV file for Latin."""
LIST_SEPARATOR = "; "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ExportFormat(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSL = "csl"


Address = Callable[[Article], str]


def no_address(_article: Article) -> str:
    """No address in this archive: a command does not know under which name it is served."""
    return ""


def export_articles(
    articles: Iterable[Article], export_format: ExportFormat, out: TextIO, address: Address = no_address
) -> int:
    """Write articles out in a format; the number written. `address` says where the archive shows each."""
    match export_format:
        case ExportFormat.JSONL:
            return _write_each(articles, out, _jsonl)
        case ExportFormat.CSV:
            return _write_csv(articles, out)
        case ExportFormat.RIS:
            return _write_each(articles, out, lambda article: ris(article, address(article)))
        case ExportFormat.BIBTEX:
            return _write_each(articles, out, lambda article: bibtex(article, address(article)))
        case ExportFormat.CSL:
            return _write_csl(articles, out, address)


def export_article(article: Article, export_format: ExportFormat, permalink: str = "") -> str:
    """One article as the text of a file in a format."""
    out = StringIO()
    export_articles([article], export_format, out, lambda _article: permalink)
    return out.getvalue()


def _write_each(articles: Iterable[Article], out: TextIO, text: Callable[[Article], str]) -> int:
    written = 0
    for article in articles:
        out.write(text(article))
        written += 1
    return written


def _jsonl(article: Article) -> str:
    return json.dumps(article_record(article), ensure_ascii=False) + "\n"


def _write_csv(articles: Iterable[Article], out: TextIO) -> int:
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(FIELDS)
    written = 0
    for article in articles:
        rows.writerow([cell(value) for value in article_record(article).values()])
        written += 1
    return written


def cell(value: object) -> object:
    """A value for one cell; an apostrophe keeps a spreadsheet from running text as a formula."""
    if isinstance(value, list):
        value = LIST_SEPARATOR.join(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _write_csl(articles: Iterable[Article], out: TextIO, address: Address) -> int:
    out.write("[")
    written = 0
    for article in articles:
        item = json.dumps(csl_item(article, address(article)), ensure_ascii=False)
        out.write(f"{',' if written else ''}\n{item}")
        written += 1
    out.write("\n]\n")
    return written
