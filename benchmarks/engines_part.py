"""One contender over one collection, in a process of its own: `benchmarks.engines` calls it.

Processor time counts this process, those it started, and the server's where there is one. Memory is what
this process has grown by since it was ready to be asked, and the server's own; files that are only mapped,
and the system's cache of files, are not counted for anyone.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Final

from benchmarks.peers.base import FOLDS, Asked, Contender, OverLimit, Row, read_queries, read_rows

ALL_KINDS: Final = "all kinds"
WARM_UP: Final = Asked("", "ابتداء", all_of=("ابتداء",))
"""Asked before each kind, so that nobody is measured starting up."""
FIELDS: Final = ("totals", "first", "again", "page")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.clock + other.clock, self.processor + other.processor)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.clock - other.clock, self.processor - other.processor)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds that half of the queries, and 95 of 100, stay below."""

    clock_50: float
    clock_95: float
    processor_50: float
    processor_95: float


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of query. `found`: the total that half of the queries exceed. `first`: asked for the first time
    of empty caches; `again`: later. `page`: as a page of the site; None where it serves none."""

    kind: str
    queries: int
    over_limit: int
    found: int
    first: Times
    again: Times
    page: Times | None


@dataclass(frozen=True, slots=True)
class Building:
    """What making the index took, the reading of rows left out. `peak_bytes`: the largest process of it."""

    clock: float
    processor: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Part:
    """One contender over one collection. `building` None: the index was there."""

    contender: str
    articles: int
    text_bytes: int
    said: str
    finds: dict[str, bool]
    building: Building | None
    index_bytes: int
    memory_bytes: int
    lines: list[Line]


class Reading:
    """Rows as they are read from a file, and the time that reading them takes."""

    def __init__(self, path: Path, articles: int | None) -> None:
        self._rows = islice(read_rows(path), articles)
        self.spent = Spent(0, 0)

    def __iter__(self) -> Iterator[Row]:
        while True:
            began = now([])
            row = next(self._rows, None)
            self.spent += now([]) - began
            if row is None:
                return
            yield row


def contender_of(name: str, folder: Path) -> Contender:
    """A contender by its name. Only what it needs is imported, so that memory is its own."""
    if name == "fts5":
        from benchmarks.peers.fts5 import Fts5

        return Fts5(folder)
    if name == "postgresql":
        from benchmarks.peers.postgresql import PostgreSQL

        return PostgreSQL(folder)
    if name == "haystack":
        from benchmarks.peers.stock_haystack import StockHaystack

        return StockHaystack(folder)
    from benchmarks.engines_own import OwnEngine

    return OwnEngine(name)


def now(servers: list[int]) -> Spent:
    """The clock and all processor time so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = time.process_time() + children.ru_utime + children.ru_stime
    return Spent(time.perf_counter(), processor + sum(map(processor_of, servers)))


def processor_of(process: int) -> float:
    """The processor time of another process, in seconds."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def memory_of(process: int | str, *names: str) -> int:
    """Bytes of a process by the names that the system gives them."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return sum(int(lines[name].split()[0]) for name in names) * 1024


