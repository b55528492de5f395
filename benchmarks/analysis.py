"""How fast Arabic text is analysed: ``python benchmarks/analysis.py CORPUS.jsonl.gz [--out FILE.json]``.

Prints a table and writes the same figures as JSON. Seconds are of processor time, so that other work on a
machine counts less. Every stage runs over the same articles; ``cold`` with no forms kept, ``warm`` with all,
the best run counting. A corpus is JSON Lines with the text in ``content``, ``body`` or ``text``.
"""

import argparse
import gzip
import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from arabic import analyse, find_dates, normal_form, stem, tokenize
from arabic.analysis import clear_cache
from arabic.lexicon import SHIPPED, read

TEXT_FIELDS = ("content", "body", "text")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured stage: how many units in how many seconds."""

    stage: str
    unit: str
    count: int
    seconds: float
    per_second: int


def read_corpus(path: Path, limit: int) -> list[str]:
    """The texts of the first articles of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line, _ in zip(lines, range(limit), strict=False)]
    return [next((article[field] for field in TEXT_FIELDS if article.get(field)), "") for article in articles]


def measure(stage: str, unit: str, work: Callable[[], int], runs: int = 1) -> Figure:
    """The best of some runs of work that answers how many units it did."""
    best, count = float("inf"), 0
    for _ in range(runs):
        started = time.process_time()
        count = work()
        best = min(best, time.process_time() - started)
    return Figure(stage, unit, count, round(best, 4), round(count / best))


def figures(texts: list[str], runs: int) -> list[Figure]:
    """Every stage, in the order a text goes through them."""
    forms = sorted({normal_form(token.text) for text in texts for token in tokenize(text)})
    clear_cache()
    return [
        measure("lexicon, read", "form", lambda: len(read(SHIPPED)), runs),
        measure("tokenize", "token", lambda: sum(1 for text in texts for _ in tokenize(text)), runs),
        measure(
            "normal form of whole texts", "letter", lambda: sum(len(normal_form(t)) for t in texts), runs
        ),
        measure("stem of new forms", "form", lambda: sum(1 for form in forms if stem(form)), runs),
        measure("analyse, cold", "token", lambda: sum(len(analyse(text)) for text in texts)),
        measure("analyse, warm", "token", lambda: sum(len(analyse(text)) for text in texts), runs),
        measure("find dates", "letter", lambda: sum(len(t) for t in texts if find_dates(t) or t)),
    ]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="How fast Arabic text is analysed.")
    parser.add_argument("corpus", type=Path, help="JSON Lines, gzipped or not")
    parser.add_argument("--limit", type=int, default=2500, help="articles read (default 2500)")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the best counts (default 5)")
    parser.add_argument(
        "--out", type=Path, default=Path("analysis.json"), help="JSON written (analysis.json)"
    )
    call = parser.parse_args(arguments)
    texts = read_corpus(call.corpus, call.limit)
    measured = figures(texts, call.runs)
    print(f"{'stage':<28}{'units':>12}{'seconds':>10}{'a second':>20}")
    for figure in measured:
        speed = f"{figure.per_second:,} {figure.unit}s"
        print(f"{figure.stage:<28}{figure.count:>12,}{figure.seconds:>10.3f}{speed:>20}")
    report = {
        "corpus": call.corpus.name,
        "articles": len(texts),
        "python": platform.python_version(),
        "figures": [asdict(figure) for figure in measured],
    }
    call.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
