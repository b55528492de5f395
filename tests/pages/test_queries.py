"""No page asks the database more often when it shows more."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.models import Outlet
from tests.pages.making import MakeArticle

MOST = 12

PAGES = [
    "/",
    "/articles/uid00000002/",
    "/articles/uid00000002/source/",
    "/articles/uid00000002.json",
    "/outlets/",
    "/outlets/outlet-1/",
    "/browse/",
    "/browse/?outlet=outlet-1",
    "/browse/2015/?outlet=outlet-1",
    "/browse/2015/11/?outlet=outlet-1",
    "/browse/2015/11/21/?outlet=outlet-1",
    "/browse/2015/11/21/",
    "/browse/undated/?outlet=outlet-1",
    "/browse/latest/",
    "/browse/day/11/21/",
    "/help/",
]


@pytest.fixture
def fill(make_article: MakeArticle, make_outlet: Callable[..., Outlet]) -> Callable[[int], None]:
    """Add so many articles of every precision, by several outlets, with authors and agencies."""

    def add(number: int) -> None:
        for place in range(number):
            outlet = make_outlet(f"outlet-{place % 5}", f"صحيفة {place % 5}")
            people = {"authors": (f"كاتب {place}", "ليلى"), "agencies": (f"وكالة {place % 3}",)}
            make_article(outlet=outlet, **people)
            make_article(
                outlet=outlet, published=datetime.date(2015, 11, 1), published_precision="month", **people
            )
            make_article(
                outlet=outlet, published=datetime.date(2015, 1, 1), published_precision="year", **people
            )
            make_article(outlet=outlet, published=None, title="", **people)

    return add


@pytest.mark.parametrize("size", [2, 25])
def test_no_page_asks_more_than_a_dozen_times(
    reader: Client,
    fill: Callable[[int], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    fill(size)
    for address in PAGES:
        with django_assert_max_num_queries(MOST):
            reader.get(address)