def build(contender: Contender, reading: Reading) -> Building:
    """Make the index, and say what that took."""
    servers = contender.server_processes()
    began = now(servers)
    contender.build(iter(reading))
    used = now(servers) - began - reading.spent
    own = [
        resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    peak = max(own + [memory_of(server, "VmHWM") for server in servers])
    return Building(round(used.clock, 1), round(used.processor, 1), peak)


def times(ask: Callable[[Asked], object], queries: list[Asked], servers: list[int]) -> list[Spent | None]:
    """What each query took; None: it went over the limit."""
    spent: list[Spent | None] = []
    for asked in queries:
        began = now(servers)
        try:
            ask(asked)
        except OverLimit:
            spent.append(None)
        else:
            spent.append(now(servers) - began)
    return spent


def summary(spent: list[Spent | None], limit: float) -> Times:
    """Half and 95 of 100, in milliseconds; one over the limit counts as the limit."""
    whole = [one or Spent(limit, limit) for one in spent]

    def at(share: float, values: list[float]) -> float:
        return round(sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000, 2)

    clock, processor = [one.clock for one in whole], [one.processor for one in whole]
    return Times(at(0.5, clock), at(0.95, clock), at(0.5, processor), at(0.95, processor))


@dataclass(frozen=True, slots=True)
class Measured:
    """All times of the queries of a kind."""

    kind: str
    totals: list[int]
    first: list[Spent | None]
    again: list[Spent | None]
    page: list[Spent | None]

    def line(self, limit: float) -> Line:
        """The line of a table."""
        totals = sorted(self.totals) or [0]
        return Line(
            self.kind,
            len(self.first),
            sum(one is None for one in self.first),
            totals[len(totals) // 2],
            summary(self.first, limit),
            summary(self.again, limit),
            summary(self.page, limit) if self.page else None,
        )


def measure(contender: Contender, queries: list[Asked], limit: float) -> Iterator[Measured]:
    """The kinds of query one after the other, each of empty caches first, then again, then as pages."""
    page: Callable[[Asked], object] | None = getattr(contender, "page", None)
    servers = contender.server_processes()
    for kind, group in groupby(queries, key=lambda asked: asked.kind):
        of_kind = list(group)
        totals: list[int] = []

        def ask(asked: Asked, totals: list[int] = totals) -> None:
            totals.append(contender.answer(asked, limit).total)

        contender.forget()
        times(lambda asked: contender.answer(asked, limit), [WARM_UP], servers)
        first = times(ask, of_kind, servers)
        done = [asked for asked, spent in zip(of_kind, first, strict=True) if spent]
        again = times(ask, done, servers) + [None] * (len(of_kind) - len(done))
        pages = times(page, [WARM_UP, *of_kind], servers)[1:] if page else []
        yield Measured(kind, totals, first, again, pages)


def together(measured: list[Measured]) -> Measured:
    """All kinds as one."""
    parts = [list(chain.from_iterable(getattr(one, name) for one in measured)) for name in FIELDS]
    return Measured(ALL_KINDS, *parts)


def part_of(options: argparse.Namespace) -> Part:
    """Build where needed, and ask everything."""
    sizes = [
        len((row.title + row.body).encode()) for row in islice(read_rows(options.rows), options.articles)
    ]
    queries = [
        asked
        for _kind, group in groupby(read_queries(options.queries), key=lambda asked: asked.kind)
        for asked in islice(group, options.each)
    ]
    contender = contender_of(options.contender, options.folder)
    try:
        building = None
        if options.fresh or not contender.is_built(len(sizes)):
            building = build(contender, Reading(options.rows, options.articles))
        before = memory_of("self", "RssAnon")
        measured = list(measure(contender, queries, options.limit))
        grown = memory_of("self", "RssAnon") - before
        served = sum(memory_of(one, "RssAnon", "RssShmem") for one in contender.server_processes())
        return Part(
            options.contender,
            len(sizes),
            sum(sizes),
            contender.said,
            {fold: contender.finds(*pair) for fold, pair in FOLDS.items()},
            building,
            contender.index_bytes(),
            max(0, grown) + served,
            [one.line(options.limit) for one in [*measured, together(measured)]],
        )
    finally:
        contender.close()


def main() -> None:
    """Measure one contender and write its part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("contender", choices=("whoosh", "tantivy", "haystack", "fts5", "postgresql"))
    parser.add_argument("--folder", type=Path, required=True, help="where a peer keeps its index")
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--articles", type=int, help="no more than the first so many")
    parser.add_argument("--each", type=int, help="no more than so many queries of a kind")
    parser.add_argument("--limit", type=float, default=5, help="seconds that a query may take")
    parser.add_argument("--fresh", action="store_true", help="build the index though it is there")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    part = json.dumps(asdict(part_of(options)), ensure_ascii=False, indent=1)
    options.out.write_text(f"{part}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
