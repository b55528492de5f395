"""An archive to measure on: a file of documents taken in, indexed and asked by the real commands.

Each file of documents has a data folder of its own, which is kept. A later call takes it up again when
the file is the same; the index is built anew only when `manage.py index` says that it is out of date.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.tasks import Run, documents_of, run_of

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "var" / "benchmarks"
"""Where the data folders are kept unless a call says otherwise."""
MARK: Final = "documents.sha256"


class CommandFailed(RuntimeError):
    """A command that did not end well: what it was and what it said."""

    def __init__(self, command: list[str], said: str) -> None:
        self.command, self.said = command, said
        super().__init__(f"manage.py {' '.join(command)} failed:\n{said}")


class NotAllTakenIn(RuntimeError):
    """Figures over a part of the documents would say nothing."""

    def __init__(self, file: Path, documents: int, articles: int) -> None:
        super().__init__(f"{file}: {documents:,} documents, but {articles:,} articles came of them.")


@dataclass(frozen=True, slots=True)
class Collection:
    """A data folder with an archive of one file of documents. `indexed_seconds`: 0 where the index was
    there.
    """

    name: str
    folder: Path
    documents: int
    indexed_seconds: float

    def manage(self, *arguments: str) -> str:
        """Run a management command on the archive; what it prints. Raises: CommandFailed."""
        return manage(self.folder, *arguments)

    def run(
        self, queries: Mapping[str, str], *, level: str = "any", limit: int = 100, options: Sequence[str] = ()
    ) -> Run:
        """The rankings of queries by `manage.py search --batch`; of one that finds nothing, an empty
        one.
        """
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as batch:
            batch.writelines(f"{number}\t{query}\n" for number, query in queries.items())
            batch.flush()
            call = (
                "search",
                "--batch",
                batch.name,
                "--level",
                level,
                "--limit",
                str(limit),
                "--format",
                "trec",
            )
            answered = run_of(self.manage(*call, *options).splitlines())
        return {number: answered.get(number, []) for number in queries}

    def index_bytes(self) -> int:
        """The size of the index, all files of it."""
        files = (self.folder / "index").rglob("*")
        return sum(file.stat().st_size for file in files if file.is_file())


def manage(data: Path, *arguments: str) -> str:
    """Run a management command on a data folder; what it prints. Raises: CommandFailed."""
    environment = {**os.environ, "ARSHIF_DATA_DIR": str(data), "PYTHONUTF8": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(list(arguments), done.stderr or done.stdout)
    return done.stdout


def collection_of(documents: Path, kept: Path = KEPT, *, fresh: bool = False) -> Collection:
    """The archive of a file of documents, made where it is not there yet.

    Raises: CommandFailed, NotAllTakenIn.
    """
    digest = hashlib.sha256(documents.read_bytes()).hexdigest()
    name = documents.name.partition("documents")[0].strip(".") or documents.resolve().parent.name
    folder = kept.resolve() / f"{name}-{digest[:8]}"
    if fresh or not (folder / MARK).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        manage(folder, "migrate", "--verbosity", "0")
        _check_all(documents, manage(folder, "ingest", "--no-index", str(documents.resolve())))
        (folder / MARK).write_text(digest, encoding="ascii")
    return _indexed(name, folder, documents)


def _check_all(documents: Path, said: str) -> None:
    """The index may hold fewer: the same article is shown once, and a run names it by all its names."""
    count = sum(1 for _ in documents_of(documents))
    articles = sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) articles \+", said))
    if articles != count:
        raise NotAllTakenIn(documents, count, articles)


def _indexed(name: str, folder: Path, documents: Path) -> Collection:
    """The collection with an index of today's rules and all of the documents in it."""
    manage(folder, "migrate", "--verbosity", "0")
    began = time.monotonic()
    said = manage(folder, "index")
    seconds = time.monotonic() - began
    written = re.search(r"([\d,]+) articles written", said)
    built = written is not None and written[1] != "0"
    count = sum(1 for _ in documents_of(documents))
    return Collection(name, folder, count, round(seconds, 1) if built else 0.0)
