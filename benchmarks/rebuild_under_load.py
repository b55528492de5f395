"""Ask a running server throughout a rebuild of its index and while new articles come in.

`python -m benchmarks.rebuild_under_load DATA --engine NAME [--new FILE.jsonl]`

DATA is the data folder of an indexed archive; `--new` changes it (work on a copy).
A client asks a gunicorn of its own for all articles, one question after another: before, during `manage.py
index --rebuild`, and during `manage.py ingest FILE`. Every answer must be whole: the known total, or the new
one from the moment of the commit on, and never the old one again. Slow is an answer that a reader notices:
one that took more than a tenth of a second (Nielsen, Usability Engineering, 1993) and more than three times
the median of the quiet time before. Exit 1: an answer failed or was wrong, or more than one was slow.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import select
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
QUIET_SECONDS: Final = 10.0
SLOW: Final = 3.0
NOTICED: Final = 0.1
PATHS: Final = ("/api/v1/search?size=10", "/api/v1/search?size=10&sort=oldest")
"""Both say how many articles there are, with facets and ten hits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: the seconds it took, its status (0: none came), and the total."""

    seconds: float
    status: int
    total: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The answers of one stretch of time, and what they should have been."""

    name: str
    answers: tuple[Asked, ...]
    totals: tuple[int, ...]
    usual: float

    @property
    def failed(self) -> int:
        """Answers that are no answer."""
        return sum(one.status != 200 for one in self.answers)

    @property
    def wrong(self) -> int:
        """Answers with another total than a whole index has, or with the old one after the new one."""
        seen = [one.total for one in self.answers if one.status == 200]
        order = [self.totals.index(total) if total in self.totals else -1 for total in seen]
        back = sum(later < earlier for earlier, later in pairwise(order))
        return sum(place < 0 for place in order) + back

    @property
    def slow(self) -> list[float]:
        """The answers that a reader would have noticed, in seconds."""
        return [one.seconds for one in self.answers if one.seconds > max(NOTICED, SLOW * self.usual)]

    def __str__(self) -> str:
        times = [one.seconds for one in self.answers]
        return (
            f"{self.name:<10}{len(self.answers):>7,} asked, {self.failed} failed, {self.wrong} wrong, "
            f"{len(self.slow)} slow; median {1_000 * statistics.median(times):.0f} ms, "
            f"slowest {1_000 * max(times):.0f} ms"
        )


class Client(threading.Thread):
    """Asks one question after another until stopped, over one connection kept open."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self._port, self._stopped = port, threading.Event()
        self.answers: list[Asked] = []

    def run(self) -> None:
        with _connected(self._port) as connection:
            while not self._stopped.is_set():
                number = len(self.answers) % len(PATHS)
                began = time.monotonic()
                status, total = _asked(connection, PATHS[number])
                self.answers.append(Asked(time.monotonic() - began, status, total))

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()
        self.join()


def _connected(port: int) -> AbstractContextManager[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60))


def _asked(connection: http.client.HTTPConnection, path: str) -> tuple[int, int]:
    try:
        if connection.sock and select.select([connection.sock], [], [], 0)[0]:
            connection.close()  # by the server, which keeps it for seconds only: a browser opens another too
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text)["total"] if answer.status == 200 else -1
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0, -1


def environment(data: Path, engine: str) -> dict[str, str]:
    """What the server and the commands are given."""
    return {**os.environ, "ARSHIF_DATA_DIR": str(data), "ARSHIF_ENGINE": engine, "DATABASE_URL": ""}


def manage(data: Path, engine: str, *arguments: str) -> None:
    """Run a management command on the archive. Raises: subprocess.CalledProcessError."""
    call = [sys.executable, "manage.py", *arguments]
    subprocess.run(call, cwd=ROOT, env=environment(data, engine), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(data: Path, engine: str, port: int) -> Iterator[None]:
    """A gunicorn with two workers, ready to answer."""
    call = ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    call += ["--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", *call], cwd=ROOT, env=environment(data, engine))
    try:
        with _connected(port) as connection:
            for _attempt in range(600):
                if _asked(connection, PATHS[0])[0] == 200:
                    break
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def total_now(port: int) -> int:
    """What everything counts at this moment."""
    with _connected(port) as connection:
        return _asked(connection, PATHS[0])[1]


def measured(
    data: Path, engine: str, port: int, new: Path | None, quiet: float = QUIET_SECONDS
) -> list[Stretch]:
    """The quiet time, the rebuild, and where there are new articles their coming in."""
    works: list[tuple[str, Sequence[str]]] = [("rebuild", ("index", "--rebuild"))]
    works += [("ingest", ("ingest", str(new)))] if new else []
    with served(data, engine, port):
        client = Client(port)
        client.start()
        time.sleep(quiet)
        warm = len(client.answers) // 4
        usual = statistics.median(one.seconds for one in client.answers[warm:])
        stretches = [Stretch("quiet", tuple(client.answers[warm:]), (total_now(port),), usual)]
        for name, arguments in works:
            before, first = total_now(port), len(client.answers)
            manage(data, engine, *arguments)
            time.sleep(1)
            totals = tuple(dict.fromkeys((before, total_now(port))))
            stretches.append(Stretch(name, tuple(client.answers[first:]), totals, usual))
        client.stop()
    return stretches


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where readers noticed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="whoosh")
    parser.add_argument("--new", type=Path, help="articles to take in")
    parser.add_argument("--port", type=int, default=8793)
    call = parser.parse_args(arguments)
    stretches = measured(call.data.resolve(), call.engine, call.port, call.new)
    for stretch in stretches:
        print(stretch)
    busy = stretches[1:]
    return 1 if any(one.failed or one.wrong or len(one.slow) > 1 for one in busy) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
