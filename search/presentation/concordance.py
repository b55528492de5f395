"""The concordance as the page shows it: lines that run the way of their text, and the ways to sort them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from archive.display.directions import direction_of
from search.concordance import MOST_ARTICLES, Concordance, Line
from search.presentation.hits import address_of_hit
from search.presentation.links import address
from search.presentation.narrowing import Choice
from search.types import LineOrder, Results, SearchRequest, Sort

SHORT_KEYWORD: Final = 14
"""Letters for which the middle column has room; a page with longer places gets a wider one."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line; `across`: its text runs against the page; `place_url`: the article at this very place."""

    line: Line
    url: str
    place_url: str
    language: str
    direction: str
    across: bool


@dataclass(frozen=True, slots=True)
class SortLink:
    """A heading that sorts by its column; `direction`: what `aria-sort` says where it is sorted so."""

    url: str
    current: bool
    direction: str = "ascending"


def concordance_context(results: Results, found: Concordance) -> dict[str, Any]:
    """What `search/concordance.html` shows."""
    request, page = results.request, _page(found)
    lines = [_view(line, request) for line in found.lines]
    return {
        "concordance": found,
        "lines": lines,
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "heads_across": bool(lines) and all(line.across for line in lines),
        "wide_keywords": any(len(line.keyword) > SHORT_KEYWORD for line in found.lines),
        "sorts": {order.value: _sort_link(request, order) for order in LineOrder},
        "parts": _parts(request, found),
        "earlier": _earlier(request),
        "later": _later(request, found),
        "csv_url": _csv_address(request),
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
    }


def _page(found: Concordance) -> Page[int]:
    return Paginator(range(found.total), found.size).get_page(found.page)


def _view(line: Line, request: SearchRequest) -> LineView:
    direction = direction_of(f"{line.left}{line.keyword}{line.right}")
    across = (direction == "rtl") != get_language_bidi()
    url = address_of_hit(line.article, request)
    return LineView(line, url, url + _to_the_place(line), line.article.language or "ar", direction, across)


def _to_the_place(line: Line) -> str:
    """A text fragment: browsers that know it open the article at this very place.

    Source: https://wicg.github.io/scroll-to-text-fragment/
    """
    before = f"{_part(line.previous)}-," if line.previous else ""
    after = f",-{_part(line.next)}" if line.next else ""
    return f"#:~:text={before}{_part(line.keyword)}{after}"


def _part(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def _sort_link(request: SearchRequest, order: LineOrder) -> SortLink:
    """By date a second time turns it round."""
    current = order is request.order
    if order is not LineOrder.DATE:
        return SortLink(address(request, order=order), current)
    newest_first = request.sort is Sort.NEWEST
    if not current:
        return SortLink(address(request, order=order), current)
    turned = Sort.OLDEST if newest_first else Sort.NEWEST
    return SortLink(
        address(request, order=order, sort=turned), current, "descending" if newest_first else "ascending"
    )


def _parts(request: SearchRequest, found: Concordance) -> Sequence[Choice]:
    """What can be looked at apart; nothing for a query of one part."""
    if len(found.parts) < 2:
        return ()
    apart = [
        Choice(part, address(request, unit=number), found.unit == number)
        for number, part in enumerate(found.parts, 1)
    ]
    return (Choice(_("All words"), address(request, unit=None), found.unit is None), *apart)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Articles that are read together, by their number among those found."""

    first: int
    last: int
    url: str


def _earlier(request: SearchRequest) -> Stretch | None:
    if request.start == 1:
        return None
    first = max(1, request.start - MOST_ARTICLES)
    return Stretch(first, request.start - 1, address(request, start=first))


def _later(request: SearchRequest, found: Concordance) -> Stretch | None:
    if found.last >= found.articles:
        return None
    last = min(found.articles, found.last + MOST_ARTICLES)
    return Stretch(found.last + 1, last, address(request, start=found.last + 1))


def _csv_address(request: SearchRequest) -> str:
    query = address(request).partition("?")[2]
    return f"{reverse('search:concordance')}?{query}"
