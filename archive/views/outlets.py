"""The outlets, and one of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.display.holdings import Axis, CalendarYear, calendar_year, stretch_held, year_rows
from archive.models import FormerName, Outlet
from archive.selectors.browse import (
    HeldCount,
    OutletChoice,
    held_counts,
    latest_of,
    of_choice,
    outer_days,
)
from archive.selectors.outlets import first_and_last, outlet_holdings
from archive.views.former import to_what_it_is_now
from archive.views.home import strips

LATEST = 10


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    """Every outlet with what is held of it, and from when nothing is."""
    counts = held_counts()
    holdings = outlet_holdings(counts=counts, empty=True)
    axis = Axis.of(counts)
    context = {"strips": strips(holdings, axis), "by_year": axis is not None and axis.months > 1}
    return render(request, "outlets.html", context)


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """One outlet: its names, first and last article, years, a calendar of the newest, and what came last."""
    found = Outlet.objects.filter(slug=slug).first()
    if found is None:
        return to_what_it_is_now(request, FormerName.Kind.OUTLET, slug)
    choice = OutletChoice(found)
    counts = of_choice(held_counts(), choice)
    context = {
        "outlet": found,
        "choice": choice,
        "articles": sum(count.articles for count in counts),
        "undated": sum(count.articles for count in counts if count.day is None),
        "stretch": stretch_held(counts),
        "outer_days": outer_days(counts),
        "ends": first_and_last(choice=choice),
        "newest": _newest_year(counts),
        "rows": year_rows(counts),
        "latest": latest_of(choice=choice)[:LATEST],
    }
    return render(request, "outlet.html", context)


def _newest_year(counts: Sequence[HeldCount]) -> CalendarYear | None:
    """The calendar of the last year of which anything is held."""
    years = [count.day.year for count in counts if count.day]
    if not years:
        return None
    newest = max(years)
    return calendar_year(newest, [count for count in counts if count.day and count.day.year == newest])
