"""How long a search takes, by kind of query.

    ARSHIF_DATA_DIR=DIR python -m benchmarks.search [--engine NAME] [--rounds 3] [--out FILE.json]

Asks the index of the archive in DIR the whole request that the search page makes: ladder, exact total,
facets, ten hits with their passages from the database. The words come from the archive's own articles, by a
fixed seed. Each query is asked in three ways:

"new": once, one after another and kind after kind in turn, none of them asked before, in one process that
keeps what the other queries left in its caches; so a reader of a living archive asks.
"again": the same queries over and over.
"cold": with no list of postings kept, before each of them; caches of words and of the system stay.

Times are milliseconds, by the clock and by the processor's time of the asking thread: on a machine with other
work to do only the latter says something.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first

from arabic import analyse, is_stopword  # noqa: E402 - Django first
from archive.models import Article  # noqa: E402 - Django first
from search.engine import engine  # noqa: E402 - Django first
from search.engines.whoosh.engine import WhooshIndex  # noqa: E402 - Django first
from search.engines.whoosh.postings import PostingsCache  # noqa: E402 - Django first
from search.service import index_state, search  # noqa: E402 - Django first
from search.types import SearchRequest, Sort  # noqa: E402 - Django first

SEED = 1436
SAMPLE = 400
QUERIES = 25
"""Queries of each kind."""
FIRST = "ابتداء"
"""Asked before any is measured."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the archive's articles by how often they stand there, and runs of words as printed."""

    frequent: list[str]
    middling: list[str]
    rare: list[str]
    runs: list[list[str]]


