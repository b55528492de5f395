"""How fast Arabic text is analysed: ``python -m benchmarks.analysis CORPUS.jsonl.gz [--out FILE.json]``.

Every stage runs over the same articles, on one core, in seconds of processor time, so that other work on
a machine counts less; ``cold`` with no forms kept, ``warm`` with all. The median of the runs counts. What
the lexicon costs at the start is measured in fresh processes: time to read it, and the most memory that
reading takes. With ``--index DOCUMENTS.jsonl.gz`` these documents are taken into an archive (kept as in
benchmarks.relevance) and indexed anew by `manage.py index --rebuild`: articles a second and bytes. A
corpus is JSON Lines with the text in ``content``, ``body`` or ``text``.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from arabic import analyse, find_dates, normal_form, stem, tokenize
from arabic.analysis import clear_cache
from benchmarks.collection import KEPT, ROOT, collection_of
from benchmarks.tasks import documents_of

TEXT_FIELDS: Final = ("content", "body", "text")
MEGABYTE: Final = 1_000_000
READ_LEXICON: Final = """
import json, time, tracemalloc
from arabic import lexicon
began = time.process_time()
forms = len(lexicon.shipped())
seconds = time.process_time() - began
lexicon.shipped.cache_clear()
tracemalloc.start()
lexicon.shipped()
print(json.dumps([forms, seconds, tracemalloc.get_traced_memory()[1]]))
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured stage: how many units in how many seconds, the median of its runs."""

    stage: str
    unit: str
    count: int
    seconds: float
    per_second: int


@dataclass(frozen=True, slots=True)
class Start:
    """What the lexicon costs a process that has just begun; memory: the most while it is read."""

    forms: int
    milliseconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Indexing:
    """What building an index took, analysis included, and the bytes it has."""

    articles: int
    seconds: float
    per_second: int
    megabytes: float


def read_corpus(path: Path, limit: int) -> list[str]:
    """The texts of the first articles of a JSON Lines file, gzipped or not."""
    articles = islice(documents_of(path), limit)
    return [next((article[field] for field in TEXT_FIELDS if article.get(field)), "") for article in articles]


def measure(stage: str, unit: str, work: Callable[[], int], runs: int = 1) -> Figure:
    """The median of some runs of work that answers how many units it did."""
    times, count = [], 0
    for _ in range(runs):
        started = time.process_time()
        count = work()
        times.append(time.process_time() - started)
    seconds = statistics.median(times)
    return Figure(stage, unit, count, round(seconds, 4), round(count / seconds))


def figures(texts: list[str], runs: int) -> list[Figure]:
    """Every stage, in the order a text goes through them."""
    forms = sorted({normal_form(token.text) for text in texts for token in tokenize(text)})

    def analyse_all() -> int:
        return sum(len(analyse(text)) for text in texts)

    def analyse_anew() -> int:
        clear_cache()
        return analyse_all()

    return [
        measure("tokenize", "token", lambda: sum(1 for text in texts for _ in tokenize(text)), runs),
        measure(
            "normal form of whole texts", "letter", lambda: sum(len(normal_form(t)) for t in texts), runs
        ),
        measure("stem of new forms", "form", lambda: sum(1 for form in forms if stem(form)), runs),
        measure("analyse, cold", "token", analyse_anew, runs),
        measure("analyse, warm", "token", analyse_all, runs),
        measure("find dates", "letter", lambda: sum(len(t) for t in texts if find_dates(t) or t)),
    ]


def lexicon_start(runs: int) -> Start:
    """Read the lexicon in fresh processes; the median of them."""
    call = [sys.executable, "-c", READ_LEXICON]
    told = [
        json.loads(subprocess.run(call, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        for _ in range(runs)
    ]
    forms, seconds, held = (statistics.median(values) for values in zip(*told, strict=True))
    return Start(int(forms), round(seconds * 1000, 1), round(held / MEGABYTE, 1))


def indexing(documents: Path, kept: Path) -> Indexing:
    """Build the index of a file of documents anew by the real command."""
    collection = collection_of(documents, kept)
    began = time.monotonic()
    collection.manage("index", "--rebuild")
    seconds = time.monotonic() - began
    megabytes = collection.index_bytes() / MEGABYTE
    rate = round(collection.documents / seconds)
    return Indexing(collection.documents, round(seconds, 1), rate, round(megabytes, 1))


def show(measured: list[Figure], start: Start, index: Indexing | None) -> None:
    """Print the figures as tables."""
    print(f"{'stage':<28}{'units':>12}{'seconds':>10}{'a second':>20}")
    for figure in measured:
        speed = f"{figure.per_second:,} {figure.unit}s"
        print(f"{figure.stage:<28}{figure.count:>12,}{figure.seconds:>10.3f}{speed:>20}")
    print(f"lexicon at the start: {start.forms:,} forms in {start.milliseconds} ms, {start.megabytes} MB")
    if index:
        print(
            f"index of {index.articles:,} articles: {index.seconds} s, {index.per_second} a second,"
            f" {index.megabytes} MB"
        )


def main(arguments: list[str]) -> int:
    """Measure, print, and write as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, help="JSON Lines, gzipped or not")
    parser.add_argument("--limit", type=int, default=2500, help="articles read (default 2500)")
    parser.add_argument("--runs", type=int, default=5, help="runs whose median counts (default 5)")
    parser.add_argument("--index", type=Path, metavar="DOCUMENTS", help="measure the indexing of these too")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of the archives (var/benchmarks)")
    parser.add_argument("--out", type=Path, help="JSON written")
    call = parser.parse_args(arguments)
    texts = read_corpus(call.corpus, call.limit)
    measured, start = figures(texts, call.runs), lexicon_start(call.runs)
    index = indexing(call.index, call.kept) if call.index else None
    show(measured, start, index)
    if call.out:
        report = {
            "corpus": call.corpus.name,
            "articles": len(texts),
            "python": platform.python_version(),
            "figures": [asdict(figure) for figure in measured],
            "lexicon": asdict(start),
            "index": asdict(index) if index else None,
        }
        call.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
