"""The Atom feed of a search: what it finds that came in last."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from heapq import nlargest

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.feeds import ENTRIES, ArticleFeed, for_xml, newest_arrivals
from archive.models import Article
from archive.selectors.articles import articles_by_uid
from search.asking import ask, filters_of
from search.conditions import in_words
from search.engines.base import Found, IndexMissing, Question
from search.former import read_address
from search.names import Names
from search.presentation.links import address
from search.service import understand
from search.types import Level, SearchRequest, Sort, View
from search.upkeep import hidden_uids


class SearchFeed(ArticleFeed):
    """The newest arrivals among what a search finds, whatever page and order its address says."""

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response: HttpResponse = super().__call__(request, *args, **kwargs)
        except IndexMissing as missing:
            return HttpResponse(f"{missing}\n", status=503, content_type="text/plain; charset=utf-8")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest) -> SearchRequest:
        asked = read_address(request.GET).request
        return dataclasses.replace(asked, sort=Sort.NEWEST, page=1, view=View.LIST)

    def title(self, obj: SearchRequest) -> str:
        return _("Arshif: latest additions for %(query)s") % {"query": for_xml(in_words(obj)) or "*"}

    def link(self, obj: SearchRequest) -> str:
        return address(obj)

    def items(self, obj: SearchRequest) -> Iterable[Article]:
        return arrivals(obj)


def arrivals(request: SearchRequest) -> Iterable[Article]:
    """The articles that a search finds, newest arrival first.

    Raises: IndexMissing: there are articles and no index to search.
    """
    if not request.query and filters_of(request) == filters_of(SearchRequest()):
        return newest_arrivals(None)
    # the database numbers articles in the order of arrival
    last = nlargest(ENTRIES, found_by(request), key=lambda found: found.pk)
    held = articles_by_uid(uids=[found.uid for found in last])
    return [held[found.uid] for found in last if found.uid in held]


def found_by(request: SearchRequest) -> Sequence[Found]:
    """All that a search finds. One that finds nothing does not step down: it waits for what was asked.

    Raises: IndexMissing: there are articles and no index to search.
    """
    parsed = understand(request.query, Names(), variants=request.variants)
    level, filters = request.level or Level.INFLECTED, filters_of(request)
    question = Question(parsed.tree, level, filters, Sort.NEWEST, limit=None, hidden=hidden_uids())
    return ask(question, parsed).found
