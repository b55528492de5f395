"""How fast articles come in, without indexing: ``python -m benchmarks.ingest SHARED [--out FILE.json]``.

SHARED is the folder of collections. Each row is one call of `manage.py ingest` on an empty archive (SQLite,
or the database in ``--database-url``, which is emptied), from start to end, Python's own start included.
Processor seconds count all processes of the call: on a busy machine they say more than the clock does.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
RAW_COPIES = 30
MAP = ("--map", "content=body", "source=outlet", "date_extracted=published")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured call."""

    what: str
    jobs: int
    articles: int
    seconds: float
    processor_seconds: float
    articles_per_second: int
    articles_per_processor_second: int


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command; what it prints. Raises: CalledProcessError: it failed."""
    command = [sys.executable, str(MANAGE), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def processor_seconds() -> float:
    """Processor time that ended child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(what: str, path: Path, options: Sequence[str], jobs: int, database: str) -> Figure:
    """Take a collection into an empty archive."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ARSHIF_DATA_DIR": folder, "DATABASE_URL": database, "PYTHONUTF8": "1"}
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "flush", "--no-input")
        began, used = time.monotonic(), processor_seconds()
        said = manage(environment, "ingest", "--no-index", f"--jobs={jobs}", str(path), *options)
        seconds, used = time.monotonic() - began, processor_seconds() - used
    articles = int(re.findall(r"([\d,]+) articles", said)[-1].replace(",", ""))
    rates = round(articles / seconds), round(articles / used)
    return Figure(what, jobs, articles, round(seconds, 1), round(used, 1), *rates)


def raw_files(pages: Path, folder: Path) -> Path:
    """A folder of raw text files: each page as it is, and again with a line of its own for every copy."""
    for number in range(RAW_COPIES):
        for page in pages.iterdir():
            line = f"\nالنسخة رقم {number}\n".encode() if number else b""
            (folder / f"{number}-{page.name}").write_bytes(page.read_bytes() + line)
    return folder


def main() -> None:
    """Measure, print a table, and write it as JSON if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--database-url", default="")
    asked = parser.parse_args()
    corpora = asked.shared / "corpora"
    lines, tagged = corpora / "saudinewsnet-dev.jsonl.gz", corpora / "ant-corpus-v1.1.zip"
    with tempfile.TemporaryDirectory() as temporary:
        raw = raw_files(corpora / "osac-raw-dev", Path(temporary))
        figures = [measure("raw text files, a folder", raw, (), jobs, asked.database_url) for jobs in (1, 2)]
    figures += [
        measure("JSON Lines, one file", lines, MAP, 1, asked.database_url),
        measure("JSON Lines, one file", lines, MAP, 2, asked.database_url),
        measure("tagged text, zip of small files", tagged, (), 1, asked.database_url),
        measure("tagged text, zip of small files", tagged, (), 2, asked.database_url),
    ]
    heads = ("jobs", "articles", "seconds", "processor", "articles/s", "/processor")
    print(f"{'collection':<32}" + "".join(f"{head:>11}" for head in heads))
    for row in figures:
        print(f"{row.what:<32}" + "".join(f"{value:>11,}" for value in astuple(row)[1:]))
    if asked.out:
        machine = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
        }
        text = json.dumps({**machine, "figures": [asdict(row) for row in figures]}, indent=1)
        asked.out.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
