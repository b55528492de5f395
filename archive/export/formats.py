"""The formats of an export that are text, each written article by article: memory does not grow with their
number."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import StringIO
from typing import Final

from archive.export.about import About, Address, no_address
from archive.export.citations import bibtex, csl_item, ris
from archive.export.records import FIELDS, Record, article_record, taken_fields, taken_record
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
    ZIP = "zip"
    PDF = "pdf"


TEXT_FORMATS: Final = frozenset(ExportFormat) - {ExportFormat.ZIP, ExportFormat.PDF}


def text_pieces(
    articles: Iterable[Article],
    export_format: ExportFormat,
    about: About | None = None,
    address: Address = no_address,
) -> Iterator[str]:
    """The text of a file in a format, in pieces of an article each. `address`: where the archive shows one.

    With `about`, the file says what was asked and when, and lets its reader see that nothing is missing:
    records are numbered among all (JSON Lines, CSV, CSL-JSON), or the last line counts them (RIS, BibTeX).

    Raises: ValueError: the format is not text.
    """
    match export_format:
        case ExportFormat.JSONL:
            return _jsonl(articles, about, address)
        case ExportFormat.CSV:
            return _csv(articles, about, address)
        case ExportFormat.RIS:
            return _ris(articles, about, address)
        case ExportFormat.BIBTEX:
            return _bibtex(articles, about, address)
        case ExportFormat.CSL:
            return _csl(articles, about, address)
        case _:
            raise ValueError(f"{export_format} is not a text: archive.export.files writes it")


def export_article(article: Article, export_format: ExportFormat, permalink: str = "") -> str:
    """One article as the text of a file in a format."""
    return "".join(text_pieces([article], export_format, address=lambda _article: permalink))


def csv_row(values: Iterable[object]) -> str:
    """A line of CSV; an apostrophe keeps a spreadsheet from running text as a formula."""
    line = StringIO()
    csv.writer(line).writerow([_cell(value) for value in values])
    return line.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = LIST_SEPARATOR.join(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _records(articles: Iterable[Article], about: About | None, address: Address) -> Iterator[Record]:
    for row, article in enumerate(articles, start=1):
        record = article_record(article)
        if about is not None:
            record |= taken_record(about, row, address(article), about.note_on(article))
        yield record


def _jsonl(articles: Iterable[Article], about: About | None, address: Address) -> Iterator[str]:
    for record in _records(articles, about, address):
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _csv(articles: Iterable[Article], about: About | None, address: Address) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_row(FIELDS if about is None else (*FIELDS, *taken_fields(about)))
    for record in _records(articles, about, address):
        yield csv_row(record.values())


def _csl(articles: Iterable[Article], about: About | None, address: Address) -> Iterator[str]:
    """One list; a file that was cut off is none."""
    yield "["
    for row, article in enumerate(articles, start=1):
        item = csl_item(article, address(article))
        if about is not None:
            item["accessed"] = {"date-parts": [[about.taken.year, about.taken.month, about.taken.day]]}
            item["custom"] = taken_record(about, row, address(article), about.note_on(article))
            item |= {"annote": note} if (note := about.note_on(article)) else {}
        yield f"{',' if row > 1 else ''}\n{json.dumps(item, ensure_ascii=False)}"
    yield "\n]\n"


def _ris(articles: Iterable[Article], about: About | None, address: Address) -> Iterator[str]:
    """Readers pass over lines outside of records, some over four at most before the first one."""
    if about is not None:
        yield f"Arshif: {about.asked}\r\n{about.taken_at}, {about.rows} of {about.found}\r\n\r\n"
    written = 0
    for article in articles:
        yield ris(article, address(article), *_consulted(article, about))
        written += 1
    if about is not None:
        yield f"Arshif: {_counted(written, about)}\r\n"


def _bibtex(articles: Iterable[Article], about: About | None, address: Address) -> Iterator[str]:
    if about is not None:
        said = "\n".join(f"  {name}: {value}" for name, value in about.lines())
        yield f"@comment{{Arshif\n{_no_braces(said)}\n}}\n"
    written = 0
    for article in articles:
        yield bibtex(article, address(article), *_consulted(article, about))
        written += 1
    if about is not None:
        yield f"@comment{{Arshif: {_counted(written, about)}}}\n"


def _consulted(article: Article, about: About | None) -> tuple[datetime.date | None, str]:
    """When an article was consulted, and what its reader noted."""
    return (about.taken.date(), about.note_on(article)) if about else (None, "")


def _counted(written: int, about: About) -> str:
    return f"{written} of {about.found}"


def _no_braces(text: str) -> str:
    return text.replace("{", "(").replace("}", ")").replace("@", "(at)")
