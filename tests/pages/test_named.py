"""Sections, authors, agencies and places: lists with counts, and a page of articles for each name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from archive.display.matrix import month_by_outlet
from archive.display.times import WIDTH, name_times
from archive.models import Agency, Outlet
from archive.selectors.browse import HeldCount, OutletChoice
from archive.selectors.named import NameKind, name_counts
from archive.selectors.outlets import OutletHolding
from tests.pages.making import MakeArticle

FIELDS: dict[str, Callable[[str], dict[str, Any]]] = {
    "sections": lambda name: {"section": name},
    "places": lambda name: {"place": name},
    "authors": lambda name: {"authors": (name,)},
    "agencies": lambda name: {"agencies": (name,)},
}
Get = Callable[[str], str]


@pytest.fixture
def get(reader: Client) -> Get:
    def page(address: str) -> str:
        response = reader.get(address)
        assert response.status_code == 200, address
        return str(response.content.decode())

    return page


def address_of(kind: str, name: str) -> str:
    key = Agency.objects.get(name=name).slug if kind == "agencies" else quote(name)
    return f"/{kind}/{key}/"


@pytest.mark.parametrize("kind", list(FIELDS))
def test_each_name_stands_with_its_count_on_a_link_to_as_many(
    get: Get, make_article: MakeArticle, kind: str
) -> None:
    for name, count in (("شؤون عربية", 3), ("منوّعات", 1)):
        for _number in range(count):
            make_article(**FIELDS[kind](name))
    make_article(**FIELDS[kind]("مسحوب"), status="withdrawn")
    make_article()
    html = get(f"/{kind}/?lang=en")
    assert "مسحوب" not in html
    found = re.findall(r'<li><a href="([^"]+)"><bdi>([^<]+)</bdi> <span[^>]*>(\d)</span>', html)
    assert [(name, count) for _address, name, count in found] == [("شؤون عربية", "3"), ("منوّعات", "1")]
    for address, _name, count in found:
        assert get(address).count('class="headline') == int(count)


@pytest.mark.parametrize("kind", list(FIELDS))
def test_a_page_of_a_name_narrows_to_an_outlet_and_a_year(
    get: Get, make_article: MakeArticle, make_outlet: Callable[..., Outlet], kind: str
) -> None:
    marsa = make_outlet("marsa", "مرسى اليوم")
    for outlet, year in ((make_outlet(), 2014), (make_outlet(), 2015), (marsa, 2015)):
        make_article(outlet=outlet, published=datetime.date(year, 3, 5), **FIELDS[kind]("ليلى"))
    make_article(published=None, **FIELDS[kind]("ليلى"))
    address = address_of(kind, "ليلى")
    assert get(address).count('class="headline') == 4
    assert get(f"{address}?outlet=riwaq").count('class="headline') == 2
    assert get(f"{address}?outlet=riwaq&year=2015").count('class="headline') == 1
    assert get(f"{address}?outlet=unknown").count('class="headline') == 1
    assert get(f"{address}?year=x").count('class="headline') == 4


@pytest.mark.parametrize("kind", list(FIELDS))
def test_a_name_that_is_not_held_is_not_found(reader: Client, make_article: MakeArticle, kind: str) -> None:
    make_article()
    assert reader.get(f"/{kind}/nobody/").status_code == 404
    assert reader.get(f"/{kind}/").status_code == 200


@pytest.mark.parametrize(
    "address", [*(f"/{kind}/%00/" for kind in FIELDS), "/browse/?outlet=%00", "/browse/2015/?outlet=a%00"]
)
def test_database_is_never_asked_for_a_nul_which_postgresql_refuses(
    reader: Client, make_article: MakeArticle, address: str
) -> None:
    make_article()
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(address).status_code == 404
    assert not [query for query in asked.captured_queries if "\0" in query["sql"]]


def test_a_name_may_hold_a_slash_and_quotation_marks(get: Get, make_article: MakeArticle) -> None:
    for name in ("اقتصاد/نفط", '"رأي"', "ما؟ #1 100%"):
        make_article(section=name)
    for count in name_counts(kind=NameKind.SECTION):
        assert get(f"/sections/{quote(count.key)}/").count('class="headline') == 1


def test_names_link_to_a_search_narrowed_to_them_and_to_their_trend(
    get: Get, make_article: MakeArticle
) -> None:
    make_article(section="اقتصاد", authors=("ليلى حسن",))
    assert f"/search/?section={quote('اقتصاد')}" in get("/sections/اقتصاد/")
    author = get("/authors/ليلى حسن/?lang=en")
    assert f"/search/?q={quote('author:')}%22{quote('ليلى')}+{quote('حسن')}%22" in author
    assert "/trends/?q=author" in author


def test_an_agency_shows_its_other_names(get: Get, make_article: MakeArticle) -> None:
    make_article(agencies=("رويترز",))
    Agency.objects.filter(name="رويترز").update(
        slug="reuters", name_latin="Reuters", aliases=["وكالة رويترز للأنباء"]
    )
    html = get("/agencies/reuters/?lang=en")
    assert "<h1><bdi>Reuters</bdi></h1>" in html
    assert "وكالة رويترز للأنباء" in html


def test_an_outlet_shows_its_first_and_last_article_and_the_calendar_of_its_newest_year(
    get: Get, make_article: MakeArticle, make_outlet: Callable[..., Outlet]
) -> None:
    outlet = make_outlet()
    for title, year in (("الأول في العدد", 2013), ("أوسط الأخبار", 2014), ("الأخير في العدد", 2015)):
        make_article(outlet=outlet, title=title, published=datetime.date(year, 3, 5))
    make_article(
        outlet=outlet, title="بلا يوم", published=datetime.date(2012, 1, 1), published_precision="year"
    )
    html = get("/outlets/riwaq/?lang=en")
    names = html[html.index('<dl class="names">') : html.index("</dl>")]
    assert names.index("الأول في العدد") < names.index("الأخير في العدد")
    assert "بلا يوم" not in names
    assert html.count('<section class="month">') == 12
    assert "Nothing is held from 364 days" in html


def test_a_month_stands_by_outlet_and_day_with_what_is_missing(
    get: Get, make_article: MakeArticle, make_outlet: Callable[..., Outlet]
) -> None:
    for slug, days in (("riwaq", (1, 1, 2)), ("marsa", (9,))):
        for day in days:
            make_article(outlet=make_outlet(slug, slug), published=datetime.date(2015, 11, day))
    html = get("/browse/2015/11/?lang=en")
    matrix = html[html.index('class="matrix"') : html.index("</table>", html.index('class="matrix"'))]
    links = re.findall(r'href="([^"]+/\d\d/)\?outlet=(\w+)">(\d+)<', matrix)
    assert sorted((slug, address[-3:-1], count) for address, slug, count in links) == [
        ("marsa", "09", "1"),
        ("riwaq", "01", "2"),
        ("riwaq", "02", "1"),
    ]
    assert re.findall(r'<td class="sum num">(\d+)</td>', matrix) == ["28", "29"]
    assert 'class="matrix"' not in get("/browse/2015/11/?outlet=riwaq")


def test_days_beside_this_day_of_any_year_are_linked(get: Get, make_article: MakeArticle) -> None:
    make_article(published=datetime.date(2015, 2, 28))
    html = get("/browse/day/02/28/")
    assert 'href="/browse/day/02/27/"' in html
    assert 'href="/browse/day/02/29/"' in html


# -- drawing ----------------------------------------------------------------------------------------------

DAYS = st.dates(datetime.date(2014, 1, 1), datetime.date(2016, 12, 31))


def held(*days: datetime.date) -> list[HeldCount]:
    return [HeldCount(None, day, "day", 1) for day in days]


@given(own=st.lists(DAYS, min_size=1, max_size=20), others=st.lists(DAYS, max_size=20), rtl=st.booleans())
def test_bars_stand_where_articles_are_and_hatching_where_nothing_at_all_is(
    own: list[datetime.date], others: list[datetime.date], rtl: bool
) -> None:
    times = name_times(held(*own), held(*own, *others), right_to_left=rtl)
    assert times is not None
    assert sum(year.articles for year in times.years) == len(own)
    assert all(0 <= bar.x <= WIDTH and bar.x + bar.width <= WIDTH + 0.5 for bar in times.bars)
    edges = sorted((bar.x, bar.x + bar.width) for bar in times.bars)
    assert all(later[0] >= earlier[1] - 0.5 for earlier, later in pairwise(edges))


def test_time_runs_with_reading() -> None:
    days = held(datetime.date(2015, 1, 1), datetime.date(2015, 1, 10))
    left = name_times(days[:1], days, right_to_left=False)
    right = name_times(days[:1], days, right_to_left=True)
    assert left is not None
    assert right is not None
    assert min(bar.x for bar in left.bars if not bar.gap) < WIDTH / 2
    assert max(bar.x for bar in right.bars if not bar.gap) > WIDTH / 2
    assert sum(bar.gap for bar in left.bars) == 8


def test_what_is_known_to_the_month_fills_no_day() -> None:
    counts = (HeldCount(1, datetime.date(2015, 2, 1), "month", 4),)
    outlet = Outlet(slug="riwaq", name="الرواق")
    matrix = month_by_outlet(datetime.date(2015, 2, 1), [OutletHolding(OutletChoice(outlet), 4, 0, counts)])
    assert matrix.rows[0].days_missing == 28
