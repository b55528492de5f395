"""What the desk shows of saved searches and lists, put together once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from search.conditions import narrowed_to
from search.desk.models import ArticleList, SavedSearch
from search.desk.searches import new_count, request_of
from search.presentation.links import address
from search.templatetags.following import feed_address
from search.templatetags.taking import TakeLink, links


@dataclass(frozen=True, slots=True)
class SearchView:
    """A saved search as the desk lists it. `narrowed`: what narrows it, in words, where its name does not say
    so; `new` None: it cannot be counted at the moment."""

    name: str
    query: str
    url: str
    page: str
    feed: str
    narrowed: str
    new: int | None
    looked: datetime.datetime


def search_views(searches: Iterable[SavedSearch]) -> list[SearchView]:
    """Saved searches, each with what came in since the last look."""
    return [search_view(one) for one in searches]


def search_view(search: SavedSearch) -> SearchView:
    """One saved search, counted."""
    request = request_of(search.asked)
    narrowed = narrowed_to(request)
    return SearchView(
        name=search.name,
        query=request.query,
        url=address(request),
        page=search.get_absolute_url(),
        feed=feed_address(request),
        narrowed="" if narrowed in search.name else narrowed,
        new=new_count(search),
        looked=search.looked,
    )


def links_of_list(chosen: ArticleList, total: int) -> list[TakeLink]:
    """Where a list is fetched in each format."""

    def address_in(form: str, **more: int) -> str:
        page = reverse("search:take_list", args=[chosen.pk, form])
        return f"{page}?{urlencode(more)}" if more else page

    return list(links(total, address_in))
