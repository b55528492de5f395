"""Picture a served archive for README and docs: `python -m tools.screenshots http://127.0.0.1:8000/`.

Every page in Debian's Chromium at 1280 and 390 pixels, Arabic and English, into docs/screenshots/: the first
1,400 pixels of each, in 64 colours. The curators' desk needs `ARSHIF_CURATOR` and `ARSHIF_CURATOR_PASSWORD`,
an administrator's, and works on the archive: see `tools.desk_screenshots`. A word behind the address,
`reading` or `desk`, asks for those pages alone.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urljoin

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import desk_screenshots

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDTHS = (1280, 390)
LANGUAGES = ("ar", "en")
MOST_HEIGHT = 1_400
COLOURS = 64
QUERY = "السد"
NOTHING = "قققغغغ"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def picture(context: BrowserContext, address: str, name: str, language: str, width: int) -> None:
    """Save the head of one page, at one width in one language."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900 if width > WIDTHS[1] else 844})
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}", wait_until="networkidle")
    keep(page, name, language)
    page.close()


def keep(page: Page, name: str, language: str) -> None:
    """Save the head of a page that stands."""
    page.evaluate("document.fonts.ready")
    width = page.evaluate("window.innerWidth")
    height = min(MOST_HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
    taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    with Image.open(BytesIO(taken)) as full:
        few = full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.{language}.{width}.png", optimize=True)


def pages(page: Page, root: str) -> dict[str, str]:
    """The addresses to picture by name; articles and names are the first that the pages lead to."""
    searched = f"search/?q={quote(QUERY)}"
    article = first_link(page, root, searched, ".hit h3 a")
    plain = article.partition("?")[0]
    paths = {
        "home": "",
        "search": searched,
        "concordance": f"{searched}&view=concordance",
        "nothing-found": f"search/?q={quote(NOTHING)}",
        "article": article,
        "article-evidence": f"{plain}?evidence=1",
        "source": f"{plain}source/",
        "similar": f"{plain}similar/",
        "trends": f"trends/?q={quote(QUERY)}&q={quote('الماء')}",
        "browse": "browse/",
        "browse-year": "browse/2015/",
        "browse-month": "browse/2015/03/",
        "browse-day": "browse/2015/03/05/",
        "outlets": "outlets/",
        "outlet": first_link(page, root, "outlets/", "main a[href*='/outlets/']"),
        **{kind: f"{kind}/" for kind in ("sections", "authors", "agencies", "places")},
        "name": first_link(page, root, "authors/", ".name-list a"),
        "help": "help/",
        "desk": "desk/",
        "api": "api/v1/",
        "not-found": "no-such-page/",
    }
    return {name: urljoin(root, path) for name, path in paths.items()}


def first_link(page: Page, root: str, path: str, selector: str) -> str:
    """Where the first link leads that answers to a selector on a page."""
    page.goto(urljoin(root, path))
    return page.locator(selector).first.get_attribute("href") or "/"


def take_reading(browser: Browser, root: str) -> None:
    """Picture every page of readers in both languages and widths."""
    context = browser.new_context()
    for name, address in pages(context.new_page(), root).items():
        for language in LANGUAGES:
            for width in WIDTHS:
                picture(context, address, name, language, width)
    context.close()


def take_desk(browser: Browser, root: str) -> None:
    """Picture the curators' desk, where one is named to whom it opens."""
    name, password = os.environ.get("ARSHIF_CURATOR"), os.environ.get("ARSHIF_CURATOR_PASSWORD")
    if name and password:
        desk_screenshots.walk(browser, root, name, password, keep)


PARTS = {"reading": take_reading, "desk": take_desk}


def main(root: str, part: str = "") -> None:
    """Picture the archive at an address, or one part of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("ARSHIF_CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        for name, take in PARTS.items():
            if part in ("", name):
                take(browser, root)
        browser.close()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://127.0.0.1:8000/"]))
