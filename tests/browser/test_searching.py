"""Searches answered within the page, and the concordance, in a real browser: with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.test_accessibility import OPEN_ALL, PHONE, WIDE
from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]
WORD = "السد"


@pytest.fixture
def archive(live_server: object) -> None:
    """The sample collection, taken in and indexed."""
    load_sample()


class Loads:
    """What a page asked for: whole pages, and fragments of them."""

    def __init__(self, page: Page) -> None:
        self.pages = self.fragments = 0
        page.on("request", lambda request: self._count(request.is_navigation_request(), request.headers))

    def _count(self, navigation: bool, headers: dict[str, str]) -> None:
        self.pages += navigation
        self.fragments += "x-fragment" in headers


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def count(page: Page) -> str:
    return page.locator("#count").inner_text()


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def start(cell: Locator) -> float:
    box = cell.bounding_box()
    assert box
    return box["x"]


def settle(page: Page, parameter: str, value: str | None) -> None:
    """Wait until the address says so and the answer stands."""
    if value is None:
        page.wait_for_url(lambda url: f"{parameter}=" not in url)
    else:
        page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(parameter) == [value])
    page.locator("#answer:not([aria-busy])").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_filters_steps_and_views_lead_to_the_same_with_and_without_javascript(
    archive: None, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(java_script_enabled=javascript, viewport=WIDE)
    page.goto(f"/search/?q={WORD}&lang=en")
    loads = Loads(page)
    page.locator('section[aria-labelledby="facet-year"] li a').first.click()
    page.wait_for_url("**year=*")
    page.locator(".ladder a").nth(2).click()
    settle(page, "level", "inflected")
    page.locator('nav[data-keeps="views"] a').nth(1).click()
    settle(page, "view", "concordance")
    page.get_by_role("link", name="Sort by the word before").click()
    settle(page, "order", "before")
    assert set(parameters(page)) == {"q", "level", "year", "view", "order"}
    lines = int(re.sub(r"\D", "", count(page).split("of ")[-1].split("place")[0]) or 1)
    assert page.locator(".kwic tbody tr").count() == min(lines, 50)
    assert (loads.pages, loads.fragments) == ((0, 4) if javascript else (4, 0))


def test_back_and_forward_show_what_stood_there(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}&lang=en")
    first, title = count(page), page.title()
    loads = Loads(page)
    page.locator(".ladder a").first.click()
    settle(page, "level", "exact")
    second = count(page)
    page.locator("#q").fill("المدينة")
    page.locator("#q").press("Enter")
    settle(page, "q", "المدينة")
    third = count(page)
    page.go_back()
    settle(page, "q", WORD)
    assert count(page) == second
    assert page.locator("#q").input_value() == WORD
    page.go_back()
    settle(page, "level", None)
    assert (count(page), page.title()) == (first, title)
    page.go_forward()
    settle(page, "level", "exact")
    page.go_forward()
    settle(page, "q", "المدينة")
    assert count(page) == third
    assert loads.pages == 0


def test_page_can_be_left_and_come_back_to(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}&lang=en")
    page.locator(".ladder a").first.click()
    settle(page, "level", "exact")
    stood = count(page)
    page.locator(".hit h3 a").first.click()
    page.wait_for_url("**/articles/**")
    page.go_back()
    settle(page, "level", "exact")
    assert count(page) == stood
    assert page.locator(".masthead").count() == 1, "the whole page, not the fragment"


def test_focus_stays_where_the_reader_works_and_the_count_is_said(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}&lang=en&size=5")
    page.locator(".ladder a").first.focus()
    page.keyboard.press("Enter")
    settle(page, "level", "exact")
    assert "Exact" in focus(page)
    assert page.locator("#said").inner_text() == count(page)
    page.locator('.paging a[rel="next"]').click()
    settle(page, "page", "2")
    assert focus(page) == "count"
    assert page.locator("#said").inner_text() == count(page)
    page.locator("#q").fill("قققغغغ")
    page.keyboard.press("Enter")
    settle(page, "q", "قققغغغ")
    assert page.locator("#said").inner_text() == page.locator("#answer h2").first.inner_text()


def test_language_links_lead_to_the_search_that_is_shown(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}&lang=en")
    page.locator(".ladder a").first.click()
    settle(page, "level", "exact")
    page.locator("header a[hreflang]").click()
    page.wait_for_url("**lang=ar**")
    assert parameters(page)["level"] == ["exact"]
    assert page.locator("html").get_attribute("lang") == "ar"


@pytest.mark.parametrize("failure", ["refused", "an error", "another page"])
def test_whatever_fails_the_reader_gets_the_page(archive: None, open_page: OpenPage, failure: str) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}&lang=en")

    def fail(route: Route) -> None:
        if "x-fragment" not in route.request.headers:
            route.continue_()
        elif failure == "refused":
            route.abort()
        else:
            route.fulfill(status=500 if failure == "an error" else 200, body="<p>something else</p>")

    page.route("**/search/**", fail)
    loads = Loads(page)
    page.locator(".ladder a").first.click()
    settle(page, "level", "exact")
    page.locator(".ladder [aria-current]", has_text="Exact").wait_for()
    assert loads.pages == 1


def test_skip_link_and_new_tabs_are_left_to_the_browser(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}")
    loads = Loads(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focus(page) == "main"
    with page.context.expect_page() as opened:
        page.locator(".ladder a").first.click(modifiers=["Control"])
    opened.value.wait_for_url("**level=exact**")
    assert (loads.pages, loads.fragments) == (0, 0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_lines_are_aligned_on_the_word_and_lead_to_it(
    archive: None, open_page: OpenPage, language: str, javascript: bool
) -> None:
    page = open_page(java_script_enabled=javascript, viewport=WIDE)
    page.goto(f"/search/?q={WORD}&view=concordance&lang={language}")
    boxes = page.locator("td.key-word").all()
    assert len(boxes) > 5
    assert len({round(start(box)) for box in boxes}) == 1, "one under the other"
    first = page.locator(".kwic tbody tr").first
    before, after, source = (first.locator(cell) for cell in (".before", ".after-word", ".src"))
    assert start(after) < start(boxes[0]) < start(before), "Arabic runs from right to left in either language"
    assert (start(source) > start(before)) == (language == "ar"), "the source stands at the page's beginning"
    first.locator(".key-word a").click()
    page.wait_for_url("**/articles/**")
    assert page.locator("article mark").count() >= 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_lines_are_paragraphs_on_a_phone(archive: None, open_page: OpenPage, language: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"/search/?q={WORD}&view=concordance&lang={language}")
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]
    row = page.locator(".kwic tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "block"
    assert page.locator(".kwic thead a").first.is_visible(), "lines can be sorted here too"


def test_file_of_all_places_is_downloaded(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE, accept_downloads=True)
    page.goto(f"/search/?q={WORD}&view=concordance&lang=en")
    page.locator(".result-bar .menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert re.fullmatch(r"arshif-concordance-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")


CONCORDANCES = (
    f"/search/?q={WORD}&view=concordance",
    f"/search/?q={WORD} المدينة&view=concordance&order=date&unit=2",
    '/search/?q="سد أم الجداول"&view=concordance&order=outlet',
    "/search/?q=Halden&view=concordance&order=before",
    "/search/?q=outlet:الرواق&view=concordance",
    f"/search/?q={WORD}&from=2015-03&to=2015-03",
)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark"), ("ar", "dark")])
def test_axe_finds_nothing_wrong_with_concordances_and_days(
    archive: None, open_page: OpenPage, language: str, scheme: str, viewport: dict[str, int]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, axe, wrong = open_page(viewport=viewport, color_scheme=scheme), Axe(), []
    for address in CONCORDANCES:
        page.goto(f"{address}&lang={language}")
        page.evaluate(OPEN_ALL)
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(address, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], (address, width)
    assert wrong == []
