"""The search page: read the address, ask, show the answer."""

from __future__ import annotations

import dataclasses

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.models import Agency, Outlet
from archive.selectors.choices import agency_choices, outlet_choices
from search.concordance import Concordance, concordance, every_line
from search.concordance_file import csv_of
from search.engines.base import IndexMissing, IndexOutgrown
from search.former import read_address
from search.forms import Address, Mistake, without_unknown
from search.kept_pages import kept_for_readers
from search.names import Names
from search.presentation.links import address, address_pairs
from search.presentation.page import PLACES, results_context
from search.service import search
from search.types import Results, View
from search.upkeep import being_built

FRAGMENT_HEADER = "X-Fragment"
"""Sent by the page's own script, which puts the answer into the page that is there."""


@require_safe
@kept_for_readers(but_with=FRAGMENT_HEADER)
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits, ladder, facets, timeline, or the concordance; without a query the latest articles.

    Nothing typed is an error. With the header X-Fragment only what changes from search to search.
    """
    outlets = outlet_choices()
    agencies = agency_choices() if "agency" in request.GET else None
    asked, names = _understood(request, outlets, agencies or []), Names(outlets=outlets, agencies=agencies)
    try:
        results, lines, mistakes = _answer(asked, names)
    except IndexMissing as missing:
        return _cannot_be_searched(request, asked, missing)
    base = request.build_absolute_uri("/").rstrip("/")
    context = results_context(
        results, mistakes, outlets=outlets, agencies=agencies or [], names=names, base=base, lines=lines
    )
    return _rendered(request, context)


@require_safe
def concordance_file(request: HttpRequest) -> HttpResponseBase:
    """Every line of a concordance as CSV, streamed. An address with a mistake is refused: its file would not
    hold what was asked for."""
    outlets, agencies = outlet_choices(), agency_choices()
    asked = _understood(request, outlets, agencies)
    if asked.mistakes:
        said = "\n".join(f"{one.parameter}={one.value}: {one.message}" for one in asked.mistakes)
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    try:
        lines = every_line(asked.request, Names(outlets=outlets, agencies=agencies))
    except IndexMissing as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    today = timezone.localdate()
    rows = csv_of(
        lines,
        query=asked.request.query,
        search=request.build_absolute_uri(address(asked.request)),
        retrieved=today,
        url=lambda article: request.build_absolute_uri(article.get_absolute_url()),
    )
    name = f"arshif-concordance-{today.isoformat()}.csv"
    return StreamingHttpResponse(
        rows,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"},
    )


def _understood(request: HttpRequest, outlets: list[Outlet], agencies: list[Agency]) -> Address:
    return without_unknown(
        read_address(request.GET),
        outlets={outlet.slug for outlet in outlets},
        agencies={agency.slug for agency in agencies},
    )


def _answer(asked: Address, names: Names) -> tuple[Results, Concordance | None, tuple[Mistake, ...]]:
    """The results; for a page beyond the last one, those of the last one."""
    if asked.request.view is View.CONCORDANCE and asked.request.query:
        return _lines(asked, names)
    results = search(asked.request, names)
    if asked.request.page <= results.pages:
        return results, None, asked.mistakes
    last = dataclasses.replace(asked.request, page=results.pages)
    return search(last, names), None, (*asked.mistakes, _beyond(asked))


def _lines(asked: Address, names: Names) -> tuple[Results, Concordance, tuple[Mistake, ...]]:
    """What was found, and the concordance of it: the list of hits is not shown, so one is enough."""
    request = asked.request
    results = search(dataclasses.replace(request, page=1, size=1), names)
    found = concordance(request, names)
    mistakes = asked.mistakes if request.page <= found.pages else (*asked.mistakes, _beyond(asked))
    shown = dataclasses.replace(results.request, page=found.page, size=request.size, start=found.first)
    return dataclasses.replace(results, request=shown), found, mistakes


def _beyond(asked: Address) -> Mistake:
    return Mistake("page", str(asked.request.page), _("There is no such page; this is the last one."))


def _cannot_be_searched(request: HttpRequest, asked: Address, missing: IndexMissing) -> HttpResponse:
    context = {
        "index_missing": True,
        "outgrown": isinstance(missing, IndexOutgrown),
        "being_built": being_built(),
        "results": {"request": asked.request},
        "kept_by_query": [pair for pair in address_pairs(asked.request) if pair[0] not in {"q", *PLACES}],
    }
    return _rendered(request, context, status=503)


def _rendered(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The page, or the part of it that the page's script asks for."""
    part = FRAGMENT_HEADER in request.headers
    layout = "search/fragment.html" if part else "base.html"
    response = render(request, "search/search.html", {**context, "layout": layout}, status=status)
    patch_vary_headers(response, [FRAGMENT_HEADER])
    if part:
        patch_cache_control(response, no_store=True)
    return response
