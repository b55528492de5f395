"""Answers as JSON: the same for `GET /api/v1/search` and for `manage.py search --format json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.selectors.choices import agency_choices, outlet_choices
from search.engines.base import IndexMissing
from search.forms import Address, Mistake, parse_address
from search.service import search
from search.types import UNKNOWN, Hit, Marked, Results, SearchRequest


@require_safe
def api_search(request: HttpRequest) -> JsonResponse:
    """`GET /api/v1/search?q=&level=&outlet=&agency=&section=&year=&from=&to=&sort=&page=&size=&variants=`.

    Status 400 and the remedy for a value that cannot be used (a query is never one: its mistakes are warnings
    beside the answer); 503 and the remedy where there are articles and no index.
    """
    asked = parse_address(request.GET)
    if mistakes := _mistakes(asked):
        return JsonResponse(_refusal(mistakes), status=400)
    try:
        results = search(asked.request)
    except IndexMissing as missing:
        return JsonResponse({"error": str(missing)}, status=503)
    return JsonResponse(results_json(results, root=request.build_absolute_uri("/")))


def _mistakes(asked: Address) -> list[Mistake]:
    return [one for one in (*asked.mistakes, *unknown_names(asked.request)) if one.parameter != "q"]


def unknown_names(request: SearchRequest) -> list[Mistake]:
    """The outlets and agencies that a request names and the archive does not know."""
    mistakes = []
    if request.outlets:
        known = {UNKNOWN, *(outlet.slug for outlet in outlet_choices())}
        message = _("The archive knows no outlet by this name.")
        mistakes += [Mistake("outlet", name, message) for name in request.outlets if name not in known]
    if request.agencies:
        known = {UNKNOWN, *(agency.slug for agency in agency_choices())}
        message = _("The archive knows no agency by this name.")
        mistakes += [Mistake("agency", name, message) for name in request.agencies if name not in known]
    return mistakes


def _refusal(mistakes: Iterable[Mistake]) -> dict[str, Any]:
    return {
        "error": " ".join(f"{one.parameter}={one.value}: {one.message}" for one in mistakes),
        "mistakes": [
            {"parameter": one.parameter, "value": one.value, "message": one.message} for one in mistakes
        ],
    }


def results_json(results: Results, root: str = "/") -> dict[str, Any]:
    """Results as plain values. `root`: what the addresses of articles begin with."""
    return {
        "query": _query(results),
        "total": results.total,
        "levels": {level.value: count for level, count in results.levels.items()},
        "results": [_hit(hit, root) for hit in results.hits],
        "facets": {
            kind: [{"value": one.value, "label": one.label, "count": one.count} for one in values]
            for kind, values in results.facets.items()
        },
        "suggestions": [
            {"kind": one.kind, "query": one.query, "count": one.count} for one in results.suggestions
        ],
        "took_ms": results.took_ms,
        "warnings": [
            {"message": warning.message, "start": warning.start, "end": warning.end}
            for warning in results.understood.warnings
        ],
    }


def _query(results: Results) -> dict[str, Any]:
    request = results.request
    return {
        "q": request.query,
        "understood": results.understood.text,
        "level": results.level.value,
        "stepped_down": results.stepped_down,
        "outlet": list(request.outlets),
        "agency": list(request.agencies),
        "section": list(request.sections),
        "year": list(request.years),
        "from": request.date_from.isoformat() if request.date_from else None,
        "to": request.date_to.isoformat() if request.date_to else None,
        "sort": request.sort.value,
        "page": request.page,
        "size": request.size,
        "pages": results.pages,
        "variants": "on" if request.variants else "off",
        "spellings": {chip.text: list(chip.also) for chip in results.understood.chips if chip.also},
    }


def _hit(hit: Hit, root: str) -> dict[str, Any]:
    article = hit.article
    return {
        "uid": article.uid,
        "title": article.display_title,
        "outlet": article.outlet.slug if article.outlet else None,
        "published": article.published_iso,
        "url": root.rstrip("/") + article.get_absolute_url(),
        "snippet": plain(hit.snippet),
        "score": hit.score,
    }


def plain(marked: Marked) -> str:
    """A marked text without its marks."""
    return "".join(run.text for run in marked)
