"""The search page: read the address, ask, show the answer."""

from __future__ import annotations

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.models import Agency, Outlet
from archive.selectors.choices import agency_choices, outlet_choices
from search.engines.base import IndexMissing
from search.forms import Address, Mistake, parse_address, without_unknown
from search.names import Names
from search.presentation.links import address_pairs
from search.presentation.page import PLACES, results_context
from search.service import search
from search.types import Results


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits, ladder, facets, timeline; without a query the latest articles. Nothing typed is an error."""
    outlets = outlet_choices()
    agencies = agency_choices() if "agency" in request.GET else None
    asked, names = _understood(request, outlets, agencies or []), Names(outlets=outlets, agencies=agencies)
    try:
        results, mistakes = _answer(asked, names)
    except IndexMissing:
        return _cannot_be_searched(request, asked)
    base = request.build_absolute_uri("/").rstrip("/")
    context = results_context(
        results, mistakes, outlets=outlets, agencies=agencies or [], names=names, base=base
    )
    return render(request, "search/search.html", context)


def _understood(request: HttpRequest, outlets: list[Outlet], agencies: list[Agency]) -> Address:
    return without_unknown(
        parse_address(request.GET),
        outlets={outlet.slug for outlet in outlets},
        agencies={agency.slug for agency in agencies},
    )


def _answer(asked: Address, names: Names) -> tuple[Results, tuple[Mistake, ...]]:
    """The results; for a page beyond the last one, those of the last one."""
    results = search(asked.request, names)
    if asked.request.page <= results.pages:
        return results, asked.mistakes
    message = _("There is no such page; this is the last one.")
    beyond = Mistake("page", str(asked.request.page), message)
    last = dataclasses.replace(asked.request, page=results.pages)
    return search(last, names), (*asked.mistakes, beyond)


def _cannot_be_searched(request: HttpRequest, asked: Address) -> HttpResponse:
    context = {
        "index_missing": True,
        "results": {"request": asked.request},
        "kept_by_query": [pair for pair in address_pairs(asked.request) if pair[0] not in {"q", *PLACES}],
    }
    return render(request, "search/search.html", context, status=503)