@dataclass(frozen=True, slots=True)
class Time:
    """What one request took, in milliseconds."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 95th percentile of times in milliseconds."""

    clock_median: float
    clock_95: float
    processor_median: float
    processor_95: float

    def __str__(self) -> str:
        clock = f"{self.clock_median:7}/{self.clock_95:<7}"
        return f"{clock}({self.processor_median:6}/{self.processor_95:<6})"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a kind of query, how many were asked, and how long they took each way."""

    kind: str
    queries: int
    new: Spread
    again: Spread
    cold: Spread


@dataclass(frozen=True, slots=True)
class Index:
    """What the index takes. `seconds` and `peak_bytes` of building it, 0 where it was there; `own_bytes`: how
    much the process that searched it grew by."""

    articles: int
    bytes: int
    seconds: float = 0.0
    processor_seconds: float = 0.0
    peak_bytes: int = 0
    own_bytes: int = 0


Asked = list[tuple[str, SearchRequest]]
"""Requests with their kinds."""


def use(name: str) -> None:
    """Search by this engine from now on."""
    settings.ARSHIF_ENGINE = name
    settings.HAYSTACK_CONNECTIONS["default"]["PATH"] = str(settings.ARSHIF_INDEX_DIR / name)


def build(name: str) -> Index:
    """Build the index by the real command."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    manage = Path(__file__).resolve().parent.parent / "manage.py"
    environment = os.environ | {"ARSHIF_ENGINE": name}
    subprocess.run([sys.executable, str(manage), "index", "--rebuild"], env=environment, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    seconds = round(time.monotonic() - began, 1)
    return replace(
        as_it_is(), seconds=seconds, processor_seconds=round(spent, 1), peak_bytes=used.ru_maxrss * 1024
    )


def as_it_is() -> Index:
    """The index that is served."""
    files = (file for file in engine().root.rglob("*") if file.is_file())
    return Index(engine().state().documents, sum(file.stat().st_size for file in files))


def memory() -> int:
    """The bytes that this process holds in memory now, files that it only maps left out."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) * 1024


def sample_words(chance: random.Random) -> Words:
    """Draw words and runs of words from articles."""
    pks = list(Article.objects.shown().order_by("pk").values_list("pk", flat=True))
    bodies = Article.objects.filter(pk__in=chance.sample(pks, min(SAMPLE, len(pks)))).values_list(
        "body", flat=True
    )
    texts = [[body[term.start : term.end] for term in analyse(body[:4000])] for body in bodies]
    telling = [word for text in texts for word in text if len(word) > 2 and not is_stopword(word)]
    ranked = [word for word, _count in Counter(telling).most_common()]
    third = len(ranked) // 3
    return Words(
        ranked[:100], ranked[100 : max(third, 200)], ranked[-third:], [t for t in texts if len(t) > 40]
    )


def kinds(words: Words, chance: random.Random) -> dict[str, Callable[[], SearchRequest]]:
    """The kinds of query that every contender answers, each a maker of requests."""

    def run(length: int) -> str:
        text = chance.choice(words.runs)
        start = chance.randrange(len(text) - length)
        return " ".join(text[start : start + length])

    def dated() -> SearchRequest:
        return SearchRequest(
            query=chance.choice(words.frequent),
            date_from=datetime.date(2015, 7, 1),
            date_to=datetime.date(2015, 8, 31),
            outlets=(chance.choice(slugs),),
        )

    articles = Article.objects.shown().exclude(outlet=None)
    slugs = list(articles.order_by().values_list("outlet__slug", flat=True).distinct()) or [""]
    return {
        "frequent word": lambda: SearchRequest(query=chance.choice(words.frequent)),
        "rare word": lambda: SearchRequest(query=chance.choice(words.rare)),
        "two words": lambda: SearchRequest(
            query=f"{chance.choice(words.frequent)} {chance.choice(words.middling)}"
        ),
        "question of 8 words": lambda: SearchRequest(query=run(8)),
        "passage of 20 words": lambda: SearchRequest(query=run(20)),
        "phrase": lambda: SearchRequest(query=f'"{run(3)}"'),
        "either, without": lambda: SearchRequest(
            query=f"({chance.choice(words.frequent)} OR {chance.choice(words.middling)})"
            f" -{chance.choice(words.frequent)}"
        ),
        "prefix": lambda: SearchRequest(query=f"{chance.choice(words.middling)[:4]}*"),
        "word, dates and outlet": dated,
        "everything, newest first": lambda: SearchRequest(sort=Sort.NEWEST, page=chance.randrange(1, 50)),
    }


def requests_of(words: Words, chance: random.Random) -> Asked:
    """So many different requests of each kind, the kinds in turn."""

    def near() -> SearchRequest:
        return SearchRequest(query=f'"{chance.choice(words.frequent)} {chance.choice(words.middling)}"~10')

    makers = kinds(words, chance) | {"near each other": near}
    drawn = {kind: _different(maker) for kind, maker in makers.items()}
    return [(kind, drawn[kind][place]) for place in range(QUERIES) for kind in makers]


def _different(maker: Callable[[], SearchRequest]) -> list[SearchRequest]:
    found: list[SearchRequest] = []
    while len(found) < QUERIES:
        request = maker()
        if request not in found:
            found.append(request)
    return found


def forget_lists() -> None:
    """Let the engine keep none of the lists that it has counted; tantivy keeps none anyway."""
    index = engine()
    if isinstance(index, WhooshIndex):
        snapshot = index.snapshot()
        snapshot.cache = PostingsCache(snapshot.cache.limit)


def timed(asked: Asked, before: Callable[[], object] = tuple) -> dict[str, list[Time]]:
    """What each request took, by kind; `before` is called before each and not counted."""
    times: dict[str, list[Time]] = {}
    for kind, request in asked:
        before()
        clock, processor = time.perf_counter(), time.thread_time()
        search(request)
        took = Time((time.perf_counter() - clock) * 1000, (time.thread_time() - processor) * 1000)
        times.setdefault(kind, []).append(took)
    return times


def percentile(times: Sequence[float], share: float) -> float:
    """The time below which this share of times lies."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def spread(times: Sequence[Time]) -> Spread:
    """Median and 95th percentile."""
    clock, processor = [one.clock for one in times], [one.processor for one in times]
    both = [f(values) for values in (clock, processor) for f in (statistics.median, _late)]
    return Spread(*(round(figure, 1) for figure in both))


def _late(times: Sequence[float]) -> float:
    return percentile(times, 0.95)


def measure(rounds: int) -> list[Line]:
    """One line a kind, then all kinds together."""
    chance = random.Random(SEED)
    asked = requests_of(sample_words(chance), chance)
    engine().forget()
    search(SearchRequest(query=FIRST))
    ways = (timed(asked), timed(asked * rounds), timed(asked, forget_lists))
    lines = [Line(kind, QUERIES, *(spread(way[kind]) for way in ways)) for kind in ways[0]]
    together = (spread([one for times in way.values() for one in times]) for way in ways)
    return [*lines, Line("all kinds", len(asked), *together)]


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", default=settings.ARSHIF_ENGINE, help="whoosh or tantivy")
    parser.add_argument("--rebuild", action="store_true", help="build the index first, and measure that")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    use(options.engine)
    index = build(options.engine) if options.rebuild else as_it_is()
    state = index_state()
    if not state.current:
        sys.exit(state.remedy)
    print(f"{state.engine}, {state.documents} articles; milliseconds, median/95% (of processor time)")
    before, lines = memory(), measure(options.rounds)
    for one in lines:
        print(f"{one.kind:26}{one.queries:5}   new {one.new} again {one.again} cold {one.cold}")
    index = replace(index, own_bytes=memory() - before)
    print(index)
    if options.out:
        report = {"engine": state.engine, "index": asdict(index), "lines": [asdict(one) for one in lines]}
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
