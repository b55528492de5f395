"""How far an indexer is: a bar with rate and time left on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from search.upkeep import Progress as Told

SECONDS_BETWEEN_LINES: Final = 10.0


@contextmanager
def shown_progress(stream: Any) -> Iterator[Told]:
    """What to tell of each article, while it is shown on `stream`."""
    if stream.isatty():
        with _bar(stream) as bar:
            yield bar
    else:
        yield _lines(stream)


@contextmanager
def _bar(stream: Any) -> Iterator[Told]:
    columns = BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn()
    began = time.monotonic()
    with Progress(*columns, console=Console(file=stream)) as progress:
        task = progress.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            seconds = time.monotonic() - began
            progress.update(task, completed=done, total=total, description=_said(done, total, seconds))

        yield tell


def _lines(stream: Any) -> Told:
    began = time.monotonic()
    last = began

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_LINES:
            last = now
            stream.write(f"{_said(done, total, now - began)}\n")
            stream.flush()

    return tell


def _said(done: int, total: int, seconds: float) -> str:
    return f"{done:,} of {total:,} articles, {done / max(seconds, 0.001):,.0f} a second"
