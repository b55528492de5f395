"""Trends in a browser: points lead to what they count, queries come and go, files come down."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]


@pytest.fixture
def sample(live_server: object) -> None:
    """The sample collection, served."""
    load_sample()


def hits(page: Page) -> int:
    """How many results the search page says there are."""
    (figure,) = re.findall(r"[\d,]+", page.title())[-1:]
    return int(figure.replace(",", ""))


def test_a_point_leads_to_as_many_hits_and_back_leads_to_the_chart(sample: None, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto("/trends/?q=السد&by=year&lang=en")
    point = page.locator(".plot a").last
    said = point.locator("title").text_content() or ""
    count = int(re.findall(r": ([\d,]+) of", said)[0])
    point.locator("path").scroll_into_view_if_needed()
    at = point.locator("path").evaluate("dot => dot.getBoundingClientRect().toJSON()")
    page.mouse.click(at["x"], at["y"])
    page.wait_for_url("**/search/?*")
    assert hits(page) == count
    page.go_back()
    assert page.locator(".plot .l1").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_queries_are_added_and_taken_away(sample: None, open_page: OpenPage, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/trends/?by=year&show=rate&lang=en")
    for number, word in enumerate(("السد", "الماء"), start=1):
        page.fill("#q", word)
        page.press("#q", "Enter")
        page.wait_for_url(f"**/trends/?*{'q=' if number == 1 else 'q=*q='}*")
        assert page.locator(".chip").count() == number
    assert "show=rate" in page.url
    assert "by=year" in page.url
    page.locator(".chip > a").first.click()
    page.wait_for_load_state()
    assert page.locator(".chip").count() == 1
    assert page.locator(".chip bdi").text_content() == "الماء"


def test_the_table_says_what_the_drawing_shows(sample: None, open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/trends/?q=السد&by=year&lang=en")
    page.locator(".as-table summary").click()
    assert page.locator(".as-table tbody td:nth-child(2) a").count() == page.locator(".plot a").count()
    page.locator(".as-table tfoot a").last.click()
    page.wait_for_url("**/search/?*")
    assert hits(page) > 0


@pytest.mark.parametrize("form", ["SVG", "PNG", "CSV"])
def test_the_chart_comes_down_as_a_file(sample: None, open_page: OpenPage, form: str) -> None:
    page = open_page()
    page.goto("/trends/?q=السد&by=year&lang=en")
    with page.expect_download() as coming:
        page.get_by_role("link", name=form, exact=True).click()
    assert coming.value.suggested_filename.endswith(f".{form.lower()}")
    assert coming.value.path().stat().st_size > 500


def test_a_file_drawn_by_chromium_runs_from_the_right_in_arabic(sample: None, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 1400, "height": 1000})
    page.goto("/trends/?q=السد&by=year&lang=ar")
    text = page.request.get("/trends.svg?q=السد&by=year&lang=ar").text()
    page.set_content(text)
    title, plot = page.locator("text").first.bounding_box(), page.locator("g").first.bounding_box()
    assert title is not None
    assert plot is not None
    assert title["x"] + title["width"] > 1200
    years = page.locator("text").evaluate_all(
        """all => all.map(e => [e.textContent.replace(/[^0-9]/g, ""), e.getBoundingClientRect().x])
                    .filter(([text]) => /^(19|20)\\d\\d$/.test(text))"""
    )
    assert [year for year, _x in sorted(years, key=lambda one: -one[1])] == sorted(year for year, _x in years)


def test_a_phone_never_scrolls_sideways(sample: None, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    for address in ("/trends/?q=السد&q=الماء", "/browse/2015/03/", "/authors/", "/outlets/riwaq/"):
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address
