"""A served archive judged by axe as its readers meet it: a real collection where it is, in opposite ways."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.test_accessibility import PHONE, WIDE, found_by_axe
from tests.browser.test_every_promise import NOTHING, PAGES, first_article

if TYPE_CHECKING:
    from tests.browser.conftest import Visit
    from tests.browser.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


@pytest.mark.parametrize(
    ("language", "scheme", "viewport"),
    [
        pytest.param("ar", "dark", WIDE, id="Arabic, dark, wide"),
        pytest.param("en", "light", PHONE, id="English, light, phone"),
    ],
)
def test_axe_finds_nothing_wrong_with_a_served_archive(
    served_once: Served, visit_once: Visit, language: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = visit_once(viewport=viewport, color_scheme=scheme)
    first_article(page, served_once)
    article = urlsplit(page.url).path
    told = {"word": served_once.word, "other": served_once.collection.other, "nothing": NOTHING}
    found = tuple(address.format(**told) for address in PAGES)
    assert found_by_axe(page, (*found, article, f"{article}?evidence=1", f"{article}source/"), language) == []
