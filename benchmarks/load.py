"""How many pages of results a second the archive serves behind gunicorn, and what a worker takes of memory.

    ARSHIF_DATA_DIR=DIR python -m benchmarks.load [--engine NAME] [--seconds 20] [--out FILE.json]

Starts gunicorn as `make demo` does, on the archive and index in DIR, and asks it for whole pages of results
with `wrk` (Debian: apt-get install wrk; https://github.com/wg/wrk) on the same machine: queries of the kinds
of `benchmarks.search`, drawn from the archive's own words by a fixed seed. Twice: "new", each address another
than all before, so that no answer can have been kept; "asked again", 250 addresses over and over. Memory is
that of a worker after the load, beside one that serves an empty Django project in the same way.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SCRIPT: Final = Path(__file__).with_suffix(".lua")
SEED: Final = 1436
AGAIN: Final = 250
MOST_A_SECOND: Final = 400
"""Addresses made for each second of load: more than are asked, or some would be asked twice."""
LAST_PAGE: Final = 40
STARTS_WITHIN: Final = 60.0
STATUS: Final = re.compile(r"^(Rss|Pss|Private_Dirty):\s+(\d+) kB", re.MULTILINE)

Workers = Callable[[], list[int]]
"""The process numbers of a server's workers."""
EMPTY: Final = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

apps = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="of an empty project",
    INSTALLED_APPS=[f"django.contrib.{app}" for app in apps],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
urlpatterns = [path("", lambda request: HttpResponse("empty"))]
application = get_wsgi_application()
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a worker. `rss`: all, with what it shares and pages of the index that the system keeps;
    `pss`: of what is shared, its share; `own`: what it wrote itself."""

    rss: float
    pss: float
    own: float


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured. `processor_ms`: what a page takes of the workers' processors, whatever else runs.

    `repeated`: the share of requests for an address that was asked before.
    """

    addresses: str
    requests_a_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    processor_ms: float
    requests: int
    failed: int
    repeated: float
    kilobytes_a_page: float


def main() -> None:
    """Print the figures, and write them where asked."""
    asked = _arguments()
    if shutil.which("wrk") is None:
        sys.exit("There is no wrk on this machine (Debian: apt-get install wrk).")
    os.environ["ARSHIF_ENGINE"] = asked.engine
    distinct = addresses(asked.seconds * MOST_A_SECOND + AGAIN)
    with _gunicorn("config.wsgi", ROOT, asked.workers) as (base, workers):
        again, new = distinct[:AGAIN], distinct[AGAIN:]
        _ask_once(base, again[:20])
        loads = [_load("new", base, new, workers, asked), _load("asked again", base, again, workers, asked)]
        memory = [_memory(pid) for pid in workers()]
    empty = _empty_worker(asked.workers)
    for load in loads:
        print(load)
    print("workers", *memory, "empty Django", empty, sep="\n  ")
    above = [
        max(getattr(one, kind) for one in memory) - getattr(empty, kind) for kind in ("rss", "pss", "own")
    ]
    print("above an empty Django: rss {:.1f}, pss {:.1f}, own {:.1f} MB".format(*above))
    if asked.out:
        report = {"engine": asked.engine, "workers": asked.workers, "connections": asked.connections}
        report |= {"loads": [asdict(load) for load in loads], "empty": asdict(empty)}
        report |= {"memory": [asdict(one) for one in memory]}
        asked.out.write_text(json.dumps(report, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="whoosh")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=8, help="how many readers ask at once")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def addresses(number: int) -> list[str]:
    """So many different addresses of pages of results, the kinds in turn, from another page of the results
    where a query was drawn before."""
    from benchmarks.search import kinds, sample_words
    from search.presentation.links import address

    chance = random.Random(SEED)
    makers = itertools.cycle(kinds(sample_words(chance), chance).values())
    found: dict[str, None] = {}
    while len(found) < number:
        request = next(makers)()
        for page in range(request.page, LAST_PAGE):
            path = address(replace(request, page=page))
            if path not in found:
                found[path] = None
                break
    return list(found)


@contextmanager
def _gunicorn(application: str, folder: Path, number: int) -> Iterator[tuple[str, Workers]]:
    """A running server: its address, and a function that answers the workers' process numbers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    config = ["--config", str(ROOT / "config" / "gunicorn.py")] if folder == ROOT else ["--threads", "4"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, *config, "--bind", host, "--workers", str(number)],
        cwd=folder,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://{host}/")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        yield f"http://{host}", lambda: [int(pid) for pid in children.read_text().split()]
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(url, timeout=STARTS_WITHIN).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _ask_once(base: str, paths: list[str]) -> None:
    for path in paths:
        urllib.request.urlopen(base + path).close()


def _load(name: str, base: str, paths: list[str], workers: Workers, asked: argparse.Namespace) -> Load:
    before = sum(map(_processor_seconds, workers()))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        command = ["wrk", "-t1", f"-c{asked.connections}", f"-d{asked.seconds}s", "--timeout", "30s"]
        run = subprocess.run(
            [*command, "--script", str(SCRIPT), base],
            env=os.environ | {"ADDRESSES": file.name, "THREADS": "1"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    said = json.loads(run.stdout.partition("JSON")[2])
    used = sum(map(_processor_seconds, workers())) - before
    return Load(
        addresses=name,
        requests_a_second=round(said["requests"] / said["seconds"], 1),
        **{key: said[key] for key in ("p50_ms", "p95_ms", "p99_ms", "max_ms", "requests", "failed")},
        processor_ms=round(used / said["requests"] * 1000, 1),
        repeated=round(max(0, said["requests"] - len(paths)) / said["requests"], 3),
        kilobytes_a_page=round(said["bytes"] / said["requests"] / 1000, 1),
    )


def _processor_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> Memory:
    kilobytes = {
        name: int(value) for name, value in STATUS.findall(Path(f"/proc/{pid}/smaps_rollup").read_text())
    }
    return Memory(*(round(kilobytes[kind] / 1000, 1) for kind in ("Rss", "Pss", "Private_Dirty")))


def _empty_worker(number: int) -> Memory:
    """The memory of a worker that serves a project without any application of its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "empty.py").write_text(EMPTY)
        with _gunicorn("empty", Path(folder), number) as (base, workers):
            _ask_once(base, ["/"] * 20)
            return max((_memory(pid) for pid in workers()), key=lambda memory: memory.rss)


if __name__ == "__main__":
    main()
