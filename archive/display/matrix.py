"""A month by outlet and day: how much of each paper is held of each day, and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from archive.display.dates import last_day_of_month
from archive.display.holdings import CalendarDay, Heat, articles_by_day
from archive.selectors.browse import OutletChoice
from archive.selectors.outlets import OutletHolding


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One outlet's days of the month, and on how many of them it has nothing here."""

    choice: OutletChoice
    days: tuple[CalendarDay, ...]
    articles: int
    days_missing: int


def cells(row: MatrixRow, month_address: str, nothing_held: str) -> SafeString:
    """The cells of a row as HTML, at one go: a month of a dozen outlets has hundreds. A hatched one says so
    to those who hear the page.
    """
    end = f"?outlet={row.choice.slug}"
    empty = f'<td><span class="none"><span class="vh">{escape(nothing_held)}</span></span></td>'
    written = (_cell(day, month_address, end) if day.articles else empty for day in row.days)
    return mark_safe("".join(written))  # noqa: S308 - figures and a slug, and escaped words


def _cell(day: CalendarDay, month_address: str, end: str) -> str:
    link = f'<a class="heat-{day.shade}" href="{month_address}{day.in_address}{end}">{day.articles}</a>'
    return f"<td>{link}</td>"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Outlets by days; `numbers` head the columns."""

    numbers: range
    rows: tuple[MatrixRow, ...]
    heat: Heat


def month_by_outlet(first: datetime.date, holdings: Iterable[OutletHolding]) -> Matrix:
    """The month that begins with `first`, with a row for each outlet in the order given."""
    by_outlet = [(holding, articles_by_day(holding.counts)) for holding in holdings]
    heat = Heat.of(count for _holding, days in by_outlet for count in days.values())
    numbers = range(1, last_day_of_month(first).day + 1)
    rows = []
    for holding, days in by_outlet:
        counts = [days[first.replace(day=number)] for number in numbers]
        cells = tuple(
            CalendarDay(str(number), f"{number:02d}/", count, heat.shade(count))
            for number, count in zip(numbers, counts, strict=True)
        )
        rows.append(MatrixRow(holding.choice, cells, holding.articles, counts.count(0)))
    return Matrix(numbers, tuple(rows), heat)
