"""The trends page and its files, on the sample collection."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from archive.models import Article
from archive.selectors.browse import held_counts
from search.forms import parse_address
from search.service import search
from search.trends.asked import MOST_LINES, Measure, Scale, read
from search.trends.chart import chart_of
from search.trends.held import Held, Holding, Holdings
from search.trends.lines import Line
from search.trends.periods import Axis, Period, axis_of
from search.types import SearchRequest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def archive(sample_archive: None, db: None) -> None:
    """The sample collection, and the database with it."""


@pytest.fixture
def page(archive: None, client: Client) -> Callable[[str], str]:
    """A page as text."""

    def get(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return str(response.content.decode())

    return get


def links(html: str) -> Iterator[tuple[str, int]]:
    """The links of the tables with the count that stands on each."""
    for table in re.findall(r"<tbody>.*?</tfoot>", html, re.DOTALL):
        for address, count in re.findall(r'<td><a href="([^"]+)"[^>]*>([\d,]+)</a>', table):
            yield unescape(address), int(count.replace(",", ""))


@pytest.mark.parametrize("by", list(Scale))
@pytest.mark.parametrize("more", ["", "&lines=outlets", "&show=rate"], ids=["counts", "outlets", "rates"])
def test_every_count_leads_to_as_many_hits(page: Callable[[str], str], by: Scale, more: str) -> None:
    bounds = "&from=2015-01&to=2015-06" if by is Scale.DAY else ""
    html = page(f"/trends/?q=السد&by={by}{bounds}{more}")
    found = list(dict(links(html)).items())
    assert found
    for address, count in found[:12] + found[-3:]:
        assert search(parse_address(QueryDict(urlsplit(address).query)).request).total == count


def test_five_queries_are_drawn_and_a_sixth_is_said_to_be_left_out(page: Callable[[str], str]) -> None:
    words = ["السد", "الماء", "المدينة", "المدرسة", "الوزير", "النهر"]
    html = page("/trends/?" + "&".join(f"q={word}" for word in words))
    assert len(re.findall(r'class="line l\d" d="M\d', html)) == MOST_LINES * 2
    assert "النهر" in html
    assert "q=<b>" in html
    assert 'type="search"' not in html


def test_a_mistake_in_a_query_is_explained_in_place_and_the_rest_drawn(page: Callable[[str], str]) -> None:
    html = page('/trends/?q=السد "&q=الماء&by=week')
    assert 'class="mistakes"' in html
    assert "by=<b>week</b>" in html
    assert html.count('class="chip"') == 2


def test_without_a_query_there_is_a_box_and_what_is_held(page: Callable[[str], str]) -> None:
    html = page("/trends/")
    assert 'name="q"' in html
    assert 'class="held chart"' in html
    assert 'class="as-table"' not in html


def test_an_outlet_that_is_not_known_is_said_to_be_left_out(page: Callable[[str], str]) -> None:
    assert "outlet=<b>nobody</b>" in page("/trends/?q=السد&outlet=nobody")


def test_lines_by_outlet_are_those_asked_for(page: Callable[[str], str]) -> None:
    html = page("/trends/?q=السد&lines=outlets&outlet=riwaq&outlet=qandil&lang=en")
    assert len(re.findall(r'class="chip"', html)) == 2


def test_the_oldest_is_at_the_right_in_arabic_and_at_the_left_in_english(page: Callable[[str], str]) -> None:
    arabic, english = page("/trends/?q=السد&by=year&lang=ar"), page("/trends/?q=السد&by=year&lang=en")

    def ticks(html: str) -> list[tuple[float, str]]:
        svg = re.findall(r'<svg class="ticks".*?</svg>', html, re.DOTALL)[0]
        return sorted((float(x), label) for x, label in re.findall(r'x="([\d.]+)%"[^>]*>(\d+)<', svg))

    years = [label for _x, label in ticks(english)]
    assert years == sorted(years)
    assert [label for _x, label in ticks(arabic)] == years[::-1]
    assert "الأقدم إلى اليمين" in arabic


def test_no_answer_asks_the_database_more_than_a_dozen_times(
    archive: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (
        "/trends/",
        "/trends/?q=السد&q=outlet:الرواق&q=الماء",
        "/trends/?q=السد&lines=outlets&show=rate",
        "/trends.csv?q=السد",
        "/trends.svg?q=السد",
    ):
        with django_assert_max_num_queries(12):
            client.get(address)


def test_without_an_index_the_page_and_its_files_say_so(
    archive: None, client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "none")}}
    response = client.get("/trends/?q=السد&lang=en")
    assert response.status_code == 503
    assert "cannot be searched yet" in response.content.decode()
    assert client.get("/trends.csv?q=السد").status_code == 503


# -- files ------------------------------------------------------------------------------------------------


def test_csv_has_a_mark_for_spreadsheets_the_query_the_day_and_sums_to_the_total(
    archive: None, client: Client
) -> None:
    response = client.get("/trends.csv", {"q": ["السد", "-الماء"], "by": "month"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {row["retrieved"] for row in rows} == {str(datetime.datetime.now(datetime.UTC).date())}
    assert {row["query"] for row in rows} == {"السد", "'-الماء"}
    counted = sum(int(row["articles"] or 0) for row in rows if row["query"] == "السد")
    assert counted == search(SearchRequest(query="السد")).total
    assert all(row["articles"] == "" for row in rows if row["held"] == "0")
    assert any(row["held"] == "0" for row in rows)


def test_svg_stands_alone_with_its_fonts_and_direction(archive: None, client: Client) -> None:
    for language, anchor in (("ar", "end"), ("en", "start")):
        response = client.get("/trends.svg", {"q": '<"السد">', "by": "year", "lang": language})
        assert response["Content-Type"] == "image/svg+xml"
        text = response.content.decode()
        root = ElementTree.fromstring(text)
        title = next(root.iter(f"{SVG}text"))
        assert title.get("text-anchor") == anchor
        assert "IBM Plex Sans Arabic" in text
        assert "Amiri" in text
        assert "var(" not in text
        assert "class=" not in text


def test_png_is_the_same_drawing_in_more_pixels(archive: None, client: Client) -> None:
    address = "/trends.{}?q=السد&q=الماء&by=year"
    root = ElementTree.fromstring(client.get(address.format("svg")).content)
    response = client.get(address.format("png"))
    assert response["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(response.content))
    assert picture.width == 1.5 * int(root.get("width") or 0)
    assert picture.height == 1.5 * int(root.get("height") or 0)
    colours = {colour for _count, colour in picture.convert("RGB").getcolors(1_000_000) or []}
    assert {(0x1D, 0x4B, 0x73), (0x9C, 0x1B, 0x1F)} <= colours


@pytest.mark.parametrize("query", ["السد \x00\x0b ￾", "<&>\"'", "a" * 1500, "\u202e\u2067السد"])
@pytest.mark.parametrize("form", ["svg", "png", "csv"])
def test_whatever_is_typed_makes_a_file(archive: None, client: Client, form: str, query: str) -> None:
    assert client.get(f"/trends.{form}?q={quote(query)}&by=year").status_code == 200


# -- drawing ----------------------------------------------------------------------------------------------


def years(first: int, last: int) -> Axis:
    periods = tuple(
        Period(str(year), datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        for year in range(first, last + 1)
    )
    return Axis(Scale.YEAR, periods, (Scale.YEAR,))


def line(counts: list[int], available: list[int]) -> Line:
    return Line("خط", SearchRequest(), tuple(counts), tuple(available), sum(counts), 0, 0, 0)


def holdings(held: list[Held]) -> Holdings:
    one = Holding("الرواق", "riwaq", "/outlets/riwaq/", tuple(held), 0, 1)
    return Holdings((one,), one)


F, N = Held.FULL, Held.NOTHING


def test_a_line_breaks_where_nothing_is_available_and_is_nought_where_nothing_was_found() -> None:
    chart = chart_of(
        [line([4, 0, 0, 2], [9, 9, 0, 9])],
        years(2012, 2015),
        holdings([F, F, N, F]),
        Measure.COUNT,
        right_to_left=False,
    )
    (drawn,) = chart.lines
    assert drawn.path == "M125 0L375 320M872 160h6"
    assert [dot.number for dot in drawn.dots] == [0, 3]
    assert chart.gaps == (("500", "250"),)


def test_in_arabic_the_same_is_drawn_from_the_right() -> None:
    chart = chart_of(
        [line([4, 0, 0, 2], [9, 9, 0, 9])],
        years(2012, 2015),
        holdings([F, F, N, F]),
        Measure.COUNT,
        right_to_left=True,
    )
    assert chart.lines[0].path == "M875 0L625 320M122 160h6"
    assert chart.gaps == (("250", "250"),)


@pytest.mark.parametrize(
    ("highest", "measure", "labels"),
    [
        pytest.param(1, Measure.COUNT, ["1"], id="one"),
        pytest.param(3, Measure.COUNT, ["1", "2", "3"], id="few"),
        pytest.param(11, Measure.COUNT, ["5", "10", "15"], id="no halves of an article"),
        pytest.param(100, Measure.COUNT, ["20", "40", "60", "80", "100"], id="on the top line"),
        pytest.param(120, Measure.COUNT, ["25", "50", "75", "100", "125"], id="quarters of a hundred"),
        pytest.param(1_001, Measure.COUNT, ["250", "500", "750", "1,000", "1,250"], id="thousands"),
        pytest.param(3, Measure.RATE, ["1", "2", "3"], id="rate"),
        pytest.param(0, Measure.RATE, ["0.2"], id="nothing"),
    ],
)
def test_axis_ends_near_the_highest_point(highest: int, measure: Measure, labels: list[str]) -> None:
    chart = chart_of(
        [line([highest], [1_000])], years(2015, 2015), holdings([F]), measure, right_to_left=True
    )
    assert [one.label for one in chart.grid] == labels
    assert chart.grid[-1].at == 0


@given(st.integers(min_value=1, max_value=10**9))
def test_at_most_two_fifths_of_the_height_are_empty(highest: int) -> None:
    chart = chart_of(
        [line([highest], [highest])], years(2015, 2015), holdings([F]), Measure.COUNT, right_to_left=True
    )
    top = float(chart.grid[-1].label.replace(",", ""))
    assert highest <= top <= highest * 5 / 3
    assert len(chart.grid) <= 5


def test_rates_are_of_a_thousand_available() -> None:
    one = line([4, 0], [8, 0])
    assert one.values(Measure.RATE) == (500, None)
    assert one.values(Measure.COUNT) == (4, None)


@pytest.mark.parametrize("ends", [[5, 5, 5, 5, 5], [0, 0, 1, 0, 5], [1, 2, 3, 4, 5]], ids=str)
def test_labels_at_the_ends_never_cover_each_other(ends: list[int]) -> None:
    drawn = chart_of(
        [line([end], [9]) for end in ends],
        years(2015, 2015),
        holdings([F]),
        Measure.COUNT,
        right_to_left=True,
    )
    at = sorted(one.label_at for one in drawn.lines if one.label_at is not None)
    assert len(at) == len(ends)
    assert all(later - earlier > 0.08 for earlier, later in pairwise(at))
    assert at[0] >= 0
    assert at[-1] <= 1


@pytest.mark.parametrize(
    ("address", "scale", "points"),
    [
        ("from=2015-03&to=2015-04", Scale.DAY, None),
        ("from=2013&to=2015", Scale.MONTH, None),
        ("by=year", Scale.YEAR, None),
        ("from=2015-02-27&to=2015-03-02&by=month", Scale.MONTH, 2),
    ],
    ids=["two-months", "three-years", "asked-for", "cut-by-dates"],
)
def test_points_are_as_fine_as_the_time_leaves_room_for(
    archive: None, address: str, scale: Scale, points: int | None
) -> None:
    axis = axis_of(read(QueryDict(address)).request, held_counts())
    assert axis is not None
    assert axis.scale is scale
    assert points is None or len(axis.periods) == points
    assert scale in axis.scales


def test_days_are_not_offered_for_very_long_times(archive: None) -> None:
    axis = axis_of(read(QueryDict("by=day")).request, held_counts())
    assert axis is not None
    assert Scale.DAY not in axis.scales
    assert axis.scale is not Scale.DAY


def test_days_with_nothing_are_counted_for_each_outlet(archive: None, page: Callable[[str], str]) -> None:
    html = page("/trends/?outlet=riwaq&from=2015-03&to=2015-03&lang=en")
    days = (
        Article.objects.shown()
        .filter(outlet__slug="riwaq", published__year=2015, published__month=3)
        .filter(published_precision__in=["day", "time"])
        .values_list("published")
        .distinct()
        .count()
    )
    held = html[html.index('class="holdings"') :]
    (missing,) = re.findall(r"(\d+) days? with nothing", held)
    axis = axis_of(read(QueryDict("from=2015-03&to=2015-03&outlet=riwaq")).request, held_counts())
    assert axis is not None
    assert int(missing) == axis.days - days
