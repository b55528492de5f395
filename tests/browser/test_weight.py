"""What each page costs a reader's line, counted as it goes over it: compressed, with all that it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

from tests.browser.serving import Served
from tests.browser.test_every_promise import NOTHING, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., "Page"]
MOST = 80_000
"""Bytes of a page without its fonts."""
MOST_OF_FONTS = 260_000


class Line:
    """What went over the line for a page: bytes of fonts, and of everything else."""

    def __init__(self, page: Page) -> None:
        self.fonts = self.others = 0
        self._kinds: dict[str, str] = {}
        self._session = page.context.new_cdp_session(page)
        self._session.on("Network.responseReceived", self._began)
        self._session.on("Network.loadingFinished", self._ended)
        self._session.send("Network.enable")
        self._session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _began(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _ended(self, event: dict[str, Any]) -> None:
        if self._kinds.get(event["requestId"]) == "Font":
            self.fonts += int(event["encodedDataLength"])
        else:
            self.others += int(event["encodedDataLength"])

    def clear(self) -> None:
        """Count from here."""
        self.fonts = self.others = 0


@pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.long)])
def test_every_page_is_light_and_asks_nothing_of_another_host(
    served_once: Served, visit_once: Visit, language: str
) -> None:
    page, word = visit_once(), served_once.word
    told = {"word": word, "other": served_once.collection.other, "nothing": NOTHING}
    found = re.findall(r'href="(/articles/[^"?]+)', page.request.get(f"/search/?q={quote(word)}").text())
    year = re.findall(r"/browse/\d{4}/", page.request.get("/browse/").text())[0]
    month = re.findall(rf"{year}\d\d/", page.request.get(year).text())[0]
    addresses = [address.format(**told) for address in PAGES]
    addresses += [f"/search/?q={word}&size=100", found[0], f"{found[0]}source/", f"{found[0]}similar/"]
    addresses += [year, month, "/sections/", "/agencies/", "/places/", "/login/", "/no-such-page/"]
    line = Line(page)
    for address in addresses:
        line.clear()
        parameter = "&" if urlsplit(address).query else "?"
        page.goto(f"{address}{parameter}lang={language}", wait_until="networkidle")
        assert 2_000 < line.others <= MOST, f"{address} weighs {line.others:,} bytes without fonts"
        assert line.fonts <= MOST_OF_FONTS, f"{address} asks for {line.fonts:,} bytes of fonts"
