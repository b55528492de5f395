"""A request written back as an address: the whole state of the page is in it, and nothing that is usual."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus

from archive.addresses import address_of_page
from search.types import LineOrder, SearchRequest, Sort, View

Pairs = list[tuple[str, str]]
_DECEMBER: Final = 12
_USUAL: Final = SearchRequest()
_MARK: Final = "\0"
"""Stands for a value that no address holds."""


def address(request: SearchRequest, **changes: Any) -> str:
    """The address of this search with these fields changed; any change but of the page leads to page 1.

    Another query has other words: then a concordance looks at all of them.
    """
    if changes.keys() - {"page", "unit"}:
        changes.setdefault("start", 1)
    changes.setdefault("page", 1)
    if "query" in changes:
        changes.setdefault("unit", None)
    wanted = dataclasses.replace(request, **changes)
    query = "&".join(f"{name}={_quoted(value)}" for name, value in address_pairs(wanted))
    page = address_of_page("search:search")
    return f"{page}?{query}" if query else page


def address_within(request: SearchRequest, first: datetime.date, last: datetime.date, **changes: Any) -> str:
    """The address of this search in a stretch of time; of one that reaches beyond the days asked for, the
    days asked for, so that it finds what was counted there.
    """
    first, last = max(first, request.date_from or first), min(last, request.date_to or last)
    return address(request, date_from=first, date_to=last, **changes)


def address_of_value(request: SearchRequest, name: str, field: str) -> Callable[[str], str]:
    """A function that writes the address of this search with one value of a filter. `name`: what the filter
    is called in an address, `field` in a request.

    A page has a hundred such addresses: what they share is written once.
    """
    start, _mark, end = address(request, **{field: (_MARK,)}).partition(f"{name}={_quoted(_MARK)}")
    return lambda value: f"{start}{name}={_quoted(value)}{end}"


@lru_cache(maxsize=2_000)
def _quoted(value: str) -> str:
    """A value as it stands in an address; remembered, for a page repeats its query in a hundred links."""
    return quote_plus(value)


def address_pairs(request: SearchRequest) -> Pairs:
    """The parameters that say this request, in a fixed order, without those that have their usual value."""
    pairs: Pairs = [("q", request.query)] if request.query else []
    if request.level:
        pairs.append(("level", request.level))
    for name, values in (
        ("outlet", request.outlets),
        ("agency", request.agencies),
        ("author", request.authors),
        ("section", request.sections),
        ("year", request.years),
    ):
        pairs += [(name, value) for value in values]
    pairs += _period_pairs(request.date_from, request.date_to)
    if not request.variants:
        pairs.append(("variants", "off"))
    if request.sort != usual_sort(request):
        pairs.append(("sort", request.sort))
    pairs += _view_pairs(request)
    if request.page != 1:
        pairs.append(("page", str(request.page)))
    if request.size != _USUAL.size:
        pairs.append(("size", str(request.size)))
    return pairs


def usual_sort(request: SearchRequest) -> Sort:
    """How a search is ordered when its address does not say."""
    return Sort.RELEVANCE if request.query else Sort.NEWEST


def chosen_year(request: SearchRequest) -> int | None:
    """The one year that the filters narrow to, if they do."""
    first, last = request.date_from, request.date_to
    if first and last and first.year == last.year:
        return first.year
    if len(request.years) == 1 and request.years[0].isdecimal():
        return int(request.years[0])
    return None


def chosen_month(request: SearchRequest) -> str | None:
    """The month ("2015-11") that the dates are exactly, if they are."""
    first, last = request.date_from, request.date_to
    return (
        first.isoformat()[:7]
        if first and last and month_bounds(first.isoformat()[:7]) == (first, last)
        else None
    )


def month_bounds(month: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month written as `2015-11`."""
    year, number = int(month[:-3]), int(month[-2:])
    return datetime.date(year, number, 1), datetime.date(year, number, calendar.monthrange(year, number)[1])


def short_first(day: datetime.date) -> str:
    """A first day as briefly as `parse_first_day` reads it: 2015, 2015-11 or 2015-11-21."""
    if (day.month, day.day) == (1, 1):
        return f"{day.year:04d}"
    return day.isoformat()[:7] if day.day == 1 else day.isoformat()


def short_last(day: datetime.date) -> str:
    """A last day as briefly as `parse_last_day` reads it."""
    if day.day != calendar.monthrange(day.year, day.month)[1]:
        return day.isoformat()
    return f"{day.year:04d}" if day.month == _DECEMBER else day.isoformat()[:7]


def _view_pairs(request: SearchRequest) -> Pairs:
    if request.view is View.LIST:
        return []
    pairs: Pairs = [("view", request.view)]
    if request.order is not LineOrder.AFTER:
        pairs.append(("order", request.order))
    if request.unit:
        pairs.append(("unit", str(request.unit)))
    if request.start != 1:
        pairs.append(("start", str(request.start)))
    return pairs


def _period_pairs(first: datetime.date | None, last: datetime.date | None) -> Pairs:
    pairs: Pairs = []
    if first:
        pairs.append(("from", short_first(first)))
    if last:
        pairs.append(("to", short_last(last)))
    return pairs
