"""Hits by day: only where asked for, only what is known to the day, and as a search of that day finds."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from search.engine import engine
from search.engines.base import Filters, Question
from search.query import parse
from search.types import UNKNOWN

if TYPE_CHECKING:
    from tests.search.library import Collection


def days(query: str, **more: object) -> dict[str, int]:
    question = Question(parse(query).tree, limit=0, by_day=True, **more)  # type: ignore[arg-type]
    return engine().ask(question).facets["day"]


@pytest.fixture
def floods(collection: Collection) -> Collection:
    for published in ("2015-11-21", "2015-11-21", "2015-11-01", "2015-11", "2015-01-01", "2015", ""):
        collection.add("فيضان في الوادي", published=published, outlet="a" if published else "b")
    collection.add("خبر آخر", published="2015-11-20")
    collection.ready()
    return collection


def test_days_are_counted_newest_first_and_what_has_no_day_last(floods: Collection) -> None:
    counted = days("فيضان")
    assert counted == {"2015-11-21": 2, "2015-11-01": 1, "2015-01-01": 1, UNKNOWN: 3}
    assert list(counted) == ["2015-11-21", "2015-11-01", "2015-01-01", UNKNOWN]


def test_a_day_has_as_many_as_a_search_of_that_day_finds(floods: Collection) -> None:
    for day, count in days("").items():
        if day == UNKNOWN:
            continue
        date = datetime.date.fromisoformat(day)
        narrowed = Question(None, limit=0, filters=Filters(date_from=date, date_to=date))
        assert engine().ask(narrowed).total == count


def test_days_are_counted_under_the_same_filters(floods: Collection) -> None:
    assert days("فيضان", filters=Filters(outlets=("b",))) == {UNKNOWN: 1}
    assert days("لا شيء مثله هنا") == {}


def test_days_are_not_counted_unasked(floods: Collection) -> None:
    assert "day" not in engine().ask(Question(parse("فيضان").tree)).facets
