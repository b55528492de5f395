"""The address of a search: what it says is used, what it says wrongly is answered plainly."""

from __future__ import annotations

import datetime

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from search.forms import Address, parse_address, parse_first_day, parse_last_day, without_unknown
from search.presentation.links import address, address_of_value, address_pairs
from search.query.dates import HIJRI_YEARS
from search.types import MAX_PAGE_SIZE, UNKNOWN, Level, SearchRequest, Sort

DAY = datetime.date


def parsed(address: str) -> Address:
    with translation.override("en"):
        return parse_address(QueryDict(address))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("", SearchRequest(sort=Sort.NEWEST), id="nothing-is-everything-newest-first"),
        pytest.param("q=فيضان", SearchRequest(query="فيضان"), id="words-are-ranked-by-fitness"),
        pytest.param("q=++فيضان++", SearchRequest(query="فيضان"), id="spaces-round-a-query-do-not-count"),
        pytest.param("q=a&level=exact", SearchRequest(query="a", level=Level.EXACT), id="level"),
        pytest.param(
            "q=a&outlet=riwaq&outlet=marsa&outlet=riwaq",
            SearchRequest(query="a", outlets=("riwaq", "marsa")),
            id="outlets-repeat-and-double-ones-count-once",
        ),
        pytest.param("q=a&agency=spa", SearchRequest(query="a", agencies=("spa",)), id="agency"),
        pytest.param("q=a&author=سعاد", SearchRequest(query="a", authors=("سعاد",)), id="author"),
        pytest.param("q=a&section=رأي", SearchRequest(query="a", sections=("رأي",)), id="section"),
        pytest.param("q=a&year=2015", SearchRequest(query="a", years=("2015",)), id="year"),
        pytest.param("q=a&year=٢٠١٥", SearchRequest(query="a", years=("2015",)), id="year-in-arabic-figures"),
        pytest.param("q=a&year=unknown", SearchRequest(query="a", years=(UNKNOWN,)), id="undated"),
        pytest.param(
            "q=a&from=2015&to=2015",
            SearchRequest(query="a", date_from=DAY(2015, 1, 1), date_to=DAY(2015, 12, 31)),
            id="a-year-is-its-first-and-last-day",
        ),
        pytest.param(
            "q=a&from=2016-02&to=2016-02",
            SearchRequest(query="a", date_from=DAY(2016, 2, 1), date_to=DAY(2016, 2, 29)),
            id="a-month-is-its-first-and-last-day",
        ),
        pytest.param(
            "q=a&from=21-7-2015&to=٢١/٧/٢٠١٥",
            SearchRequest(query="a", date_from=DAY(2015, 7, 21), date_to=DAY(2015, 7, 21)),
            id="day-first",
        ),
        pytest.param(
            "q=a&from=تشرين الثاني 2015&to=محرم 1437",
            SearchRequest(query="a", date_from=DAY(2015, 11, 1), date_to=DAY(2015, 11, 12)),
            id="months-in-words",
        ),
        pytest.param(
            "q=a&from=1436&to=1436",
            SearchRequest(query="a", date_from=DAY(2014, 10, 25), date_to=DAY(2015, 10, 13)),
            id="a-hijri-year",
        ),
        pytest.param(
            "q=a&from=١٤٣٧/٢&to=9-2-1437",
            SearchRequest(query="a", date_from=DAY(2015, 11, 13), date_to=DAY(2015, 11, 21)),
            id="a-hijri-month-and-day",
        ),
        pytest.param(
            "q=a&from=2015-11-21T21:59",
            SearchRequest(query="a", date_from=DAY(2015, 11, 21)),
            id="a-time-is-its-day",
        ),
        pytest.param(
            "q=a&from=٢٠١٥/١١/٢١",
            SearchRequest(query="a", date_from=DAY(2015, 11, 21)),
            id="day-in-arabic-figures",
        ),
        pytest.param("q=a&sort=oldest", SearchRequest(query="a", sort=Sort.OLDEST), id="sort"),
        pytest.param("q=a&variants=off", SearchRequest(query="a", variants=False), id="only-as-typed"),
        pytest.param("q=a&variants=on", SearchRequest(query="a"), id="all-spellings-as-usual"),
        pytest.param("q=a&page=3&size=50", SearchRequest(query="a", page=3, size=50), id="page-and-size"),
        pytest.param(
            "q=a&level=&outlet=&from=&page=",
            SearchRequest(query="a"),
            id="empty-fields-of-a-form-say-nothing",
        ),
        pytest.param("q=a&lang=en&theme=dark", SearchRequest(query="a"), id="other-parameters-are-not-ours"),
    ],
)
def test_address_says_the_request(address: str, expected: SearchRequest) -> None:
    assert parsed(address) == Address(expected)


