"""How far a run is: a bar with rate and time left on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import time
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from archive.ingest.outcomes import Counts

SECONDS_BETWEEN_LINES = 10.0


class Watcher(Protocol):
    """Is told how far a run is: the weight of what is done, the articles so far, the counts of files."""

    def begin(self, total_weight: int) -> None: ...

    def advance(self, weight: float, articles: int, counts: Counts) -> None: ...

    def end(self) -> None: ...


class Quiet:
    """Says nothing."""

    def begin(self, total_weight: int) -> None:
        """Nothing to set up."""

    def advance(self, weight: float, articles: int, counts: Counts) -> None:
        """Nothing to show."""

    def end(self) -> None:
        """Nothing to take down."""


class Bar:
    """A progress bar on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._progress = Progress(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[said]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
        )
        self._began = time.monotonic()

    def begin(self, total_weight: int) -> None:
        self._task = self._progress.add_task("", total=max(1, total_weight), said="")
        self._progress.start()

    def advance(self, weight: float, articles: int, counts: Counts) -> None:
        said = _said(articles, counts, time.monotonic() - self._began)
        self._progress.update(self._task, completed=weight, said=said)

    def end(self) -> None:
        self._progress.stop()


class Lines:
    """A line every few seconds in a log."""

    def __init__(self, stream: TextIO, seconds: float = SECONDS_BETWEEN_LINES) -> None:
        self._stream, self._seconds = stream, seconds
        self._began = self._last = time.monotonic()
        self._total = 1

    def begin(self, total_weight: int) -> None:
        self._total = max(1, total_weight)

    def advance(self, weight: float, articles: int, counts: Counts) -> None:
        now = time.monotonic()
        if now - self._last < self._seconds:
            return
        self._last = now
        said = _said(articles, counts, now - self._began)
        done = min(1.0, weight / self._total)
        left = f", about {_minutes((now - self._began) * (1 - done) / done)} left" if done else ""
        self._stream.write(f"{done:.0%}: {said}{left}\n")
        self._stream.flush()

    def end(self) -> None:
        """The last line is the table of counts, which the caller prints."""


def _said(articles: int, counts: Counts, seconds: float) -> str:
    return f"{counts.files:,} files, {articles:,} articles, {articles / max(seconds, 0.001):,.0f} a second"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def watcher_for(stream: TextIO) -> Watcher:
    """A bar where someone is looking, lines where the output is kept."""
    return Bar(stream) if stream.isatty() else Lines(stream)
