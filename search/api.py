"""Answers as JSON: the same for `GET /api/v1/search` and for `manage.py search --format json`."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict

from search.query.dates import read_period
from search.service import search
from search.types import MAX_PAGE_SIZE, Hit, Level, Marked, Results, SearchRequest, Sort

MAX_PAGE = 100_000


def api_search(request: HttpRequest) -> JsonResponse:
    """`GET /api/v1/search?q=&level=&outlet=&agency=&section=&year=&from=&to=&sort=&page=&size=`.

    A value that cannot be read is answered with status 400 and the remedy.
    """
    try:
        asked = request_of(request.GET)
    except ValueError as mistake:
        return JsonResponse({"error": str(mistake)}, status=400)
    return JsonResponse(results_json(search(asked), root=request.build_absolute_uri("/")))


def request_of(parameters: QueryDict) -> SearchRequest:
    """The search that the parameters of an address ask for.

    Raises: ValueError: one of them cannot be read; the message says what can be.
    """
    return SearchRequest(
        query=parameters.get("q", ""),
        level=_level(parameters.get("level", "")),
        outlets=tuple(filter(None, parameters.getlist("outlet"))),
        agencies=tuple(filter(None, parameters.getlist("agency"))),
        sections=tuple(filter(None, parameters.getlist("section"))),
        years=tuple(filter(None, parameters.getlist("year"))),
        date_from=day(parameters.get("from", ""), "from"),
        date_to=day(parameters.get("to", ""), "to", last=True),
        sort=_sort(parameters.get("sort", "")),
        page=_number(parameters.get("page", ""), "page", 1, MAX_PAGE),
        size=_number(parameters.get("size", ""), "size", 10, MAX_PAGE_SIZE),
    )


def _level(text: str) -> Level | None:
    if not text:
        return None
    if text not in list(Level):
        raise ValueError(f"level={text}: one of {', '.join(Level)}")
    return Level(text)


def _sort(text: str) -> Sort:
    if text and text not in list(Sort):
        raise ValueError(f"sort={text}: one of {', '.join(Sort)}")
    return Sort(text) if text else Sort.RELEVANCE


def _number(text: str, name: str, default: int, most: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise ValueError(f"{name}={text[:20]}: a number from 1 to {most}")
    return int(text)


def day(text: str, name: str, *, last: bool = False) -> datetime.date | None:
    """The first (or last) day of a date as it is written in a query; None where nothing is written.

    Raises: ValueError: this is no date.
    """
    if not text.strip():
        return None
    period = read_period(text)
    found = period and (period.last if last else period.first)
    if not found:
        raise ValueError(f"{name}={text[:40]}: a date such as 2015, 2015-11 or 2015-11-21")
    return found


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
        "marks": _marks(hit.snippet),
    }


def plain(marked: Marked) -> str:
    """A marked text without its marks."""
    return "".join(run.text for run in marked)


def _marks(marked: Marked) -> list[list[int]]:
    """Where the marks of a text stand in it, as pairs of start and end."""
    marks, place = [], 0
    for run in marked:
        if run.marked:
            marks.append([place, place + len(run.text)])
        place += len(run.text)
    return marks
