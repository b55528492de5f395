"""What pages weigh over the line, and when their largest part is painted on a slow one.

    python -m benchmarks.paint http://127.0.0.1:8000/ --runs 5 --json paint.json

Asks an archive served as `make demo` serves it for a page of each kind in both languages, with Debian's
Chromium (ARSHIF_CHROMIUM names another) and an empty cache. Bytes are those that went over the line,
compressed, with all that the page asks for. The line is slowed down as Chromium's developer tools do for
"fast 4G": every answer waits 165 ms, then comes with 8.1 Mbit/s. A time is the median of its runs, the best
behind it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urljoin

from playwright.sync_api import Browser, Page, sync_playwright

LANGUAGES: Final = ("ar", "en")
FAST_4G: Final = {
    "offline": False,
    "latency": 165,
    "downloadThroughput": 8.1e6 / 8,
    "uploadThroughput": 1.35e6 / 8,
}
MOST_BYTES: Final = 80_000
LATEST_MS: Final = 1_000
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
LARGEST_PAINT: Final = """() => new Promise((tell) => {
    new PerformanceObserver((seen) => tell(seen.getEntries().at(-1).startTime))
        .observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => tell(-1), 5000);
})"""


@dataclass(frozen=True, slots=True)
class Painted:
    """A page in a language: bytes without fonts and of fonts, milliseconds to its largest paint."""

    page: str
    language: str
    bytes: int
    font_bytes: int
    paint_ms: int
    best_ms: int


def main() -> int:
    """Measure, print a table, write JSON where asked; 1 if a page is too heavy or painted too late."""
    asked = _arguments()
    rows = []
    with sync_playwright() as driver:
        chromium = os.environ.get("ARSHIF_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for page, path in _paths(browser, asked.address, asked.query).items():
            for language in LANGUAGES:
                rows.append(_measured(browser, page, urljoin(asked.address, path), language, asked.runs))
                print(_line(rows[-1]), flush=True)
        browser.close()
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    return int(any(row.bytes > MOST_BYTES or row.paint_ms > LATEST_MS for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="of the archive, as http://127.0.0.1:8000/")
    parser.add_argument("--query", default="السعودية", help="what the search pages search for")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="visits to each page (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser.parse_args()


def _paths(browser: Browser, root: str, query: str) -> dict[str, str]:
    """A path of each kind of page by its name."""
    page = browser.new_page()

    def first(path: str, pattern: str) -> str:
        return str(re.findall(pattern, page.request.get(urljoin(root, path)).text())[0])

    searched = f"/search/?q={quote(query)}"
    article, year = first(searched, r'href="(/articles/[^"?]+)'), first("/browse/", r"/browse/\d{4}/")
    paths = {
        "home": "/",
        "search": searched,
        "search, 100 hits": f"{searched}&size=100",
        "concordance": f"{searched}&view=concordance",
        "article": article,
        "source": f"{article}source/",
        "trends": f"/trends/?q={quote(query)}",
        "outlets": "/outlets/",
        "outlet": first("/outlets/", r'href="(/outlets/[^"/]+/)"'),
        "browse": "/browse/",
        "year": year,
        "month": first(year, rf"{year}\d\d/"),
        "authors": "/authors/",
        "desk": "/desk/",
        "help": "/help/",
    }
    page.close()
    return paths


def _measured(browser: Browser, page: str, address: str, language: str, runs: int) -> Painted:
    visits = [_visit(browser, address, language) for _ in range(runs)]
    times = [paint for _others, _fonts, paint in visits]
    others, fonts, _paint = visits[-1]
    return Painted(page, language, others, fonts, round(statistics.median(times)), round(min(times)))


def _visit(browser: Browser, address: str, language: str) -> tuple[int, int, float]:
    """Bytes without fonts, bytes of fonts, milliseconds to the largest paint."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "lang", "value": language, "url": address}])
    page = context.new_page()
    weight = _weighing(page)
    page.goto(address, wait_until="networkidle")
    paint = float(page.evaluate(LARGEST_PAINT))
    context.close()
    return weight["others"], weight["Font"], paint


def _weighing(page: Page) -> dict[str, int]:
    """Bytes over the line, kept up to date while the page loads."""
    weight, kinds = {"Font": 0, "others": 0}, {}
    session = page.context.new_cdp_session(page)

    def began(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = "Font" if event["type"] == "Font" else "others"

    def ended(event: dict[str, Any]) -> None:
        weight[kinds.get(event["requestId"], "others")] += int(event["encodedDataLength"])

    session.on("Network.responseReceived", began)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", FAST_4G)
    return weight


def _line(row: Painted) -> str:
    return (
        f"{row.page:18} {row.language}  {row.bytes / 1000:6.1f} kB  fonts {row.font_bytes / 1000:6.1f} kB"
        f"  largest paint {row.paint_ms:5} ms (best {row.best_ms})"
    )


if __name__ == "__main__":
    sys.exit(main())
