"""Trends agree with the search page: the sum of a line is its total, and each point leads to as many hits."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.selectors.choices import outlet_choices
from search.forms import parse_address
from search.names import Names
from search.presentation.links import address
from search.service import search
from search.trends.answer import Trends, trends
from search.trends.asked import Lines, Scale, read, trends_address
from search.trends.lines import Line, point_address
from search.types import UNKNOWN

if TYPE_CHECKING:
    from tests.search.library import Collection

WORDS = ["فيضان", "السد", "والسد", "النفط", "نفط", "مدرسة", "المدارس", "في", "محمد"]
DATES = [
    "",
    "2013",
    "2014-02",
    "2014-02-01",
    "2014-02-03",
    "2014-03-09",
    "2014-03",
    "2015-11-21",
    "2016-01-01",
]
WORD = st.sampled_from(WORDS)
QUERIES = st.one_of(
    WORD,
    st.tuples(WORD, WORD).map(" ".join),
    st.tuples(WORD, WORD).map(" OR ".join),
    st.tuples(WORD, WORD).map(lambda two: f'"{two[0]} {two[1]}"'),
    st.tuples(WORD, WORD).map(lambda two: f"{two[0]} -{two[1]}"),
    WORD.map(lambda word: f"{word[:3]}*"),
    WORD.map(lambda word: f"عنوان:{word}"),
    WORD.map(lambda word: f"{word} تاريخ:2014"),
    WORD.map(lambda word: f'({word} "'),
    st.just("outlet:nobody"),
    st.just("لا_شيء ثمّة"),
)
DAYS = st.sampled_from(["", "2013", "2014-02", "2014-02-02", "2014-03-09", "2015", "2016-01-01"])
ASKED = st.fixed_dictionaries(
    {
        "q": st.lists(QUERIES, min_size=1, max_size=3),
        "by": st.sampled_from(["", *Scale]).map(lambda by: [by]),
        "lines": st.sampled_from(["queries", "outlets"]).map(lambda kind: [kind]),
        "outlet": st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
        "level": st.sampled_from(["", "exact", "folded", "any"]).map(lambda level: [level]),
        "year": st.sampled_from([[], [], ["2014"], ["2014", UNKNOWN], [UNKNOWN]]),
        "from": DAYS.map(lambda day: [day]),
        "to": DAYS.map(lambda day: [day]),
    }
)


@pytest.fixture
def press(collection: Collection) -> Collection:
    """Articles of three outlets and of none, of every precision."""
    chance = random.Random(20261122)
    for number in range(70):
        collection.add(
            " ".join(chance.choices(WORDS, k=4)),
            title=chance.choice(["", "السد والنفط", "مدرسة"]),
            outlet=chance.choice(["", "a", "a", "b", "c"]),
            published=DATES[number % len(DATES)],
        )
    collection.ready()
    return collection


def answered(asked: dict[str, list[str]]) -> Trends:
    parameters = QueryDict(mutable=True)
    for name, values in asked.items():
        parameters.setlist(name, values)
    outlets = outlet_choices()
    return trends(read(parameters).request, Names(outlets=outlets), outlets)


def found_at(link: str) -> int:
    """How many articles the search page finds at an address."""
    return search(parse_address(QueryDict(urlsplit(link).query)).request).total


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=ASKED, choose=st.randoms(use_true_random=False))
def test_points_and_what_has_no_place_are_the_total_of_the_search(
    press: Collection, asked: dict[str, list[str]], choose: random.Random
) -> None:
    answer = answered(asked)
    for line in answer.lines:
        assert sum(line.counts) + line.undated + line.coarser + line.outside == line.total
        assert min(line.coarser, line.outside, *line.counts, 0) == 0
        assert line.total == found_at(address(line.request))
        check_points(answer, line, choose)


def check_points(answer: Trends, line: Line, choose: random.Random) -> None:
    """Some points of a line, each against a search."""
    if answer.axis is None:
        return
    points = [number for number, count in enumerate(line.counts) if count]
    for number in choose.sample(points, min(3, len(points))):
        assert found_at(point_address(line, answer.axis.periods[number])) == line.counts[number]
        assert line.counts[number] <= line.available[number]
    if line.undated:
        assert found_at(address(line.request, years=(UNKNOWN,))) == line.undated


@pytest.mark.parametrize("scale", list(Scale))
def test_nothing_is_outside_an_axis_of_all_that_is_held(press: Collection, scale: Scale) -> None:
    bounds = {"from": ["2014-02"], "to": ["2014-03"]} if scale is Scale.DAY else {}
    answer = answered({"q": [""], "by": [scale], "lines": [Lines.OUTLETS], **bounds})
    assert answer.axis is not None
    assert answer.axis.scale is scale
    assert [line.outside for line in answer.lines] == [0, 0, 0]
    assert [sum(line.counts) == sum(line.available) for line in answer.lines] == [True] * 3


def test_an_address_says_the_whole_request(press: Collection) -> None:
    text = (
        "q=السد&q=نفط&show=rate&by=month&outlet=a&outlet=b&from=2014-02&to=2014-03&level=folded&variants=off"
    )
    request = read(QueryDict(text)).request
    assert read(QueryDict(urlsplit(trends_address(request)).query)).request == request
