"""A reader's way through the archive in a real browser: home, search, filters, article, source.

Walked in both languages, with JavaScript and without, on a wide screen and on a phone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ONE_COLUMN = 56 * 16
"""Pixels (56rem) below which the stylesheet puts the filters behind a checkbox."""
DIRECTIONS = {"ar": "rtl", "en": "ltr"}
WORD = "السد"


class Watched:
    """A page, and whatever it did that no page of the archive may do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self._note("console", message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self._not_loaded(request.url, request.failure))

    def _not_loaded(self, url: str, why: str | None) -> None:
        """Something missing, or of another host (which is refused); not what the next page cut short."""
        if why != "net::ERR_ABORTED":
            self.complaints.append(f"not loaded: {url} ({why})")

    def _note(self, *said: str) -> None:
        if said[1] in {"error", "warning"}:
            self.complaints.append(": ".join(said))

    def stands_well(self, language: str) -> None:
        """The page runs the right way, fits its screen, and nothing went wrong on the way to it."""
        root = self.page.locator("html")
        assert root.get_attribute("lang") == language
        assert root.get_attribute("dir") == DIRECTIONS[language]
        width = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert width[0] <= width[1], f"{self.page.url[:120]} is {width[0]} wide on a screen of {width[1]}"
        assert self.complaints == []


@pytest.fixture
def archive(live_server: object) -> None:
    """The sample collection, taken in and indexed."""
    load_sample()


@pytest.fixture(params=["ar", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def walker(request: pytest.FixtureRequest, archive: None, open_page: OpenPage, javascript: bool) -> Watched:
    return Watched(open_page(java_script_enabled=javascript, viewport=request.param))


def figure(text: str) -> int:
    return int(text.replace(",", ""))


def total(page: Page) -> int:
    """What the page says it found: the current step of the ladder."""
    return figure(page.locator(".ladder [aria-current] b").inner_text())


def answered(page: Page, address: str) -> None:
    """Wait for the answer that an address is of: with JavaScript it comes into the page that is there."""
    page.wait_for_url(address)
    page.locator("#answer:not([aria-busy])").wait_for()


def open_filters(page: Page) -> None:
    """On a phone the filters are behind a checkbox, which works without JavaScript.

    Which screen it is says the width: the checkbox shows on any until the stylesheet is there.
    """
    if page.viewport_size and page.viewport_size["width"] < ONE_COLUMN:
        page.locator("#facets").check()


def first_value(page: Page, facet: str) -> Locator:
    return page.locator(f'section[aria-labelledby="facet-{facet}"] li:not(.unknown)').first


def test_reader_walks_from_the_front_page_to_the_source(walker: Watched, language: str) -> None:
    page = walker.page
    page.goto(f"/?lang={language}")
    walker.stands_well(language)

    page.locator("#q").fill(WORD)
    page.locator("form[role=search] .button.main").click()
    page.wait_for_url("**/search/?*")
    walker.stands_well(language)
    assert page.locator("#q").get_attribute("dir") == "rtl"
    assert page.locator(".chip").count() == 1
    found = total(page)
    assert found > 1

    for facet in ("outlet", "year"):
        open_filters(page)
        value = first_value(page, facet)
        count = figure(value.locator(".tally").inner_text())
        value.locator("a").click()
        answered(page, f"**{facet}=**")
        walker.stands_well(language)
        assert total(page) == count <= found
    assert page.locator(".chip").count() == 3
    assert {"outlet=", "year="} <= {part[: part.index("=") + 1] for part in page.url.split("?")[1].split("&")}

    page.locator(".hit h3 a").first.click()
    page.wait_for_url("**/articles/**")
    walker.stands_well(language)
    assert page.locator("article mark").count() >= 1
    assert WORD[2:] in page.locator("article mark").first.inner_text().replace("\u0651", "")

    page.locator('a[href$="/source/"]').first.click()
    page.wait_for_url("**/source/")
    walker.stands_well(language)
    assert page.locator(".original .raw").count() >= 1


def test_chips_take_the_filters_away_again(walker: Watched) -> None:
    page = walker.page
    page.goto(f"/search/?q={WORD}")
    found = total(page)
    open_filters(page)
    first_value(page, "year").locator("a").click()
    answered(page, "**year=**")
    assert page.locator(".chip").count() == 2
    page.locator(".chip a").last.click()
    answered(page, f"**/search/?q={quote(WORD)}")
    assert total(page) == found
    walker.stands_well("ar")


def test_form_of_dates_and_outlet_narrows(walker: Watched) -> None:
    page = walker.page
    page.goto(f"/search/?q={WORD}&lang=en")
    open_filters(page)
    page.locator("#from").fill("2012")
    page.locator("#to").fill("2013-12")
    page.locator("form.narrow button").click()
    page.wait_for_url("**from=2012**")
    walker.stands_well("en")
    dates = page.locator(".hit time").evaluate_all(
        "all => all.map(e => e.getAttribute('datetime').slice(0, 4))"
    )
    assert dates
    assert set(dates) <= {"2012", "2013"}


PATHS = (
    "/search/?",
    '/search/?q="سد أم الجداول" -كهرباء أو title:Halden~',
    "/search/?q=قققغغغ&from=2015-13&outlet=nowhere&level=inflected",
    "/search/?q=" + "والفيضانات" * 60,
    "/search/?q=في&size=100&sort=oldest",
    "/search/?q=في&year=2015",
)


def test_search_pages_fit_their_screen(walker: Watched) -> None:
    for address in PATHS:
        for language in DIRECTIONS:
            walker.page.goto(f"{address}&lang={language}")
            walker.stands_well(language)


def test_whole_search_page_can_be_walked_by_keyboard(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"/search/?q={WORD}")
    seen = set()
    for _step in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e);
                if (e === document.body) return null;
                const box = e.getBoundingClientRect();
                return [e.className || e.id || e.textContent.trim().slice(0, 20), style.outlineStyle,
                        parseFloat(style.outlineWidth), box.width * box.height];
            }"""
        )
        if focus is None:
            break
        seen.add(focus[0])
        assert focus[1] == "solid", f"no outline on {focus[0]}"
        assert focus[2] >= 2
        assert focus[3] > 0, f"{focus[0]} has the focus and no size"
    assert {"skip", "q", "button main", "outlet"} <= seen


def test_search_box_turns_with_what_is_typed(archive: None, open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    page.goto("/search/?lang=en")
    box = page.locator("#q")
    assert box.get_attribute("dir") == "ltr"
    box.fill("title:السد")
    assert box.get_attribute("dir") == "rtl"
    box.fill("Halden")
    assert box.get_attribute("dir") == "ltr"