@pytest.mark.parametrize(
    ("address", "parameter", "message"),
    [
        pytest.param("from=2015-13-01", "from", "Months run from 1 to 12.", id="thirteenth-month"),
        pytest.param("to=2015-02-30", "to", "There is no such day or time.", id="thirtieth-of-february"),
        pytest.param("from=0000", "from", "There is no such day or time.", id="year-nought"),
        pytest.param(
            "from=yesterday", "from", "Write a date as 2015, 2015-11 or 2015-11-21.", id="words-for-a-date"
        ),
        pytest.param("year=15", "year", "Write a year in four figures, such as 2015.", id="short-year"),
        pytest.param("year=0000", "year", "Write a year in four figures, such as 2015.", id="no-year"),
        pytest.param(
            "level=fuzzy", "level", "Choose one of: exact, folded, inflected, any.", id="unknown-level"
        ),
        pytest.param("variants=no", "variants", "Choose one of: on, off.", id="unknown-switch"),
        pytest.param("sort=best", "sort", "Choose one of: relevance, newest, oldest.", id="unknown-sort"),
        pytest.param("page=0", "page", "Pages are numbered from 1.", id="page-nought"),
        pytest.param("page=-1", "page", "Pages are numbered from 1.", id="page-below-nought"),
        pytest.param("page=²", "page", "Pages are numbered from 1.", id="page-as-a-superscript"),
        pytest.param(f"page={'9' * 30}", "page", "Pages are numbered from 1.", id="page-beyond-all-numbers"),
        pytest.param("size=101", "size", "A page may have from 1 to 100 results.", id="page-too-large"),
        pytest.param(
            f"section={'a' * 301}", "section", "A name may be at most 300 characters long.", id="long-name"
        ),
    ],
)
def test_wrong_value_is_explained_and_the_rest_is_used(address: str, parameter: str, message: str) -> None:
    found = parsed(f"q=فيضان&{address}")
    assert [(mistake.parameter, mistake.message) for mistake in found.mistakes] == [(parameter, message)]
    assert found.request == SearchRequest(query="فيضان")


def test_dates_the_wrong_way_round_are_exchanged_and_said() -> None:
    found = parsed("from=2016&to=2014")
    assert (found.request.date_from, found.request.date_to) == (DAY(2014, 1, 1), DAY(2016, 12, 31))
    assert [mistake.parameter for mistake in found.mistakes] == ["from"]


def test_long_query_is_cut_and_said() -> None:
    found = parsed("q=" + "a" * 1_500)
    assert len(found.request.query) == 1_000
    assert found.mistakes[0].message == "Only the first 1000 characters of the query were used."


def test_more_values_than_anyone_picks_are_left_out_and_said() -> None:
    found = parsed("&".join(f"outlet=o{n}" for n in range(30)))
    assert len(found.request.outlets) == 20
    assert found.mistakes[0].value == "o20"


def test_name_the_archive_does_not_know_is_left_out_and_said() -> None:
    found = without_unknown(
        parsed("outlet=riwaq&outlet=nowhere&agency=spa&agency=unknown"), outlets={"riwaq"}, agencies=set()
    )
    assert (found.request.outlets, found.request.agencies) == (("riwaq",), (UNKNOWN,))
    assert [(mistake.parameter, mistake.value) for mistake in found.mistakes] == [
        ("outlet", "nowhere"),
        ("agency", "spa"),
    ]


def test_last_month_of_all_has_a_last_day() -> None:
    assert parse_first_day("9999-12") == DAY(9999, 12, 1)
    assert parse_last_day("9999-12") == parse_last_day("9999") == DAY(9999, 12, 31)


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda name: name == name.strip()
)
# a typed year from 1343 to 1500 is of the Hijri calendar, so no day of that time before it can be asked for
dates = st.none() | st.dates().filter(lambda day: day.year not in HIJRI_YEARS)
requests = st.builds(
    SearchRequest,
    query=st.just("") | names,
    level=st.none() | st.sampled_from(Level),
    outlets=st.lists(names, max_size=3, unique=True).map(tuple),
    agencies=st.lists(names, max_size=3, unique=True).map(tuple),
    authors=st.lists(names, max_size=3, unique=True).map(tuple),
    sections=st.lists(names, max_size=3, unique=True).map(tuple),
    years=st.lists(st.integers(1, 9999).map("{:04d}".format) | st.just(UNKNOWN), max_size=3, unique=True).map(
        tuple
    ),
    date_from=dates,
    date_to=dates,
    sort=st.sampled_from(Sort),
    page=st.integers(1, 999_999),
    size=st.integers(1, MAX_PAGE_SIZE),
    variants=st.booleans(),
).filter(lambda wanted: not (wanted.date_from and wanted.date_to and wanted.date_from > wanted.date_to))


@given(requests)
def test_address_written_from_a_request_is_read_as_the_same_request(wanted: SearchRequest) -> None:
    query = QueryDict(mutable=True)
    for name, value in address_pairs(wanted):
        query.appendlist(name, value)
    assert parse_address(query) == Address(wanted)


@given(requests, names)
def test_address_of_a_value_is_the_one_that_any_other_link_would_have(
    wanted: SearchRequest, value: str
) -> None:
    narrowed = address_of_value(wanted, "author", "authors")
    assert narrowed(value) == address(wanted, authors=(value,))


@given(st.text(max_size=200))
def test_any_address_is_read(address: str) -> None:
    found = parse_address(QueryDict(address))
    assert 1 <= found.request.size <= MAX_PAGE_SIZE
    assert found.request.page >= 1


parameters = st.sampled_from(
    [
        "q",
        "level",
        "outlet",
        "agency",
        "author",
        "section",
        "year",
        "from",
        "to",
        "sort",
        "page",
        "size",
        "variants",
    ]
)
values = st.text(max_size=40) | st.from_regex(r"-?\d{1,5}([-/]\d{1,3}){0,2}", fullmatch=True)


@given(st.lists(st.tuples(parameters, values), max_size=8))
def test_any_values_of_our_parameters_are_read(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    found = parse_address(query)
    if found.request.date_from and found.request.date_to:
        assert found.request.date_from <= found.request.date_to
