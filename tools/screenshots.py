"""Picture a served archive for README and docs: `python -m tools.screenshots http://127.0.0.1:8000/`.

Every page in Debian's Chromium at 1280 and 390 pixels, Arabic and English, into docs/screenshots/: the first
1,400 pixels of each, in 64 colours. The pages of staff need `ARSHIF_CURATOR` and `ARSHIF_CURATOR_PASSWORD`.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urljoin

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDTHS = (1280, 390)
LANGUAGES = ("ar", "en")
MOST_HEIGHT = 1_400
COLOURS = 64
QUERY = "السد"
NOTHING = "قققغغغ"
QUEUES = ("undated", "outlet", "pairs", "rules")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def picture(context: BrowserContext, address: str, name: str, language: str, width: int) -> None:
    """Save the head of one page, at one width in one language."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900 if width > WIDTHS[1] else 844})
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    height = min(MOST_HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
    taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    with Image.open(BytesIO(taken)) as full:
        few = full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.{language}.{width}.png", optimize=True)
    page.close()


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


def staff_pages(page: Page, root: str) -> dict[str, str]:
    """The pages of curators, signed in; none where no curator is named."""
    name, password = os.environ.get("ARSHIF_CURATOR"), os.environ.get("ARSHIF_CURATOR_PASSWORD")
    if not name or not password:
        return {}
    page.goto(urljoin(root, "admin/login/?next=/admin/"))
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_load_state("networkidle")
    listed = "admin/archive/article/"
    article = first_link(page, root, listed, "#result_list tbody th a")
    queue = {f"queue-{kind}": urljoin(root, f"admin/queue/{kind}/") for kind in QUEUES}
    return {
        "admin-list": urljoin(root, listed),
        "admin-article": urljoin(urljoin(root, listed), article),
        **queue,
    }


def take_all(browser: Browser, root: str) -> None:
    """Picture every page in both languages and widths: readers see no more than a reader does."""
    for find in (pages, staff_pages):
        context = browser.new_context()
        for name, address in find(context.new_page(), root).items():
            for language in LANGUAGES:
                for width in WIDTHS:
                    picture(context, address, name, language, width)
        context.close()


def main(root: str) -> None:
    """Picture the archive at an address."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("ARSHIF_CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        take_all(browser, root)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/")
