"""Every kind of page judged by axe, in both languages, light and dark, on a wide screen and on a phone.

Each page is judged in two of the eight ways at least, and in all of them in the long tests. The pages of an
account are judged in `test_desk.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from archive.models import Article
from archive.selectors.named import NameKind, name_counts
from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
EVEN, ODD = slice(0, None, 2), slice(1, None, 2)
WAYS = [
    pytest.param("ar", "light", WIDE, EVEN, id="Arabic, light, wide"),
    pytest.param("en", "dark", PHONE, EVEN, id="English, dark, phone"),
    pytest.param("ar", "dark", PHONE, ODD, id="Arabic, dark, phone"),
    pytest.param("en", "light", WIDE, ODD, id="English, light, wide"),
]
"""Every page in both languages, light and dark, wide and narrow; in all eight ways it is a long test."""
EVERY_WAY = list(product(("ar", "en"), ("light", "dark"), (WIDE, PHONE)))
OPEN_ALL = """() => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    for (const box of document.querySelectorAll("#facets, #evidence")) box.checked = true;
}"""


@pytest.fixture
def pages(live_server: object) -> tuple[str, ...]:
    """An address of every kind of page of the sample collection."""
    load_sample()
    dated = Article.objects.filter(published__isnull=False)
    printed, vowelled = dated.get(title__contains="Halden"), Article.objects.get(title__contains="مِيزَان")
    derived = Article.objects.filter(title="").first()
    assert derived is not None
    record = Article.objects.filter(source__format="jsonl").first()
    assert record is not None
    withdrawn = Article.objects.exclude(pk__in=[printed.pk, vowelled.pk, derived.pk, record.pk]).last()
    assert withdrawn is not None
    Article.objects.filter(pk=withdrawn.pk).update(status=Article.Status.WITHDRAWN)
    return (
        "/",
        "/search/",
        "/search/?q=السد",
        '/search/?q="سد أم الجداول" ( أو&from=2015-13&year=2013',
        "/search/?q=قققغغغ&level=inflected",
        "/search/?q=السد&year=2015&sort=oldest&size=5",
        "/search/?q=السد&outlet=riwaq&from=2015-03&to=2015-03",
        "/search/?q=السد&view=concordance&order=before",
        f"{printed.get_absolute_url()}?q=الاندماج",
        f"{printed.get_absolute_url()}?evidence=1",
        vowelled.get_absolute_url(),
        derived.get_absolute_url(),
        f"{printed.get_absolute_url()}source/",
        f"{record.get_absolute_url()}source/",
        "/outlets/",
        "/outlets/riwaq/",
        "/browse/",
        "/browse/2015/",
        "/browse/2015/?outlet=riwaq",
        "/browse/2015/03/",
        "/browse/2015/03/?outlet=riwaq",
        "/browse/2015/03/05/",
        "/browse/undated/",
        "/browse/latest/",
        "/browse/day/11/22/",
        "/trends/",
        "/trends/?q=السد&q=الماء&q=الوزير&by=month&show=rate",
        '/trends/?q=السد "&lines=outlets&by=year&outlet=riwaq&outlet=qandil',
        "/sections/",
        "/agencies/",
        "/authors/?order=name",
        "/places/",
        *(reverse("archive:name", args=[kind, name_counts(kind=kind)[0].key]) for kind in NameKind),
        "/help/",
        "/desk/",
        "/login/",
        "/api/v1/",
        f"{printed.get_absolute_url()}similar/",
        "/no-such-page/",
        withdrawn.get_absolute_url(),
    )


@pytest.mark.parametrize(("language", "scheme", "viewport", "share"), WAYS)
def test_axe_finds_nothing_wrong_with_any_page(
    pages: tuple[str, ...],
    open_page: OpenPage,
    language: str,
    scheme: str,
    viewport: dict[str, int],
    share: slice,
) -> None:
    page = open_page(viewport=viewport, color_scheme=scheme)
    assert found_by_axe(page, pages[share], language) == []


@pytest.mark.long
@pytest.mark.parametrize(("language", "scheme", "viewport"), EVERY_WAY)
def test_axe_finds_nothing_wrong_with_any_page_in_any_way(
    pages: tuple[str, ...], open_page: OpenPage, language: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport, color_scheme=scheme)
    assert found_by_axe(page, pages, language) == []


def found_by_axe(page: Page, addresses: tuple[str, ...], language: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds wrong with pages, all of them unfolded: the address, the rule, where it stands."""
    from axe_playwright_python.sync_playwright import Axe

    axe, wrong = Axe(), []
    for address in addresses:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.evaluate(OPEN_ALL)
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(address, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
    return wrong


OUTLINED = """const outlined = (element) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const drawn = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
    return drawn && box.width * box.height > 1;
};"""
FOCUS_ALL = f"""() => {{
    {OUTLINED}
    const reached = "a[href], button, input, select, textarea, summary, [tabindex]";
    const stops = [...document.querySelectorAll(reached)]
        .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility());
    const wrong = [];
    for (const stop of stops) {{
        stop.focus();
        const seen = document.activeElement === stop && [stop, ...(stop.labels ?? [])].some(outlined);
        if (!seen) wrong.push(stop.outerHTML.slice(0, 120));
    }}
    return [stops.length, wrong];
}}"""
"""Focuses what the keyboard can reach, as the keyboard does once it was used; says where no outline is."""


@pytest.mark.parametrize(
    "viewport", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone", marks=pytest.mark.long)]
)
def test_focus_is_seen_on_everything_that_can_have_it(
    pages: tuple[str, ...], open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    for address in pages:
        page.goto(address)
        page.evaluate(OPEN_ALL)
        page.keyboard.press("Tab")
        stops, wrong = page.evaluate(FOCUS_ALL)
        assert stops > 10, address
        assert wrong == [], address


@pytest.mark.long
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_keyboard_walks_each_page_to_its_end_and_its_place_is_seen(
    pages: tuple[str, ...], open_page: OpenPage, language: str
) -> None:
    page = open_page(viewport=WIDE)
    for address in pages:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.evaluate(OPEN_ALL)
        for _step in range(1_500):
            page.keyboard.press("Tab")
            seen = page.evaluate(PLACE)
            if seen is None:
                break
            assert seen == "", (address, seen)
        else:
            pytest.fail(f"{address} has no end for the keyboard")


PLACE = f"""() => {{
    {OUTLINED}
    const now = document.activeElement, box = now.getBoundingClientRect();
    if (now === document.body) return null;
    const seen = box.bottom > 0 && box.top < innerHeight && [now, ...(now.labels ?? [])].some(outlined);
    return seen ? "" : now.outerHTML.slice(0, 120);
}}"""
"""Nothing where the focus is within the window and outlined, else what has it; null past the page's end."""


def test_every_chart_has_a_table_or_a_list_that_says_the_same(
    pages: tuple[str, ...], open_page: OpenPage
) -> None:
    page = open_page()
    charts = 0
    for address in pages:
        page.goto(address)
        for chart in page.locator("figure.chart:has(.bar, .l1), ul.chart").all():
            charts += 1
            assert chart.locator("svg:not([aria-hidden])").count() == 0, address
            assert chart.locator("table td, ol.year-counts li, li.holding .note, li > span").count() > 0, (
                address
            )
    assert charts > 10


def test_keyboard_alone_leads_from_the_search_to_an_article(
    pages: tuple[str, ...], open_page: OpenPage
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("السد")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?*")
    for _step in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.hit h3')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    assert page.locator("article mark").count() >= 1


def test_headings_of_a_page_never_skip_a_level(pages: tuple[str, ...], open_page: OpenPage) -> None:
    page = open_page()
    for address in pages:
        page.goto(address)
        levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => Number(e.tagName[1]))")
        assert levels[:1] == [1], address
        assert levels.count(1) == 1, address
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), address
