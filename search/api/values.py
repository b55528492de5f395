"""Answers as plain values: the same for the API and for `manage.py search --format json`."""

from __future__ import annotations

from typing import Any

from archive.models import Article
from search.types import Hit, Marked, Results


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
        "more_authors": results.more_authors,
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
        "author": list(request.authors),
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
    return {**named(hit.article, root), "snippet": plain(hit.snippet), "score": hit.score}


def named(article: Article, root: str) -> dict[str, Any]:
    """What names an article in a list."""
    return {
        "uid": article.uid,
        "title": article.display_title,
        "outlet": article.outlet.slug if article.outlet else None,
        "published": article.published_iso,
        "url": root.rstrip("/") + article.get_absolute_url(),
    }


def plain(marked: Marked) -> str:
    """A marked text without its marks."""
    return "".join(run.text for run in marked)
