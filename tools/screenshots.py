"""Picture a served archive for README and docs: `python -m tools.screenshots http://127.0.0.1:8000/`.

In Debian's Chromium at 1280 and 390 pixels, Arabic and English, into docs/screenshots/.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote, urljoin

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDTHS = (1280, 390)
LANGUAGES = ("ar", "en")
QUERY = "السد"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def picture(browser: Browser, address: str, name: str, language: str, width: int) -> None:
    """Save one page as it is seen when it opens, at one width in one language."""
    context = browser.new_context(viewport={"width": width, "height": 900 if width > 600 else 844})
    page = context.new_page()
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.{language}.{width}.png")
    context.close()


def pages(page: Page, root: str) -> dict[str, str]:
    """The addresses to picture by name; the article is the first that the search finds."""
    search = urljoin(root, f"search/?q={quote(QUERY)}")
    page.goto(search)
    article = page.locator(".hit h3 a").first.get_attribute("href") or "/"
    return {"home": root, "search": search, "article": urljoin(root, article)}


def main(root: str) -> None:
    """Picture every page in both languages and widths."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("ARSHIF_CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        for name, address in pages(browser.new_page(), root).items():
            for language in LANGUAGES:
                for width in WIDTHS:
                    picture(browser, address, name, language, width)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/")
