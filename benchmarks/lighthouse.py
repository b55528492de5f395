"""What Lighthouse says of home, search and article, in both languages.

    python -m benchmarks.lighthouse http://127.0.0.1:8000/ --runs 3 --json lighthouse.json

Asks the `lighthouse` on the path (npm install --global lighthouse) to judge an archive served as `make demo`
serves it, in Debian's Chromium (ARSHIF_CHROMIUM names another). Lighthouse plays a phone: a processor four
times slower, 1.6 Mbit/s and 150 ms to a server and back, all three reckoned, not slept; `--preset desktop`
plays a desk. The scores of a page are the medians of its runs, with the best beside them where they differ,
since a busy machine only lowers them; under the table stands every check that failed in any run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urljoin

CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
LANGUAGES: Final = ("ar", "en")
LEAST: Final = 95
PASSED: Final = 0.9
"""The score from which Lighthouse calls a check passed."""
CHROMIUM: Final = "--headless=new --no-sandbox"


@dataclass(frozen=True, slots=True)
class Run:
    """One judgement of a page: scores of 100 by category, the largest paint in milliseconds, what failed."""

    scores: dict[str, int]
    largest_paint_ms: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A page in a language, and its runs."""

    page: str
    language: str
    runs: tuple[Run, ...]

    def median(self, category: str) -> int:
        """The middle of the scores."""
        return round(statistics.median(run.scores[category] for run in self.runs))

    def best(self, category: str) -> int:
        """The best of the scores."""
        return max(run.scores[category] for run in self.runs)


def main() -> int:
    """Judge, print a table, write JSON where asked; 1 if a median is below 95."""
    asked = _arguments()
    judged = []
    print(f"{'page':8} {'':3}" + "".join(f"{category:>16}" for category in CATEGORIES) + f"{'LCP':>10}")
    for page, address in _pages(asked.address, asked.query):
        for language in LANGUAGES:
            runs = tuple(_run(address, language, asked.preset) for _ in range(asked.runs))
            judged.append(Judged(page, language, runs))
            print(_line(judged[-1]), flush=True)
    for check in sorted({check for page in judged for run in page.runs for check in run.failed}):
        print(f"failed: {check}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(page) for page in judged], indent=1) + "\n")
    return int(any(page.median(category) < LEAST for page in judged for category in CATEGORIES))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="of the archive, as http://127.0.0.1:8000/")
    parser.add_argument("--query", default="السعودية", help="what the search page searches for")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="judgements of each page (3)")
    parser.add_argument("--preset", choices=("desktop",), help="a desk instead of a phone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = parser.parse_args()
    if not shutil.which("lighthouse"):
        sys.exit("lighthouse is not on the path; install it with `npm install --global lighthouse`.")
    return asked


def _pages(root: str, query: str) -> Iterator[tuple[str, str]]:
    """Home, a search, and the first article that it finds."""
    search = urljoin(root, f"search/?q={quote(query)}")
    with urllib.request.urlopen(search) as answer:
        found = re.search(r'href="(/articles/[^"?/]+/)', answer.read().decode())
    if not found:
        sys.exit(f"{search} finds no article; name another with --query.")
    yield "home", root
    yield "search", search
    yield "article", urljoin(root, found[1])


def _run(address: str, language: str, preset: str | None) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            "lighthouse",
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={CHROMIUM}",
            "--extra-headers=" + json.dumps({"Cookie": f"lang={language}"}),
            *([f"--preset={preset}"] if preset else []),
        ]
        chromium = os.environ.get("ARSHIF_CHROMIUM", "/usr/bin/chromium")
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium})
        return _read(json.loads(report.read_text("utf-8")))


def _read(report: dict[str, Any]) -> Run:
    categories, checks = report["categories"], report["audits"]
    return Run(
        scores={name: round(100 * categories[name]["score"]) for name in CATEGORIES},
        largest_paint_ms=round(checks["largest-contentful-paint"]["numericValue"]),
        failed=tuple(
            f"{name}: {check['id']}"
            for name in CATEGORIES[1:]
            for check in categories[name]["auditRefs"]
            if (checks[check["id"]]["score"] or 1) < PASSED or checks[check["id"]]["score"] == 0
        ),
    )


def _line(judged: Judged) -> str:
    cells = []
    for category in CATEGORIES:
        median, best = judged.median(category), judged.best(category)
        cells.append(f"{median if median == best else f'{median} (best {best})':>16}")
    paint = statistics.median(run.largest_paint_ms for run in judged.runs)
    return f"{judged.page:8} {judged.language:3}" + "".join(cells) + f"{paint:>7.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
