"""What every list page shares: its page of articles, the outlet asked for, articles under headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from archive.models import Article, Outlet
from archive.selectors.browse import OutletChoice, outlet_choice
from archive.selectors.keys import keys_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Group:
    """Articles under one heading, which is a link where `address` is given."""

    heading: str
    address: str
    articles: tuple[Article, ...]


class CountedPaginator(Paginator[Article]):
    """Pages of articles whose number is known already: counting them again would read every row."""

    def __init__(self, articles: QuerySet[Article], size: int, count: int) -> None:
        super().__init__(articles, size)
        self.articles = articles
        self.count = count

    def page(self, number: int | str) -> Page[Article]:
        """The page, its keys first: sorting whole rows would carry every body of the list along."""
        valid = self.validate_number(number)
        start = (valid - 1) * self.per_page
        bare = self.articles.select_related(None).prefetch_related(None)
        keys = keys_of(bare[start : start + self.per_page])
        return Page(list(self.articles.filter(pk__in=keys)), valid, self)


def page_of(request: HttpRequest, articles: QuerySet[Article], *, count: int | None = None) -> dict[str, Any]:
    """The page that `?page=` asks for (the nearest there is) and the numbers to show under it.

    `count`: how many articles there are, where that is known.
    """
    pages = Paginator(articles, PAGE_SIZE) if count is None else CountedPaginator(articles, PAGE_SIZE, count)
    page = pages.get_page(request.GET.get("page"))
    return {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
    }


def grouped(
    articles: Iterable[Article],
    key: Callable[[Article], Any],
    title: Callable[[Article], tuple[str, str]],
) -> tuple[Group, ...]:
    """Neighbours with the same key under the heading and address that `title` gives for the first of them."""
    groups = (tuple(members) for _, members in groupby(articles, key))
    return tuple(Group(*title(members[0]), members) for members in groups)


def chosen_outlet(request: HttpRequest) -> OutletChoice | None:
    """The outlet that `?outlet=` asks for. Raises: Http404: there is none with that slug."""
    try:
        return outlet_choice(slug=request.GET.get("outlet", ""))
    except Outlet.DoesNotExist as unknown:
        raise Http404 from unknown
