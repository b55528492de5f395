"""How long a search takes, by kind of query.

    ARSHIF_DATA_DIR=DIR python -m benchmarks.search [--rounds 3] [--out FILE.json]

Asks the index of the archive in DIR the whole request that the search page makes: ladder, exact total,
facets,
ten hits with their passages from the database. The words come from the archive's own articles, by a fixed
seed. "cold": the first time that a query is asked in a fresh cache of posting lists; "warm": later.
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
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first

from arabic import analyse, is_stopword  # noqa: E402 - Django first
from archive.models import Article  # noqa: E402 - Django first
from search.engine import engine  # noqa: E402 - Django first
from search.service import index_state, search  # noqa: E402 - Django first
from search.types import SearchRequest, Sort  # noqa: E402 - Django first

SEED = 1436
SAMPLE = 400
QUERIES = 25


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the archive's articles by how often they stand there, and runs of words as printed."""

    frequent: list[str]
    middling: list[str]
    rare: list[str]
    runs: list[list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; times in milliseconds."""

    kind: str
    queries: int
    cold_median: float
    cold_95: float
    warm_median: float
    warm_95: float


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


Clock = Callable[[], float]


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
    """The nine kinds of query, each a maker of requests."""

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

    slugs = list(Article.objects.shown().order_by().values_list("outlet__slug", flat=True).distinct()) or [""]
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


def timed(requests: list[SearchRequest], clock: Clock) -> list[float]:
    """The time of each request in milliseconds."""
    times = []
    for request in requests:
        started = clock()
        search(request)
        times.append((clock() - started) * 1000)
    return times


def percentile(times: list[float], share: float) -> float:
    """The time below which this share of times lies."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def measure(rounds: int, clock: Clock) -> Iterator[Line]:
    """One line a kind, then all kinds together."""
    chance = random.Random(SEED)
    words = sample_words(chance)
    all_cold: list[float] = []
    all_warm: list[float] = []
    for kind, maker in kinds(words, chance).items():
        requests = [maker() for _ in range(QUERIES)]
        engine().forget()
        search(SearchRequest(query="ابتداء"))
        cold = timed(requests, clock)
        warm = [one for _ in range(rounds) for one in timed(requests, clock)]
        all_cold += cold
        all_warm += warm
        yield line(kind, cold, warm)
    yield line("all kinds", all_cold, all_warm)


def line(kind: str, cold: list[float], warm: list[float]) -> Line:
    """A line of the table from times."""
    figures = [
        statistics.median(cold),
        percentile(cold, 0.95),
        statistics.median(warm),
        percentile(warm, 0.95),
    ]
    return Line(kind, len(cold), *(round(figure, 1) for figure in figures))


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", default=settings.ARSHIF_ENGINE, help="whoosh or tantivy")
    parser.add_argument("--rebuild", action="store_true", help="build the index first, and measure that")
    parser.add_argument("--processor", action="store_true", help="measure the processor's time")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    use(options.engine)
    index = build(options.engine) if options.rebuild else as_it_is()
    state = index_state()
    if not state.current:
        sys.exit(state.remedy)
    print(f"{state.engine}, {state.documents} articles; milliseconds, median/95%")
    before, lines = memory(), []
    for one in measure(options.rounds, time.thread_time if options.processor else time.perf_counter):
        lines.append(one)
        print(
            f"{one.kind:26}{one.queries:5}   cold {one.cold_median:7}/{one.cold_95:<7}"
            f" warm {one.warm_median:7}/{one.warm_95}",
            flush=True,
        )
    index = replace(index, own_bytes=memory() - before)
    print(index)
    if options.out:
        report = {"engine": state.engine, "index": asdict(index), "lines": [asdict(one) for one in lines]}
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
