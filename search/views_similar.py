"""The page of the articles that are about the same as one."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Article
from archive.selectors.reading import article_to_read
from search.engines.base import IndexMissing
from search.similar import similar_articles

SHOWN: Final = 6


@require_safe
def similar_page(request: HttpRequest, uid: str) -> HttpResponse:
    """The articles nearest to one, best first; an article's own page fetches its list from here."""
    try:
        article = article_to_read(uid=uid)
    except Article.DoesNotExist as unknown:
        raise Http404 from unknown
    if article.status == Article.Status.WITHDRAWN:
        return render(request, "410.html", status=410)
    try:
        found = similar_articles(article, SHOWN)
    except IndexMissing as missing:
        return render(request, "similar.html", {"article": article, "missing": missing}, status=503)
    return render(request, "similar.html", {"article": article, "found": found})
