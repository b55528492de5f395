"""The page of results as one value: everything a template needs, put together once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language_bidi

from archive.display.directions import direction_of
from archive.models import Agency, Outlet
from archive.selectors.browse import HeldCount, held_counts
from archive.selectors.choices import outlet_choices
from archive.selectors.timeline import holdings_by_month
from search.concordance import Concordance
from search.counting import counter
from search.forms import Mistake
from search.names import Names
from search.presentation import narrowing, nothing
from search.presentation.concordance import concordance_context
from search.presentation.days import days
from search.presentation.hits import hit_view, none_read
from search.presentation.links import (
    address,
    address_pairs,
    chosen_month,
    month_bounds,
    short_first,
    short_last,
)
from search.presentation.spellings import other_spellings
from search.presentation.timeline import timeline
from search.trends.asked import TrendsRequest, trends_address
from search.types import UNKNOWN, QueryWarning, Results, SearchRequest, Sort

PLACES: Final = ("page", "start", "unit")
"""Parameters that say a place in an answer: another query has other places."""
_HOW_ASKED: Final = (
    "level", "outlets", "agencies", "authors", "sections", "years", "date_from", "date_to", "variants",
)  # fmt: skip
"""What a query over time takes over from the search page."""
_FILTERS = {"outlet", "agency", "author", "section", "year", "from", "to"}


@dataclass(frozen=True, slots=True)
class WarningView:
    """A mistake in the query with the query round it, so that a reader sees where it stands."""

    before: str
    at: str
    after: str
    message: str

    @property
    def direction(self) -> str:
        """As in the search box: what holds any Arabic letter runs from the right."""
        return direction_of(f"{self.before}{self.at}{self.after}")


@dataclass(frozen=True, slots=True)
class SuggestionLink:
    """A query that the reader may have meant, and what it finds. `kind`: "spelling" or "keyboard"."""

    query: str
    count: int
    url: str
    kind: str


def results_context(
    results: Results,
    mistakes: Sequence[Mistake],
    *,
    outlets: Sequence[Outlet],
    agencies: Sequence[Agency],
    names: Names,
    base: str,
    lines: Concordance | None = None,
) -> dict[str, Any]:
    """What `search/search.html` shows. `names` are those of the search, `base` the scheme and host of the
    archive, `lines` the concordance where one was asked for."""
    return {
        **_question(results, mistakes, _labels(outlets, agencies), base),
        **_narrowing(results, outlets),
        **_answered(results, names, lines),
    }


def _answered(results: Results, names: Names, lines: Concordance | None) -> dict[str, Any]:
    if not results.total:
        return _nothing_found(results, names)
    return concordance_context(results, lines) if lines else _found(results)


def _question(
    results: Results, mistakes: Sequence[Mistake], labels: narrowing.Labels, base: str
) -> dict[str, Any]:
    request, pairs = results.request, address_pairs(results.request)
    return {
        "results": results,
        "canonical": base + address(request, page=request.page),
        "narrowed": bool(request.query) or bool(_FILTERS & {name for name, _ in pairs}),
        "chips": narrowing.chips(results, labels),
        "spellings": other_spellings(results),
        "ladder": narrowing.ladder(results) if results.understood.chips else (),
        "suggestions": tuple(_suggested(results)),
        "views": narrowing.views(request),
        "over_time_url": _trends_address(request),
        "mistakes": mistakes,
        "warnings": tuple(warning_views(request.query, results.understood.warnings)),
    }


def _narrowing(results: Results, outlets: Sequence[Outlet]) -> dict[str, Any]:
    request, pairs = results.request, address_pairs(results.request)
    return {
        "facets": narrowing.facets(results),
        "kept_by_query": [(name, value) for name, value in pairs if name not in {"q", "level", *PLACES}],
        "kept_by_filter": [
            (name, value) for name, value in pairs if name not in {"outlet", "from", "to", "page", "start"}
        ],
        "outlet_options": [(outlet.slug, outlet.label, outlet.slug in request.outlets) for outlet in outlets],
        "several_outlets": len(request.outlets) > 1,
        "from_text": short_first(request.date_from) if request.date_from else "",
        "to_text": short_last(request.date_to) if request.date_to else "",
    }


def _found(results: Results) -> dict[str, Any]:
    request, page = results.request, _page(results)
    right_to_left = get_language_bidi()
    unread = none_read(results.hits)
    asks_undated = results.undated and results.undated != results.total
    return {
        "hits": [hit_view(hit, request, says_review=not unread) for hit in results.hits],
        "none_read": unread,
        "orders": narrowing.orders(request),
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "timeline": timeline(
            results, holdings_by_month(outlets=_known(request.outlets)), right_to_left=right_to_left
        ),
        "label_x": "100%" if right_to_left else "0%",
        "days": days(results, _held_of_month(request), right_to_left=right_to_left),
        "undated_url": address(request, years=(UNKNOWN,)) if asks_undated else "",
    }


def _held_of_month(request: SearchRequest) -> tuple[HeldCount, ...]:
    """What is held of the month that is asked for, of the outlets asked for."""
    month = chosen_month(request)
    if month is None:
        return ()
    first, last = month_bounds(month)
    held = held_counts(first=first, last=last)
    if not request.outlets:
        return held
    pks = {outlet.pk for outlet in outlet_choices() if outlet.slug in request.outlets}
    return tuple(
        count for count in held if (count.outlet_id in pks if count.outlet_id else UNKNOWN in request.outlets)
    )


def _trends_address(request: SearchRequest) -> str:
    """The same query over time, under the same filters."""
    filters = replace(
        SearchRequest(sort=Sort.NEWEST),
        **{name: getattr(request, name) for name in _HOW_ASKED},
    )
    return trends_address(TrendsRequest((request.query,), filters)) if request.query else ""


def _nothing_found(results: Results, names: Names) -> dict[str, Any]:
    count = counter(names)
    return {"parts": nothing.parts(results, count), "ways": nothing.ways(results, count)}


def _page(results: Results) -> Page[int]:
    return Paginator(range(results.total), results.request.size).get_page(results.request.page)


def _known(outlets: Sequence[str]) -> tuple[str, ...]:
    return tuple(slug for slug in outlets if slug != UNKNOWN)


def _labels(outlets: Sequence[Outlet], agencies: Sequence[Agency]) -> narrowing.Labels:
    return {
        "outlet": {outlet.slug: outlet.label for outlet in outlets},
        "agency": {agency.slug: agency.label for agency in agencies},
    }


def _suggested(results: Results) -> Iterator[SuggestionLink]:
    for one in results.suggestions:
        yield SuggestionLink(one.query, one.count, address(results.request, query=one.query), one.kind)


def warning_views(text: str, warnings: Sequence[QueryWarning]) -> Iterator[WarningView]:
    """The mistakes in a query, each with what stands before and after it."""
    for warning in warnings:
        start, end = warning.start, warning.end
        yield WarningView(text[:start], text[start:end], text[end:], warning.message)
