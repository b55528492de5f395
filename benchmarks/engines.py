"""Both engines and the peers that a user would pick, on one collection at several sizes.

    python -m benchmarks.engines COLLECTION.jsonl.gz --work FOLDER [--sizes 15615 125000]
        [--engines whoosh tantivy] [--peers haystack fts5 postgresql] [--queries 25] [--out FILE.json]
        [--map content=body source=outlet date_extracted=published]

Every size is the collection grown to it (`benchmarks.growing`), taken in by the real command. All contenders
get the same articles and the same queries, drawn from the smallest size, and answer as a page needs it: best
ten, exact total, counts, ten passages; each in a process of its own. Whoosh is measured to 31,000 articles
and stock Haystack to 5,000, with fewer queries: beyond, building them is not sensible (`--caps` for others).

FOLDER keeps archives, indexes and the figures of each contender: a run that was stopped goes on where it
was, and measures only what it has no figures of. `--again` measures anew with the indexes that there are,
`--fresh` builds them anew too. `--archive 125000=DATA` uses the archive of that size in a data folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from benchmarks.collection import manage
from benchmarks.engines_part import Part
from benchmarks.engines_tables import part_from, print_tables
from benchmarks.growing import SEED, Grower, read, write

ROOT: Final = Path(__file__).resolve().parent.parent
ENGINES: Final = ("whoosh", "tantivy")
PEERS: Final = ("haystack", "fts5", "postgresql")
CAPS: Final = {"whoosh": 31_000, "haystack": 5_000}
FEWER: Final = {"haystack": 5}
"""How many queries of a kind those are asked that take seconds for one."""
BUILDING: Final = {"whoosh": 8.0, "tantivy": 3.0, "haystack": 25.0, "fts5": 0.6, "postgresql": 1.2}
"""Seconds of a quiet machine for 1,000 articles, to say beforehand how long a run takes."""
ASKING: Final = {"whoosh": 120, "tantivy": 120, "haystack": 6000, "fts5": 50, "postgresql": 300}
"""Milliseconds of a query, first and again and as a page."""
TAKING_IN: Final = 2.5
"""Seconds for 1,000 articles, growing them included."""


@dataclass(frozen=True, slots=True)
class Job:
    """One contender at one size. `size` is the archive's; `articles` how many of it."""

    contender: str
    size: int
    articles: int

    @property
    def name(self) -> str:
        return f"{self.contender}-{self.articles}"


@dataclass(frozen=True, slots=True)
class Given:
    """What is the same for all contenders at a size."""

    data: Path
    rows: Path


def jobs(contenders: list[str], sizes: list[int], caps: dict[str, int]) -> list[Job]:
    """Who is measured at which sizes: at its cap in place of any larger one. Peers take the first articles
    of a larger archive; an engine needs an archive of its size."""
    found: dict[Job, None] = {}
    for contender in contenders:
        for size in sorted(sizes):
            articles = min(size, caps.get(contender, size))
            own = contender in ENGINES
            found[Job(contender, articles if own else first_from(sizes, articles), articles)] = None
    return list(found)


def first_from(sizes: list[int], articles: int) -> int:
    """The smallest size of so many articles at least."""
    return min(size for size in sizes if size >= articles)


