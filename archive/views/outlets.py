"""The outlets, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.display.holdings import Axis, stretch_held, year_rows
from archive.models import Outlet
from archive.selectors.browse import OutletChoice, held_counts, latest_of, of_choice, outer_days
from archive.selectors.outlets import outlet_holdings
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
    """One outlet: its names, from when to when it is held, its years, what came last."""
    found = get_object_or_404(Outlet, slug=slug)
    choice = OutletChoice(found)
    counts = of_choice(held_counts(), choice)
    context = {
        "outlet": found,
        "choice": choice,
        "articles": sum(count.articles for count in counts),
        "undated": sum(count.articles for count in counts if count.day is None),
        "stretch": stretch_held(counts),
        "outer_days": outer_days(counts),
        "rows": year_rows(counts),
        "latest": latest_of(choice=choice)[:LATEST],
    }
    return render(request, "outlet.html", context)
