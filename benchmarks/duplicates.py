"""What looking for like texts finds and costs: ``python -m benchmarks.duplicates SHARED [--out FILE.json]``.

SHARED is the folder of collections. Each size is one archive (SQLite), taken in without indexing, and one
call of `manage.py find_duplicates` on it, Python's own start included; then some more articles, and a call.

Found: of the listed pairs of likeness .5 and above, those that are a pair in the archive, or are shown
through the same article. Collections larger than the real one are made of copies of it, each written in other
words: in a copy, every word is exchanged for another of about its frequency, always the same one. So lengths,
frequencies and the number of like texts to a thousand articles stay as they are, and no copy is like another.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
MAP = ("--map", "content=body", "source=outlet", "date_extracted=published", "url=id")
WORD = re.compile(r"[^\W\d_]+")
EXCHANGED = 40
"""Words of neighbouring frequency that stand for one another in a copy."""
MORE = 300
TRUE_REUSE = 0.5


@dataclass(frozen=True, slots=True)
class Figure:
    """What one call cost and came to; megabytes at the most."""

    articles: int
    new: int
    seconds: float
    processor_seconds: float
    megabytes: float
    compared: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the listed pairs were found, and how many pairs there are besides the listed ones."""

    listed: int
    found: int
    besides: int


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def copies(real: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The real records, then copy after copy of them in other words, without end."""
    yield from real
    texts = (record[name] or "" for record in real for name in ("title", "content"))
    ranked = [
        word for word, _n in Counter(word for text in texts for word in WORD.findall(text)).most_common()
    ]
    for number in count(1):
        other = _exchanged(ranked, random.Random(number))
        for record in real:
            written = {name: _rewritten(record[name] or "", other) for name in ("title", "content")}
            yield {**record, **written, "url": f"{record['url']}#{number}"}


def _rewritten(text: str, other: dict[str, str]) -> str:
    return WORD.sub(lambda match: other[match.group()], text)


def _exchanged(ranked: Sequence[str], chance: random.Random) -> dict[str, str]:
    other: dict[str, str] = {}
    for start in range(0, len(ranked), EXCHANGED):
        block = list(ranked[start : start + EXCHANGED])
        other.update(zip(block, chance.sample(block, len(block)), strict=True))
    return other


def manage(folder: Path, *arguments: str) -> tuple[str, float, float, float]:
    """Run a management command: what it prints, seconds, processor seconds, megabytes at the most.

    Raises: CalledProcessError: it failed.
    """
    environment = {**os.environ, "ARSHIF_DATA_DIR": str(folder), "DATABASE_URL": "", "PYTHONUTF8": "1"}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(MANAGE), *arguments], env=environment, stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.read() if process.stdout else ""
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, said)
    return said, time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def take_in(folder: Path, found: Iterator[dict[str, Any]]) -> None:
    """Ingest records as one file."""
    with tempfile.TemporaryDirectory() as inbox:
        path = Path(inbox) / f"{len(list(folder.iterdir()))}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in found)
        manage(folder, "ingest", "--no-index", "--new-outlets", str(path), *MAP)


def look(folder: Path) -> Figure:
    """Look for like texts among what has come in."""
    said, seconds, used, megabytes = manage(folder, "find_duplicates")
    new, compared, pairs = (
        int(figure.replace(",", ""))
        for figure in re.findall(r"([\d,]+) (?:new articles|pairs of texts compared|alike)", said)
    )
    with sqlite3.connect(folder / "arshif.sqlite3") as database:
        (held,) = database.execute("SELECT count(*) FROM archive_article").fetchone()
    return Figure(held, new, round(seconds, 1), round(used, 1), round(megabytes), compared, pairs)


def compare(folder: Path, listed: Sequence[dict[str, Any]], report: Path) -> Found:
    """Compare what was found with a list of pairs."""
    manage(folder, "find_duplicates", "--report", str(report))
    with report.open(encoding="utf-8") as file:
        held = [json.loads(line) for line in file]
    with sqlite3.connect(folder / "arshif.sqlite3") as database:
        rows = database.execute(
            "SELECT a.external_id, coalesce(b.external_id, a.external_id) FROM archive_article a"
            " LEFT JOIN archive_article b ON b.id = a.same_as_id"
        ).fetchall()
    shown = dict(rows)
    pairs = {_pair(shown, row["first_external_id"], row["second_external_id"]) for row in held}
    wanted = [_pair(shown, row["url_a"], row["url_b"]) for row in listed if row["jaccard4"] >= TRUE_REUSE]
    found = sum(pair in pairs or len(pair) == 1 for pair in wanted)
    known = {_pair(shown, row["url_a"], row["url_b"]) for row in listed}
    return Found(len(wanted), found, len({pair for pair in pairs if len(pair) == 2} - known))


def _pair(shown: dict[str, str], one: str, other: str) -> frozenset[str]:
    return frozenset((shown.get(one, one), shown.get(other, other)))


def measure(real: Sequence[dict[str, Any]], size: int, folder: Path) -> tuple[Figure, Figure]:
    """The cost of a whole collection of a size, and of some more articles after it."""
    manage(folder, "migrate", "--verbosity", "0")
    endless = copies(real)
    take_in(folder, islice(endless, size))
    whole = look(folder)
    take_in(folder, islice(endless, MORE))
    return whole, look(folder)


def main() -> None:
    """Measure, print a table, and write it as JSON if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[15_615, 50_000, 100_000])
    parser.add_argument("--pairs", type=Path, help="where to write the pairs found in the real collection")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    real = records(asked.shared / "corpora" / "saudinewsnet-dev.jsonl.gz")
    listed = records(asked.shared / "corpora" / "near-duplicates-dev.jsonl.gz")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in asked.sizes:
            folder = Path(temporary) / str(size)
            folder.mkdir()
            figures += measure(real, size, folder)
            print(figures[-2], figures[-1], sep="\n", flush=True)
        found = compare(
            Path(temporary) / str(asked.sizes[0]), listed, asked.pairs or Path(temporary) / "pairs.jsonl"
        )
    print(found)
    if asked.out:
        text = json.dumps({"found": asdict(found), "figures": [asdict(row) for row in figures]}, indent=1)
        asked.out.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
