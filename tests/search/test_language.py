"""The query language, against real articles."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from search.query import chips_of, parse
from search.query.parser import MAX_PREFIXES
from search.query.tree import Prefix, Word, walk
from search.service import search
from search.types import Level, SearchRequest
from tests.search.library import uids

if TYPE_CHECKING:
    from tests.search.library import Collection


@pytest.fixture
def library(collection: Collection) -> dict[str, str]:
    """Articles by a short name, with their UIDs."""
    collection.outlet("okaz", "عكاظ")
    articles = {
        "oil": collection.add("ارتفع سعر النفط اليوم", title="أسواق", outlet="okaz", published="2015-11-21"),
        "gas": collection.add(
            "انخفض سعر الغاز كثيرا", title="النفط والغاز", outlet="riyadh", published="2015-12"
        ),
        "war": collection.add(
            "الحرب في اليمن", agencies=("spa",), authors=("سعيد القحطاني",), published="2014"
        ),
        "peace": collection.add("محادثات السلام بشأن اليمن"),
    }
    collection.ready()
    return {name: article.uid for name, article in articles.items()}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("سعر النفط", "oil gas", id="all words, wherever they stand"),
        pytest.param("سعر -الغاز", "oil", id="minus"),
        pytest.param("سعر NOT الغاز", "oil", id="NOT"),
        pytest.param("-سعر", "war peace", id="minus alone"),
        pytest.param("الحرب OR السلام", "war peace", id="OR"),
        pytest.param("الحرب أو السلام", "war peace", id="or in Arabic"),
        pytest.param("الحرب|السلام", "war peace", id="bar"),
        pytest.param("اليمن (الحرب OR النفط)", "war", id="brackets"),
        pytest.param("-(الحرب OR السلام)", "oil gas", id="minus before brackets"),
        pytest.param("محادث*", "peace", id="prefix"),
        pytest.param("النف*", "oil gas", id="prefix that ends within a word"),
        pytest.param('"سعر اليوم"~2', "oil", id="nearness"),
        pytest.param('"اليوم سعر"~2', "oil", id="nearness in either order"),
        pytest.param('"سعر اليوم"~1', "", id="too far"),
        pytest.param("title:النفط", "gas", id="title"),
        pytest.param("عنوان:(النفط الغاز)", "gas", id="title with brackets"),
        pytest.param("title:السعر", "", id="not in the title"),
        pytest.param("outlet:okaz", "oil", id="outlet by slug"),
        pytest.param("صحيفة:عكاظ", "oil", id="outlet by name"),
        pytest.param('صحيفة:"عكاظ" النفط', "oil", id="outlet and word"),
        pytest.param("وكالة:spa", "war", id="agency"),
        pytest.param("كاتب:القحطاني", "war", id="author by one name"),
        pytest.param("author:السديري", "", id="unknown author"),
        pytest.param("date:2015", "oil gas", id="year"),
        pytest.param("date:2015-12", "gas", id="month"),
        pytest.param("تاريخ:12/2015", "gas", id="month as newspapers print it"),
        pytest.param("date:2015-12-01", "", id="a day does not find what is known to the month"),
        pytest.param("تاريخ:2015-11-01..2015-11-30", "oil", id="range"),
        pytest.param("date:..2014", "war", id="open range"),
        pytest.param("تاريخ:تشرين الثاني 2015", "oil", id="month in words"),
        pytest.param("تاريخ:صفر 1437", "oil", id="Hijri month"),
        pytest.param("-date:2015", "war peace", id="not a date"),
        pytest.param("النفط date:2015-11", "oil", id="word and date"),
    ],
)
def test_query_finds(library: dict[str, str], query: str, names: str) -> None:
    assert uids(query, level=Level.INFLECTED) == {library[name] for name in names.split()}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("(النفط", "oil gas", id="open bracket"),
        pytest.param("النفط)", "oil gas", id="closed bracket"),
        pytest.param('"النفط', "oil gas", id="quotation mark without partner"),
        pytest.param("النفط OR", "oil gas", id="OR at the end"),
        pytest.param("OR النفط", "oil gas", id="OR at the beginning"),
        pytest.param("النفط -", "oil gas", id="minus alone"),
        pytest.param("النفط *", "oil gas", id="star alone"),
        pytest.param("outlet:nobody النفط", "oil gas", id="unknown outlet"),
        pytest.param("date:yesterday النفط", "oil gas", id="no date"),
        pytest.param("((((((((((((((((النفط))))))))))))))))", "oil gas", id="too deep"),
        pytest.param("ا* النفط", "", id="prefix too short"),
    ],
)
def test_mistake_is_explained_and_the_rest_searched(library: dict[str, str], query: str, names: str) -> None:
    results = search(SearchRequest(query=query, level=Level.INFLECTED))
    assert results.understood.warnings
    assert all(0 <= w.start <= w.end <= len(query) for w in results.understood.warnings)
    assert {hit.article.uid for hit in results.hits} == {library[name] for name in names.split()}


ODD = [
    pytest.param("", id="empty"),
    pytest.param("   ", id="blanks"),
    pytest.param("ا" * 100_000, id="one word of 100,000 letters"),
    pytest.param("كلمة " * 20_000, id="100,000 letters of words"),
    pytest.param("(" * 5_000, id="5,000 brackets"),
    pytest.param("-" * 5_000, id="5,000 minus signs"),
    pytest.param('- -- -(-(-"-', id="minus signs and brackets"),
    pytest.param('""', id="empty phrase"),
    pytest.param('"' * 999, id="quotation marks"),
    pytest.param("\x00", id="NUL"),
    pytest.param("سعر\x00النفط", id="NUL inside"),
    pytest.param("\ud800 \udfff", id="surrogates"),
    pytest.param("*", id="star"),
    pytest.param("**", id="stars"),
    pytest.param("~9", id="tilde"),
    pytest.param("[ا to ي]", id="range of another language"),
    pytest.param("OR", id="OR"),
    pytest.param("NOT", id="NOT"),
    pytest.param("أو أو أو", id="only or"),
    pytest.param("title:", id="field without value"),
    pytest.param("title:title:title:ا", id="fields in a row"),
    pytest.param("date:9999-99-99", id="impossible date"),
    pytest.param("date:0000", id="year 0"),
    pytest.param("date:9999", id="year 9999"),
    pytest.param('"a b"~99999999999', id="far nearness"),
    pytest.param("؟؟؟ !!! ...", id="punctuation"),
    pytest.param("\u202e\u200f\u200d", id="invisible signs"),
    pytest.param("a:b:c://d?e=f&g", id="an address"),
    pytest.param("ب* ا* ت*", id="short prefixes"),
    pytest.param(" OR ".join(["ال*", "نف*", "سع*"] * 20), id="sixty prefixes"),
    pytest.param(f'"{"من في على " * 20}"~30', id="sixty frequent words near each other"),
]


@pytest.mark.parametrize("query", ODD)
def test_odd_input_is_answered_within_a_second(library: dict[str, str], query: str) -> None:
    for level in (None, *Level):
        started = time.perf_counter()
        results = search(SearchRequest(query=query, level=level))
        assert time.perf_counter() - started < 1
        assert 0 <= results.total <= 4
        results.request.query.encode()


def test_empty_query_finds_everything_and_punctuation_nothing(library: dict[str, str]) -> None:
    assert uids("") == set(library.values())
    assert uids("؟!") == set()


def test_long_query_is_cut_with_a_warning() -> None:
    parsed = parse("نفط " * 1000)
    assert [w.message[:4] for w in parsed.warnings if w.start == len(parsed.text)]
    assert len(parsed.text) == 500


def test_only_the_first_stars_count_and_the_rest_is_said() -> None:
    parsed = parse("كتاب* " * (MAX_PREFIXES + 2))
    kinds = Counter(type(node) for node in walk(parsed.tree))
    assert (kinds[Prefix], kinds[Word]) == (MAX_PREFIXES, 2)
    assert len(parsed.warnings) == 1


def test_each_chip_carries_the_query_without_it(library: dict[str, str]) -> None:
    results = search(SearchRequest(query='سعر "سعر النفط" -الغاز outlet:okaz'))
    assert [(chip.kind, chip.text, chip.query_without) for chip in results.understood.chips] == [
        ("word", "سعر", '"سعر النفط" -الغاز outlet:okaz'),
        ("phrase", "سعر النفط", "سعر -الغاز outlet:okaz"),
        ("without", "الغاز", 'سعر "سعر النفط" outlet:okaz'),
        ("outlet", "okaz", 'سعر "سعر النفط" -الغاز'),
    ]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        pytest.param("سعر AND النفط", ["النفط", "سعر"], id="between two words"),
        pytest.param("سعر & النفط && الغاز", ["النفط && الغاز", "سعر && الغاز", "سعر & النفط"], id="three"),
        pytest.param(
            "(سعر AND النفط) الغاز", ["( النفط) الغاز", "(سعر ) الغاز", "(سعر AND النفط)"], id="brackets"
        ),
        pytest.param("(سعر OR الغاز) AND النفط", ["النفط", "(سعر OR الغاز)"], id="behind brackets"),
    ],
)
def test_chip_taken_out_leaves_no_and_without_a_side(query: str, left: list[str]) -> None:
    chips = chips_of(parse(query))
    assert [chip.query_without for chip in chips] == left
    assert [parse(chip.query_without).warnings for chip in chips] == [()] * len(chips)


def test_what_was_understood_is_a_query_that_finds_the_same(library: dict[str, str]) -> None:
    for query in ("سعر (النفط OR الغاز) -اليمن", 'title:"النفط" date:2015', 'النف* "سعر اليوم"~2'):
        understood = search(SearchRequest(query=query)).understood.text
        assert uids(understood) == uids(query)
