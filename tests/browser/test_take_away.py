"""Taking away in a real browser: a set from its page, with script and without; a citation by its button."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]
WORD = "السد"


@pytest.fixture
def sample(live_server: object) -> None:
    load_sample()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_set_is_fetched_from_the_menu(sample: None, open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(f"/search/?q={WORD}&sort=oldest")
    total = int(page.locator(".ladder [aria-current] b").inner_text().replace(",", ""))
    page.locator("details.menu > summary").click()
    with page.expect_download() as fetched:
        page.locator("details.menu a", has_text="CSV").click()
    name = fetched.value.suggested_filename
    assert name.startswith(f"arshif-{WORD}-")
    with fetched.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == total > 0


@pytest.mark.parametrize(("language", "place"), [("ar", 0), ("en", 1)])
def test_a_citation_is_copied_by_its_own_button(
    sample: None, open_page: OpenPage, language: str, place: int
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/search/?q={WORD}")
    page.locator(".hit h3 a").first.click()
    cited = page.locator(".cite details[open] .cited").nth(place)
    assert cited.locator("blockquote").get_attribute("lang") == language
    cited.locator("button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == cited.locator("blockquote").inner_text().strip()


def test_without_script_there_are_citations_and_no_buttons(sample: None, open_page: OpenPage) -> None:
    from playwright.sync_api import expect

    page = open_page(java_script_enabled=False)
    page.goto(f"/search/?q={WORD}")
    page.locator(".hit h3 a").first.click()
    expect(page.locator(".cited blockquote").first).to_be_visible()
    expect(page.locator(".cited button").first).to_be_hidden()
