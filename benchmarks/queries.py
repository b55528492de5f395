"""Ask generated queries through the pages: `python -m benchmarks.queries DATA --engine NAME [--count 20000]`.

DATA is the data folder of an archive that is indexed; it is only read. Queries are drawn by
benchmarks.drawn_queries and go through the whole application (one in ten to the API), and `--http` of them
over the network to a gunicorn of its own. Wrong is: a status of 5xx, or any but 200 of the page; more than a
second of processor time; a mistake that is not explained, or not in the reader's language. Exit 1 if any.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from benchmarks.drawn_queries import Drawn, drawn

ROOT: Final = Path(__file__).resolve().parent.parent
LIMIT_SECONDS: Final = 1.0
LINE_OF_GUNICORN: Final = 4_000
"""Letters of an address that its usual limit lets through."""
WORDS: Final = 3_000
_SAYS: Final = re.compile(r'<span class="says">(.*?)</span>', re.DOTALL)
_QUOTED: Final = re.compile("“.*?”", re.DOTALL)
_ARABIC: Final = re.compile("[ء-ي]")

Ask = Callable[[str], tuple[int, str]]
"""From a path with its query to the status and the text of the answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and what came of it. `seconds`: processor time. `wrong`: empty where nothing is."""

    kind: str
    address: str
    status: int
    seconds: float
    wrong: str


def fault(query: Drawn, path: str, status: int, text: str, seconds: float) -> str:
    """What is wrong with an answer; empty where nothing is."""
    allowed = {200, 400} if path.startswith("/api/") else {200}
    if status not in allowed:
        return f"status {status}"
    if seconds > LIMIT_SECONDS:
        return f"{seconds:.2f} s"
    if path.startswith("/api/"):
        return ""
    said = [html.unescape(one) for one in _SAYS.findall(text)]
    if query.mistaken and not said:
        return "not explained"
    in_arabic = [bool(_ARABIC.search(_QUOTED.sub("", one))) for one in said]
    return "" if all(one == (query.language == "ar") for one in in_arabic) else f"language: {said}"


def application() -> Ask:
    """Ask the application itself, as its web server does."""
    import django
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    django.setup()
    handler: Any = WSGIHandler()
    factory = RequestFactory(SERVER_NAME="localhost")

    def ask(path: str) -> tuple[int, str]:
        statuses: list[int] = []
        before, _sign, query = path.partition("?")
        environ = factory.get(before).environ | {"QUERY_STRING": query}
        answer = handler(environ, lambda status, _headers: statuses.append(int(status[:3])))
        text = b"".join(answer).decode()
        answer.close()
        return statuses[0], text

    return ask


def first_help(ask: Ask) -> float:
    """Seconds of processor time of the query for which a process first reads the words of the collection,
    and what is loaded by any first query.
    """
    began = time.process_time()
    ask(f"/search/?q={quote('السعودبة')}&level=inflected")
    return time.process_time() - began


def vocabulary() -> tuple[list[str], list[str]]:
    """Frequent words of the collection, the most frequent first, and the names of its outlets."""
    from archive.models import Outlet
    from search.engine import engine

    words = engine().words(WORDS)
    ordered = sorted(zip(words.documents, words.written, strict=True), reverse=True)
    return [word for _count, word in ordered], list(Outlet.objects.values_list("name", flat=True))


def asked(queries: Iterable[Drawn], ask: Ask, clock: Callable[[], float], seed: int) -> Iterator[Asked]:
    """Ask one after the other."""
    chance = random.Random(seed)
    for query in queries:
        path = f"{'/api/v1/search' if chance.random() < 0.1 else '/search/'}?{query.address}"
        began = clock()
        status, text = ask(path)
        seconds = clock() - began
        yield Asked(query.kind, path, status, round(seconds, 4), fault(query, path, status, text, seconds))


@contextmanager
def served(data: Path, engine: str, port: int) -> Iterator[Ask]:
    """A gunicorn on the archive, asked over the network."""
    own = {"ARSHIF_DATA_DIR": str(data), "ARSHIF_ENGINE": engine, "WEB_CONCURRENCY": "1"}
    call = ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([sys.executable, "-m", *call], cwd=ROOT, env=os.environ | own)
    try:
        _await(port)
        yield lambda path: _fetched(port, path)
    finally:
        server.terminate()
        server.wait()


def _fetched(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _await(port: int) -> None:
    for _attempt in range(300):
        try:
            if _fetched(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("gunicorn does not answer")


def table(answers: list[Asked]) -> str:
    """By kind: how many, milliseconds of processor time, statuses, and how many were wrong."""
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for one in answers:
        kinds[one.kind].append(one)
    rows = [f"{'kind':<30}{'asked':>7}{'p50':>8}{'p95':>8}{'worst':>8}{'wrong':>7}  statuses"]
    for kind, those in [*sorted(kinds.items()), ("all", answers)]:
        times = sorted(1_000 * one.seconds for one in those)
        statuses = dict(Counter(one.status for one in those).most_common())
        rows.append(
            f"{kind:<30}{len(those):>7,}{statistics.median(times):>8.1f}{times[int(len(times) * 0.95)]:>8.1f}"
            f"{times[-1]:>8.1f}{sum(bool(one.wrong) for one in those):>7}  {statuses}"
        )
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Ask, print, write as JSON if asked; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="whoosh")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--http", type=int, default=500, help="of the same queries over the network")
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="JSON written: the slowest ones and all that is wrong")
    call = parser.parse_args(arguments)
    os.environ |= {"ARSHIF_DATA_DIR": str(call.data.resolve()), "ARSHIF_ENGINE": call.engine}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    ask = application()
    print(f"first misspelt query of a process: {first_help(ask):.2f} s of processor time")
    queries = list(drawn(call.count, call.seed, *vocabulary()))
    answers = list(asked(queries, ask, time.process_time, call.seed))
    print(f"{call.engine}, processor time in milliseconds\n{table(answers)}")
    short = [query for query in queries if len(query.address) < LINE_OF_GUNICORN][: call.http]
    with served(call.data, call.engine, call.port) as over_http:
        # the clock stands still: over the network only the answer is judged
        fetched = list(asked(short, over_http, lambda: 0.0, call.seed))
    print(f"over HTTP: {Counter(one.status for one in fetched)}")
    wrong = [one for one in (*answers, *fetched) if one.wrong]
    slowest = sorted(answers, key=lambda one: -one.seconds)[:10]
    for one in (*slowest, *wrong[:40]):
        print(f"{one.seconds:.3f} s  {one.wrong or one.kind}: {one.address[:200]}")
    if call.out:
        call.out.write_text(json.dumps([asdict(one) for one in (*slowest, *wrong)], ensure_ascii=False))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
