"""Browsing: every count leads to that many articles, and nothing is dated beyond what is known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client

from archive.models import Outlet
from tests.pages.making import MakeArticle
from tests.pages.pages_help import Elements

Day = datetime.date


def headlines(page: str) -> int:
    return sum("headline" in tag.get("class", "").split() for tag in Elements(page).attributes("a"))


def get(reader: Client, address: str, **parameters: str) -> str:
    response = reader.get(address, parameters)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def mixed(make_article: MakeArticle, make_outlet: Callable[..., Outlet]) -> None:
    """Three on a day by two outlets, one of its month, one of its year, one undated, one withdrawn."""
    riwaq, marsa = make_outlet(), make_outlet("marsa", "مرسى اليوم")
    make_article(outlet=riwaq)
    make_article(outlet=riwaq)
    make_article(outlet=marsa)
    make_article(outlet=riwaq, published=Day(2015, 11, 1), published_precision="month")
    make_article(outlet=riwaq, published=Day(2015, 1, 1), published_precision="year")
    make_article(outlet=riwaq, published=None)
    make_article(outlet=riwaq, status="withdrawn")


def test_a_day_lists_only_what_is_known_to_be_of_it(reader: Client, mixed: None) -> None:
    page = get(reader, "/browse/2015/11/21/")
    assert headlines(page) == 3
    assert "3 مقالات" in page
    assert "ومقال آخر لا يُعرف من تاريخه إلا شهر نوفمبر 2015" in page
    assert "ومقال آخر لا يُعرف من تاريخه إلا سنة 2015" in page


@pytest.mark.parametrize("day", ["2015/11/01", "2015/01/01"])
def test_the_first_day_of_a_period_holds_nothing_of_what_is_known_to_the_period(
    reader: Client, mixed: None, day: str
) -> None:
    page = get(reader, f"/browse/{day}/")
    assert headlines(page) == 0
    assert "لا شيء محفوظ" in page


def test_a_month_lists_its_days_and_apart_what_is_known_to_the_month(reader: Client, mixed: None) -> None:
    page = get(reader, "/browse/2015/11/")
    assert headlines(page) == 4
    assert "أحدها لا يُعرف يومه" in page
    assert page.index("السبت 21 نوفمبر 2015") < page.index("اليوم مجهول")


def test_a_year_lists_what_is_known_to_the_year_and_names_its_gaps(reader: Client, mixed: None) -> None:
    page = get(reader, "/browse/2015/")
    assert headlines(page) == 1
    assert "5 مقالات" in page
    assert "لا شيء محفوظ من 364 يومًا: 1 يناير – 20 نوفمبر، 22 نوفمبر – 31 ديسمبر" in page
    assert len(re.findall('class="none"', page)) == 364


def test_undated_articles_have_their_own_list(reader: Client, mixed: None) -> None:
    assert headlines(get(reader, "/browse/undated/")) == 1
    assert headlines(get(reader, "/browse/undated/", outlet="marsa")) == 0


@pytest.mark.parametrize(("outlet", "shown"), [("riwaq", 2), ("marsa", 1), ("unknown", 0)])
def test_an_outlet_can_be_chosen(reader: Client, mixed: None, outlet: str, shown: int) -> None:
    assert headlines(get(reader, "/browse/2015/11/21/", outlet=outlet)) == shown


def test_a_day_of_the_calendar_is_listed_for_every_year(reader: Client, make_article: MakeArticle) -> None:
    make_article(published=Day(2014, 11, 21))
    make_article()
    make_article(published=Day(2014, 11, 22))
    assert headlines(get(reader, "/browse/day/11/21/")) == 2
    assert headlines(get(reader, "/browse/day/02/29/")) == 0


@pytest.mark.parametrize(
    "address",
    [
        "/browse/2015/13/",
        "/browse/2015/02/30/",
        "/browse/day/02/30/",
        "/browse/0000/",
        "/browse/15/",
        "/outlets/none/",
        "/browse/?outlet=none",
    ],
)
def test_what_the_calendar_or_the_archive_has_not_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize("day", ["0001/", "0001/01/", "0001/01/01/", "9999/", "9999/12/", "9999/12/31/"])
def test_the_ends_of_the_calendar_are_pages_like_others(reader: Client, mixed: None, day: str) -> None:
    assert "لا شيء محفوظ" in get(reader, f"/browse/{day}")


HOSTILE = [
    {"page": "-1"}, {"page": "999999"}, {"page": "x"}, {"page": "1e9"}, {"page": "٣"}, {"page": "\0"},
    {"lang": "xx"}, {"lang": "<script>"}, {"theme": "xx"}, {"theme": "\0"}, {"q": "\0(((", "level": "x"},
    {"evidence": "<script>"}, {"outlet": "<script>alert(1)</script>"}, {"outlet": "\0"},
]  # fmt: skip


@pytest.mark.parametrize("parameters", HOSTILE, ids=str)
def test_what_is_typed_after_an_address_never_breaks_a_page(
    reader: Client, mixed: None, parameters: dict[str, str]
) -> None:
    places = ["", "2015/", "2015/11/", "2015/11/21/", "undated/", "latest/", "day/11/21/"]
    for address in ("/", "/outlets/", "/outlets/riwaq/", "/help/", *(f"/browse/{place}" for place in places)):
        response = reader.get(address, parameters)
        assert response.status_code in {200, 404}, address
        assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/browse/", "/browse/2015/", "/browse/2015/11/", "/outlets/", "/browse/latest/"]
)
def test_an_empty_archive_says_that_it_holds_nothing(reader: Client, address: str) -> None:
    assert "لا شيء محفوظ" in get(reader, address) or "لا مقالات" in get(reader, address)


def test_a_long_day_is_read_page_by_page(reader: Client, make_article: MakeArticle) -> None:
    for _ in range(60):
        make_article()
    assert headlines(get(reader, "/browse/2015/11/21/")) == 50
    assert headlines(get(reader, "/browse/2015/11/21/", page="2")) == 10
    assert headlines(get(reader, "/browse/2015/11/21/", page="99")) == 10
    assert headlines(get(reader, "/browse/2015/11/21/", page="x")) == 50


def test_an_outlet_says_its_names_and_its_stretch(
    reader: Client, make_article: MakeArticle, make_outlet: Callable[..., Outlet]
) -> None:
    outlet = make_outlet("riwaq", "الرواق", name_latin="Al-Riwaq", aliases=["جريدة <الرواق>"])
    make_article(outlet=outlet, published=Day(2012, 5, 3))
    make_article(outlet=outlet)
    page = get(reader, "/outlets/riwaq/")
    assert "مقالان، مايو 2012 – نوفمبر 2015" in page
    assert "جريدة &lt;الرواق&gt;" in page
    assert "Al-Riwaq" in page
    assert headlines(page) == 2


def test_the_front_page_shows_this_day_of_other_years(
    reader: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: Day(2026, 11, 21))
    make_article(title="من سنة 2014", published=Day(2014, 11, 21))
    make_article(title="من سنة 2015")
    page = get(reader, "/")
    assert re.findall(r'class="year">(\d+)', page) == ["2015", "2014"]


def test_where_nothing_is_of_this_day_the_front_page_shows_the_nearest_day_of_each_year(
    reader: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: Day(2024, 2, 29))
    make_article(title="أقرب", published=Day(2015, 3, 2))
    make_article(title="قريب", published=Day(2015, 2, 1))
    make_article(title="من سنة أخرى", published=Day(2013, 2, 27))
    make_article(title="بعيد", published=Day(2012, 9, 1))
    page = get(reader, "/")
    assert "لا شيء محفوظ من 29 فبراير في أيّ سنة" in page
    assert re.findall(r'class="year">(\d+)', page) == ["2015", "2013"]
    assert "2 مارس" in page.partition("أقرب الأيّام")[2]