class Work:
    """The folder of a run."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self.folder: Path = options.work.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.queries = self.folder / f"queries-{options.queries}.json"
        self._archives = {int(size): Path(data).resolve() for size, data in pairs(options.archive).items()}

    def part(self, job: Job) -> Path:
        """Where the figures of a job are kept."""
        return self.folder / "parts" / f"{job.name}.json"

    def given(self, size: int) -> Given:
        """The archive, rows and queries of a size, made where they are not there yet."""
        data = self._archives.get(size) or self._archive(size)
        given = Given(data, self.folder / f"rows-{size}.jsonl")
        if not given.rows.exists():
            self._write_given(given)
        return given

    def prepare_queries(self, smallest: int) -> None:
        """Draw the queries, from the smallest archive."""
        given = self.given(smallest)
        if not self.queries.exists():
            self._write_given(given, "--queries", str(self.queries), "--each", str(self._options.queries))

    def has_archive(self, size: int) -> bool:
        """Whether the archive of a size is there."""
        return size in self._archives or (self.folder / f"archive-{size}" / "complete").exists()

    def has_index(self, job: Job) -> bool:
        """Whether an index is there, of the job's size it seems; the contender itself makes sure."""
        if job.contender not in ENGINES:
            return (self.folder / job.name).exists()
        data = self._archives.get(job.size) or self.folder / f"archive-{job.size}"
        return (data / "index" / job.contender / "current").exists()

    def measure(self, job: Job) -> Part:
        """The figures of a job, measured where there are none. What building took is kept for as long as the
        index is not built anew."""
        path = self.part(job)
        before = self._kept(path)
        if before and not self._options.again and not self._options.fresh:
            return before
        path.parent.mkdir(exist_ok=True)
        self._measure(job, path)
        part = part_from(json.loads(path.read_text(encoding="utf-8")))
        if before and not part.building:
            part = replace(part, building=before.building)
            path.write_text(json.dumps(asdict(part), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return part

    def _kept(self, path: Path) -> Part | None:
        return part_from(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None

    def _measure(self, job: Job, path: Path) -> None:
        given = self.given(job.size)
        arguments = [
            *("benchmarks.engines_part", job.contender),
            *("--folder", str(self.folder / job.name)),
            *("--rows", str(given.rows)),
            *("--queries", str(self.queries)),
            *("--limit", str(self._options.limit)),
            *("--out", str(path)),
        ]
        if job.contender not in ENGINES:
            arguments += ["--articles", str(job.articles)]
        if job.contender in FEWER:
            arguments += ["--each", str(min(self._options.queries, FEWER[job.contender]))]
        run(given.data, *arguments, *(["--fresh"] if self._options.fresh else []))

    def _archive(self, size: int) -> Path:
        """A data folder with the collection at this size."""
        data = self.folder / f"archive-{size}"
        if not (data / "complete").exists():
            data.mkdir(exist_ok=True)
            grown = self.folder / f"grown-{size}.jsonl"
            records = read(self._options.collection, pairs(self._options.map))
            write(grown, Grower(records, SEED).articles(size))
            manage(data, "migrate", "--verbosity", "0")
            manage(data, "ingest", "--no-index", str(grown))
            grown.unlink()
            (data / "complete").touch()
        return data

    def _write_given(self, given: Given, *options: str) -> None:
        run(given.data, "benchmarks.engines_given", str(given.rows), *options)


def run(data: Path, *arguments: str) -> None:
    """Run a module of ours on a data folder. Raises: CalledProcessError."""
    environment = {**os.environ, "ARSHIF_DATA_DIR": str(data), "PYTHONUTF8": "1"}
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
    )


def pairs(given: list[str]) -> dict[str, str]:
    """``a=b c=d`` as a dictionary."""
    return dict(one.split("=", 1) for one in given)


def estimated(work: Work, wanted: list[Job], queries: int, *, fresh: bool) -> float:
    """About how many seconds a run takes on a quiet machine, building what is not there."""
    missing = {job.size for job in wanted if not work.has_archive(job.size)}
    seconds = sum(size / 1000 * TAKING_IN for size in missing)
    for job in wanted:
        each = min(queries, FEWER.get(job.contender, queries))
        seconds += each * 10 * ASKING[job.contender] / 1000
        if fresh or not work.has_index(job):
            seconds += job.articles / 1000 * BUILDING[job.contender]
    return seconds


def measured(work: Work, wanted: list[Job]) -> Iterator[Part]:
    """The parts one after the other, said as they come."""
    for job in wanted:
        began = time.monotonic()
        part = work.measure(job)
        print(f"{job.name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        yield part


def asked_options() -> argparse.Namespace:
    """The call."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collection", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[15_615, 125_000])
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--queries", type=int, default=25, help="of each kind")
    parser.add_argument("--limit", type=float, default=5, help="seconds that a query may take")
    parser.add_argument("--caps", nargs="+", default=[], metavar="NAME=ARTICLES")
    parser.add_argument("--archive", nargs="+", default=[], metavar="SIZE=DATA")
    parser.add_argument("--map", nargs="+", default=[], metavar="THEIRS=OURS", help="names of fields")
    parser.add_argument("--again", action="store_true", help="measure anew")
    parser.add_argument("--fresh", action="store_true", help="build and measure anew")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main() -> None:
    """Measure, print the tables, and write the figures as JSON if asked."""
    options = asked_options()
    caps = CAPS | {name: int(cap) for name, cap in pairs(options.caps).items()}
    wanted = jobs([*options.engines, *options.peers], options.sizes, caps)
    work = Work(options)
    left = [job for job in wanted if options.again or options.fresh or not work.part(job).exists()]
    minutes = estimated(work, left, options.queries, fresh=options.fresh) / 60
    print(
        f"{len(left)} of {len(wanted)} to measure, about {minutes:.0f} minutes", file=sys.stderr, flush=True
    )
    work.prepare_queries(min(job.size for job in wanted))
    parts = list(measured(work, wanted))
    print_tables(parts)
    if options.out:
        report: dict[str, Any] = {
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "parts": [asdict(part) for part in parts],
        }
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
