"""Every kind of page judged by axe, in both languages, light and dark, on a wide screen and on a phone.

Each page is judged in two of the four ways at least: all of them would take minutes and find the same.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
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
WAYS = [
    pytest.param("ar", "light", WIDE, slice(None), id="Arabic, light, wide"),
    pytest.param("ar", "dark", PHONE, slice(0, None, 2), id="Arabic, dark, phone"),
    pytest.param("en", "dark", WIDE, slice(1, None, 2), id="English, dark, wide"),
    pytest.param("en", "light", PHONE, slice(1, None, 2), id="English, light, phone"),
    pytest.param("en", "dark", PHONE, slice(0, None, 2), id="English, dark, phone"),
]
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
    return (
        "/",
        "/search/",
        "/search/?q=السد",
        '/search/?q="سد أم الجداول" ( أو&from=2015-13&year=2013',
        "/search/?q=قققغغغ&level=inflected",
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
        "/browse/2015/03/",
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
    from axe_playwright_python.sync_playwright import Axe

    page, axe = open_page(viewport=viewport, color_scheme=scheme), Axe()
    wrong = []
    for address in pages[share]:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.evaluate(OPEN_ALL)
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(address, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
    assert wrong == []


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
