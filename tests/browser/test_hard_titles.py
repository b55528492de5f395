"""Hard headlines wherever they stand: each in its own direction, its letters where the eye expects them.

What is right says the Unicode bidirectional algorithm, which python-bidi answers for the PDF: Chromium must
set every headline in the same order, so that pages and files agree.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

from archive.display.bidi_lines import atoms_for_the_eye
from archive.display.directions import direction_of_prose
from archive.models import Article
from search.upkeep import rebuild
from tests.archive.builders import take_in
from tests.bidi.titles import HARD, NEIGHBOURS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]
CHARTED = ("begins-latin", "ends-latin-bracket", "nested-quotes", "all-latin", "score")
ON_ONE_LINE = "h1, .hit h3, .cited blockquote { white-space: nowrap !important; font-size: 12px !important }"
MIDDLES = """(element, places) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
    return places.map(place => {
        let node = nodes[0], at = place, number = 0;
        while (at >= node.data.length) { at -= node.data.length; node = nodes[++number]; }
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        return box.x + box.width / 2;
    });
}"""


@pytest.fixture
def archive(live_server: object, tmp_path: Path) -> dict[str, Article]:
    """An article for each headline, by the headline's name."""
    records = [
        {"id": name, "title": title, "body": f"{title}\nقال المراسل إن العنوان رقم {number} صعب."}
        for number, (name, title) in enumerate(HARD.items())
    ]
    articles = take_in(tmp_path / "raw", *records)
    rebuild()
    return {article.external_id: article for article in articles}


def units(text: str, place: int) -> int:
    """A place in a text as JavaScript counts, in units of two bytes."""
    return len(text[:place].encode("utf-16-le")) // 2


def middles(element: Locator, text: str, places: list[int]) -> list[float]:
    found: list[float] = element.evaluate(MIDDLES, [units(text, place) for place in places])
    return found


def words_and_numbers(text: str) -> list[int]:
    """The places of the first letters of words and numbers, in the order in which they are seen."""
    atoms = atoms_for_the_eye(text, right_to_left=direction_of_prose(text) == "rtl")
    return [atom.start for atom in atoms if atom.text[0].isalnum() and atom.text.isprintable()]


def sign(text: str, which: tuple[str, int]) -> int:
    """The place of a sign or word, counted from the first (0) of its kind."""
    place = -1
    for _time in range(which[1] + 1):
        place = text.index(which[0], place + 1)
    return place


@pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.long)])
def test_results_set_every_headline_as_its_letters_ask(
    archive: dict[str, Article], open_page: OpenPage, language: str
) -> None:
    page = open_page(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page.goto(f"/search/?size=100&lang={language}")
    page.add_style_tag(content=ON_ONE_LINE)
    shown = page.locator(".hit h3")
    assert shown.count() == len(archive) == len(HARD)
    for name, article in archive.items():
        title = article.title
        element = page.locator(f'.hit h3:has(a[href*="{article.uid}"])')
        assert element.get_attribute("dir") == direction_of_prose(title), name
        assert element.text_content() == title
        if title.isprintable():
            xs = middles(element, title, words_and_numbers(title))
            assert xs == sorted(xs), f"{name}: the browser's order is not that of the file"
    for name, right, left in NEIGHBOURS:
        title = archive[name].title
        element = page.locator(f'.hit h3:has(a[href*="{archive[name].uid}"])')
        at_right, at_left = middles(element, title, [sign(title, right), sign(title, left)])
        assert at_right > at_left, (name, right, left)


@pytest.mark.long
@pytest.mark.parametrize("language", ["ar", "en"])
def test_articles_and_citations_hold_headlines_apart(
    archive: dict[str, Article], open_page: OpenPage, language: str
) -> None:
    page = open_page(bypass_csp=True, viewport={"width": 1280, "height": 900})
    for name in {name for name, _right, _left in NEIGHBOURS}:
        article = archive[name]
        runs = direction_of_prose(article.title)
        page.goto(f"{article.get_absolute_url()}?lang={language}")
        page.add_style_tag(content=ON_ONE_LINE)
        heading, cited = page.locator("h1"), page.locator(".cited bdi[dir]:not([dir=ltr][lang=en])")
        assert heading.get_attribute("dir") == runs
        assert set(cited.evaluate_all("all => all.map(e => e.dir)")) == {runs}
        assert set(cited.evaluate_all("all => all.map(e => getComputedStyle(e).unicodeBidi)")) == {"isolate"}
        for _name, right, left in (each for each in NEIGHBOURS if each[0] == name):
            at_right, at_left = middles(
                heading, article.title, [sign(article.title, right), sign(article.title, left)]
            )
            assert at_right > at_left, (name, right, left)


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 390])
def test_no_headline_makes_a_page_wider_than_its_screen(
    archive: dict[str, Article], open_page: OpenPage, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    longest = archive["very-long"].get_absolute_url()
    for address in ("/search/?size=100", longest, f"{longest}source/", archive["address"].get_absolute_url()):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_charts_isolate_each_query(archive: dict[str, Article], open_page: OpenPage) -> None:
    asked = [HARD[name] for name in CHARTED]
    page = open_page()
    page.goto(f"/trends/?{urlencode([('q', title) for title in asked])}&lang=ar")
    labels = page.locator(".chip bdi")
    assert labels.evaluate_all("all => all.map(e => e.dir)") == [direction_of_prose(one) for one in asked]


def test_a_file_names_its_headline(archive: dict[str, Article], open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    for name in CHARTED:
        answer = page.request.get(f"/articles/{archive[name].uid}.pdf")
        path = tmp_path / "article.pdf"
        path.write_bytes(answer.body())
        metadata = PdfReader(path).metadata
        assert metadata is not None
        assert metadata.title == archive[name].title
