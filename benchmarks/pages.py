"""How long each page takes the server, how often it asks the database, and how many bytes it sends.

    .venv/bin/python benchmarks/pages.py var --query السعودية --repeat 30 --json pages.json

Every kind of page is asked for in both languages through Django's test client: middleware, view, search and
template, without a network; every kind of file and of answer to programs in one. The database of the data
folder is only read. Each request has an address of its own (`visit=`), so that no page is answered from those
kept for the next reader. A row says the median and the 95th percentile in milliseconds after one warming
request, the processor's share of the median, database queries, bytes, and bytes after gzip.
"""

from __future__ import annotations

import argparse
import datetime
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

    from archive.models import Article

ROOT: Final = Path(__file__).resolve().parent.parent
MOST_QUERIES: Final = 12
REPEAT_OF_FILES: Final = 1
"""How often what may write thousands of articles is timed."""
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
    """Measure, print a table, write JSON where asked; 1 if a page asks too many queries or fails."""
    asked = _arguments()
    _set_up(asked.data)
    client = _client()
    measures = []
    for page, path in _pages(asked.query):
        for language in LANGUAGES:
            measures.append(_measure(client, page, path, language, asked.repeat))
            print(_line(measures[-1]), flush=True)
    for page, path in _files(asked.query):
        measures.append(_measure(client, page, path, LANGUAGES[0], REPEAT_OF_FILES))
        print(_line(measures[-1]), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(_report(measures, asked), ensure_ascii=False, indent=1) + "\n")
    return int(any(_is_amiss(measure) for measure in measures))


def _is_amiss(measure: Measure) -> bool:
    """A file of a set asks the database for each part of it."""
    return measure.status >= 400 or (measure.queries > MOST_QUERIES and not measure.page.startswith("file"))


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

    from archive.selectors.named import NameKind, name_counts

    article, day = _article_and_day(query)
    outlet = article.outlet
    assert outlet is not None
    yield "home", reverse("archive:home")
    yield from _search_pages(query, outlet.slug, day.year)
    yield from _trends_pages(query)
    yield "article", article.get_absolute_url()
    yield "article, words marked", f"{article.get_absolute_url()}?{urlencode({'q': query})}"
    yield "source of an article", f"{article.get_absolute_url()}source/"
    yield "similar articles", f"{article.get_absolute_url()}similar/"
    yield "outlets", reverse("archive:outlets")
    yield "outlet", outlet.get_absolute_url()
    yield "browse", reverse("archive:browse")
    yield "year", f"{reverse('archive:browse')}{day.year}/"
    yield "month", f"{reverse('archive:browse')}{day.year}/{day.month:02d}/"
    yield "day", f"{reverse('archive:browse')}{day.year}/{day.month:02d}/{day.day:02d}/"
    yield "this day in any year", f"{reverse('archive:browse')}day/{day.month:02d}/{day.day:02d}/"
    yield "undated", reverse("archive:undated")
    yield "latest", reverse("archive:latest")
    for kind in NameKind:
        yield str(kind), reverse("archive:names", args=[kind])
        for named in name_counts(kind=kind)[:1]:
            yield f"{kind}, one of them", reverse("archive:name", args=[kind, named.key])
    yield "help", reverse("archive:help")
    yield "desk", reverse("search:desk")
    yield "login", reverse("search:login")
    yield "for programs", reverse("search:api")


def _article_and_day(query: str) -> tuple[Article, datetime.date]:
    """The first article taken in with the words of the query that has an outlet and a date, and the date."""
    from archive.models import Article

    dated = Article.objects.shown().filter(published__isnull=False, outlet__isnull=False)
    article = dated.filter(body__contains=query).earliest("added", "pk")
    assert article.published is not None
    return article, article.published


def _trends_pages(query: str) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    asked: dict[str, list[tuple[str, str]]] = {
        "trends, one query": [("q", query)],
        "trends, five queries": [("q", word) for word in (query, "وزير", "النفط", "مصر", "الملك")],
        "trends, by outlet": [("q", query), ("lines", "outlets")],
    }
    for name, parameters in asked.items():
        yield name, f"{reverse('search:trends')}?{urlencode(parameters)}"


def _files(query: str) -> Iterator[tuple[str, str]]:
    """Every kind of file, and every answer to programs."""
    from django.urls import reverse

    from archive.views.exports import FORMS
    from search.views_export import TAKEN_FORMS

    article, day = _article_and_day(query)
    found = urlencode({"q": query})
    for form in FORMS:
        yield f"article as {form}", reverse("archive:export", args=[article.uid, form])
    for form in TAKEN_FORMS:
        # a set that is printed is small
        narrowed = found if form != "pdf" else urlencode({"q": query, "from": day, "to": day})
        yield f"file of results, {form}", f"{reverse('search:export', args=[form])}?{narrowed}"
    yield "file of places, csv", f"{reverse('search:concordance')}?{found}&view=concordance"
    for form in ("csv", "svg", "png"):
        yield f"trends as {form}", f"{reverse('search:trends_file', args=[form])}?{found}"
    yield "feed of a search", f"{reverse('search:feed')}?{found}"
    yield "feed of all", reverse("archive:latest_feed")
    yield "sitemap", reverse("archive:sitemaps")
    yield "OpenSearch description", reverse("archive:opensearch")
    yield "robots.txt", reverse("archive:robots")
    yield from _answers_to_programs(article, found)


def _answers_to_programs(article: Article, found: str) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    root = reverse("search:api")
    yield "API, search", f"{reverse('api:search')}?{found}"
    for path in (f"articles/{article.uid}", f"articles/{article.uid}/similar", "outlets", "agencies"):
        yield f"API, {path.replace(article.uid, 'one')}", f"{root}{path}"
    yield "API, openapi.json", reverse("api:openapi-json")


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
        "search, one month": {"q": query, "from": f"{year}-08", "to": f"{year}-08"},
        "search, one hundred": {"q": query, "size": 100},
        "search, with mistakes": {"q": f'"{query} (', "from": f"{year}-13"},
        "concordance": {"q": query, "view": "concordance"},
        "concordance, sorted": {"q": query, "view": "concordance", "order": "before"},
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
    client.get(path).getvalue()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(_anew(path, 0))
        sent = response.getvalue()
    queries = len(captured)
    runs = [_timed(client, _anew(path, number)) for number in range(1, repeat + 1)]
    times = sorted(wall for wall, _cpu in runs)
    return Measure(
        page=page,
        language=language,
        status=response.status_code,
        median_ms=round(statistics.median(times), 1),
        p95_ms=round(times[min(len(times) - 1, int(PERCENTILE * len(times)))], 1),
        cpu_ms=round(statistics.median(cpu for _wall, cpu in runs), 1),
        queries=queries,
        bytes=len(sent),
        gzip_bytes=len(gzip.compress(sent, 6)),
    )


def _anew(path: str, number: int) -> str:
    """The path as no reader has asked for it yet."""
    return f"{path}{'&' if '?' in path else '?'}visit={number}"


def _timed(client: Client, path: str) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    client.get(path).getvalue()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _line(measure: Measure) -> str:
    return (
        f"{measure.page:30} {measure.language}  {measure.status}  {measure.median_ms:8.1f} ms  p95"
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
