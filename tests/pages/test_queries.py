"""No page asks the database more often when it shows more."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from archive.models import Outlet
from archive.selectors.browse import held_counts
from archive.selectors.timeline import holdings_by_month
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
    "/sections/",
    "/authors/?order=name",
    "/agencies/",
    "/places/",
    "/sections/باب 1/",
    "/authors/ليلى/?outlet=outlet-1&year=2015",
    "/agencies/agency-1/",
    "/places/مكان 1/",
    "/help/",
]


@pytest.fixture
def fill(make_article: MakeArticle, make_outlet: Callable[..., Outlet]) -> Callable[[int], None]:
    """Add so many articles of every precision, by several outlets, with authors and agencies."""

    def add(number: int) -> None:
        for place in range(number):
            outlet = make_outlet(f"outlet-{place % 5}", f"صحيفة {place % 5}")
            people: dict[str, Any] = {
                "authors": (f"كاتب {place}", "ليلى"),
                "agencies": (f"وكالة {place % 3}",),
            }
            people |= {"section": f"باب {place % 4}", "place": f"مكان {place % 6}"}
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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan as SQLite writes it")
@pytest.mark.parametrize("outlets", [(), ("outlet-1",)], ids=["all", "of-an-outlet"])
def test_counts_by_month_ask_twice_and_read_days_without_the_rows(
    fill: Callable[[int], None], outlets: tuple[str, ...]
) -> None:
    fill(5)
    with CaptureQueriesContext(connection) as asked:
        assert sum(holdings_by_month(outlets=outlets).values()) == (2 if outlets else 10)
    days, _of_a_year = asked.captured_queries
    steps = _steps(days["sql"])
    assert len(steps) == 3
    assert all("COVERING INDEX" in step for step in steps)


def _steps(query: str) -> list[str]:
    """How SQLite goes about the articles in a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return [step[3] for step in cursor.fetchall() if "archive_article" in step[3]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan as SQLite writes it")
@pytest.mark.parametrize(
    "stretch", [{}, {"first": datetime.date(2015, 1, 1), "last": datetime.date(2015, 12, 31)}]
)
def test_counts_by_day_never_read_the_rows_whose_bodies_are_long(
    fill: Callable[[int], None], stretch: dict[str, datetime.date]
) -> None:
    fill(5)
    with CaptureQueriesContext(connection) as asked:
        counts = held_counts(**stretch)
    assert sum(count.articles for count in counts) == (15 if stretch else 20)
    (query,) = asked.captured_queries
    steps = _steps(query["sql"])
    assert steps
    assert all("COVERING INDEX" in step for step in steps)
