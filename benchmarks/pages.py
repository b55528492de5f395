"""How long each page takes the server, how often it asks the database, and how many bytes it sends.

    .venv/bin/python benchmarks/pages.py var --query السعودية --repeat 30 --json pages.json

Every kind of page is asked for in both languages through Django's test client: middleware, view, search and
template, without a network. The database of the data folder is only read. A row says the median and the 95th
percentile in milliseconds after one warming request, the processor's share of the median, database queries,
bytes, and bytes after gzip.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from django.test import Client

ROOT: Final = Path(__file__).resolve().parent.parent
MOST_QUERIES: Final = 12
LANGUAGES: Final = ("ar", "en")
PERCENTILE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of page in one language. Times in milliseconds, sizes in bytes.

    `cpu_ms` is the median of processor time: what is left of a time when other programs are taken away.
    """

    page: str
    language: str
    status: int
    median_ms: float
    p95_ms: float
    cpu_ms: float
    queries: int
    bytes: int
    gzip_bytes: int


def main() -> int:
    """Measure, print a table, write JSON where asked; 1 if a page asks the database too often or fails."""
    asked = _arguments()
    _set_up(asked.data)
    client = _client()
    measures = []
    for page, path in _pages(asked.query):
        for language in LANGUAGES:
            measures.append(_measure(client, page, path, language, asked.repeat))
            print(_line(measures[-1]), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(_report(measures, asked), ensure_ascii=False, indent=1) + "\n")
    return int(any(measure.queries > MOST_QUERIES or measure.status >= 400 for measure in measures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "data", type=Path, help="the data folder (ARSHIF_DATA_DIR) of an archive with an index"
    )
    parser.add_argument("--query", default="السعودية", help="what the search pages search for")
    parser.add_argument("--repeat", type=int, default=30, metavar="N", help="requests to each page (30)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser.parse_args()


def _set_up(data: Path) -> None:
    if not (data / "arshif.sqlite3").exists() and not os.environ.get("DATABASE_URL"):
        sys.exit(f"{data}: no archive here; make one with `manage.py ingest`.")
    sys.path.insert(0, str(ROOT))
    os.environ.update(
        ARSHIF_DATA_DIR=str(data.resolve()), DJANGO_SETTINGS_MODULE="config.settings", DJANGO_DEBUG="0"
    )
    import django
    from django.core.management import call_command

    django.setup()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    call_command("collectstatic", interactive=False, verbosity=0)


def _client() -> Client:
    from django.test import Client

    return Client(headers={"host": "localhost"})


def _pages(query: str) -> Iterator[tuple[str, str]]:
    """A name and a path for each kind of page, with an article, outlet and day that are there."""
    from django.urls import reverse

    from archive.models import Article

    article = Article.objects.shown().filter(published__isnull=False, outlet__isnull=False).latest("added")
    day, outlet = article.published, article.outlet
    assert day is not None
    assert outlet is not None
    yield "home", reverse("archive:home")
    yield from _search_pages(query, outlet.slug, day.year)
    yield "API search", f"{reverse('api:search')}?{urlencode({'q': query})}"
    yield "article", article.get_absolute_url()
    yield "article, words marked", f"{article.get_absolute_url()}?{urlencode({'q': query})}"
    yield "source of an article", f"{article.get_absolute_url()}source/"
    yield "outlets", reverse("archive:outlets")
    yield "outlet", outlet.get_absolute_url()
    yield "browse", reverse("archive:browse")
    yield "year", f"{reverse('archive:browse')}{day.year}/"
    yield "month", f"{reverse('archive:browse')}{day.year}/{day.month:02d}/"
    yield "day", f"{reverse('archive:browse')}{day.year}/{day.month:02d}/{day.day:02d}/"
    yield "help", reverse("archive:help")


def _search_pages(query: str, outlet: str, year: int) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    searches: dict[str, dict[str, str | int]] = {
        "search, no query": {},
        "search with facets": {"q": query},
        "search, two words": {"q": f"{query} وزير"},
        "search, a phrase": {"q": '"مجلس الوزراء"'},
        "search, any word": {"q": f"{query} وزير النفط", "level": "any"},
        "search, one outlet": {"q": query, "outlet": outlet},
        "search, one year": {"q": query, "year": year},
        "search, newest first": {"q": query, "sort": "newest"},
        "search, page 10": {"q": query, "page": 10},
        "search, nothing found": {"q": f"{query} قققغغغ", "level": "inflected"},
    }
    for name, parameters in searches.items():
        yield name, f"{reverse('search:search')}?{urlencode(parameters)}"


def _measure(client: Client, page: str, path: str, language: str, repeat: int) -> Measure:
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    queries = len(captured)
    runs = [_timed(client, path) for _ in range(repeat)]
    times = sorted(wall for wall, _cpu in runs)
    return Measure(
        page=page,
        language=language,
        status=response.status_code,
        median_ms=round(statistics.median(times), 1),
        p95_ms=round(times[min(len(times) - 1, int(PERCENTILE * len(times)))], 1),
        cpu_ms=round(statistics.median(cpu for _wall, cpu in runs), 1),
        queries=queries,
        bytes=len(response.content),
        gzip_bytes=len(gzip.compress(response.content, 6)),
    )


def _timed(client: Client, path: str) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    client.get(path)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _line(measure: Measure) -> str:
    return (
        f"{measure.page:24} {measure.language}  {measure.status}  {measure.median_ms:8.1f} ms  p95"
        f" {measure.p95_ms:8.1f} ms  cpu {measure.cpu_ms:7.1f} ms  {measure.queries:3} queries"
        f"  {measure.bytes:8,} B  gzip {measure.gzip_bytes:7,} B"
    )


def _report(measures: list[Measure], asked: argparse.Namespace) -> dict[str, object]:
    from archive.models import Article

    return {
        "articles": Article.objects.shown().count(),
        "query": asked.query,
        "repeat": asked.repeat,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "pages": [asdict(measure) for measure in measures],
    }


if __name__ == "__main__":
    sys.exit(main())
