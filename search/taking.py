"""Results taken away whole: the request of a page, the articles that answer, and what is said of them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from archive.export import About, ExportFormat
from archive.models import Article
from archive.selectors.exports import all_for_export, some_for_export
from search.conditions import conditions_of
from search.names import Names
from search.service import matching_uids, search
from search.types import Results, SearchRequest, Sort

MOST_IN_PDF: Final = 200
"""Articles of a set in one PDF, which is made in memory before it is sent; the other formats hold all. A
larger set is taken away in parts of so many."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A set to be written: the UIDs of its articles in the order of the page, None for the whole archive, and
    what it is."""

    uids: Sequence[str] | None
    about: About

    def articles(self) -> Iterator[Article]:
        """The articles that the archive still shows, some at a time."""
        if self.uids is None:
            return all_for_export(most=self.about.rows)
        return some_for_export(uids=self.uids)


def take(
    request: SearchRequest,
    export_format: ExportFormat,
    *,
    address: str = "",
    names: Names | None = None,
    part: int = 1,
) -> Taken:
    """All that a request finds, at the step of the ladder that its page shows; in PDF one part of it.

    Raises: IndexMissing: there are articles and no index to search.
    """
    page = search(dataclasses.replace(request, page=1, size=1), names)
    found = matching_uids(dataclasses.replace(request, level=page.level))
    first, uids = _held_by_file(found, export_format, part)
    about = About(
        query=page.request.query,
        conditions=tuple(_conditions(page, names)),
        found=len(found),
        rows=len(uids),
        taken=_now(),
        address=address,
        first=first,
    )
    return Taken(uids, about)


def everything(export_format: ExportFormat) -> Taken:
    """The whole archive in the order of arrival, without its index being asked; of a PDF the first
    MOST_IN_PDF."""
    found = Article.objects.shown().count()
    rows = min(found, MOST_IN_PDF) if export_format == ExportFormat.PDF else found
    return Taken(None, About(query="", conditions=(), found=found, rows=rows, taken=_now()))


def chosen_by_hand(
    uids: Sequence[str],
    export_format: ExportFormat,
    *,
    name: str,
    address: str = "",
    notes: Mapping[str, str] | None = None,
    part: int = 1,
) -> Taken:
    """A set that a reader put together, under its name and with the reader's `notes`; in PDF one part."""
    first, rows = _held_by_file(uids, export_format, part)
    about = About(
        query="",
        conditions=(),
        found=len(uids),
        rows=len(rows),
        taken=_now(),
        address=address,
        chosen=name,
        notes=notes,
        first=first,
    )
    return Taken(rows, about)


def _held_by_file(uids: Sequence[str], export_format: ExportFormat, part: int) -> tuple[int, Sequence[str]]:
    """Which of all articles a file begins with, from 1, and those that it holds; a part beyond the last one
    is the last one."""
    if export_format != ExportFormat.PDF:
        return 1, uids
    begins = (min(max(part, 1), parts_in_pdf(len(uids))) - 1) * MOST_IN_PDF
    return begins + 1, uids[begins : begins + MOST_IN_PDF]


def parts_in_pdf(total: int) -> int:
    """How many files of PDF hold a set of so many articles."""
    return max(1, -(-total // MOST_IN_PDF))


def _now() -> datetime.datetime:
    return timezone.localtime().replace(microsecond=0)


def _conditions(page: Results, names: Names | None) -> Iterator[tuple[str, str]]:
    """What narrows and orders a set, by name and value in the reader's language."""
    request = page.request
    yield from conditions_of(dataclasses.replace(request, level=page.level), names)
    yield _("Order"), _sort_name(request.sort)


def _sort_name(sort: Sort) -> str:
    names = {Sort.RELEVANCE: _("Best"), Sort.NEWEST: _("Newest"), Sort.OLDEST: _("Oldest")}
    return names[sort]
