"""Search tasks as they lie in a folder: documents, queries, judgements, and another engine's answers.

A task is ``NAME.queries.tsv`` (id, tab, query) with ``NAME.qrels.tsv`` (TREC form) and, where there is
one, ``NAME.lucene.run.gz`` (a TREC run to compare with). Its documents are ``NAME.documents.jsonl`` or
``.jsonl.gz``; tasks may share those of the first part of their names (``news.titles`` and ``news.xquad``:
``news.documents``). A folder with one task may leave the names out (``queries.tsv`` …): the task is
called like the folder.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

QUERIES: Final = "queries.tsv"
QRELS: Final = "qrels.tsv"
RIVAL: Final = "lucene.run.gz"
DOCUMENTS: Final = ("documents.jsonl.gz", "documents.jsonl")

Ranking = list[str]
"""Documents by their own ids, best first."""
Run = dict[str, Ranking]
"""The ranking of each query."""


class TaskIncomplete(ValueError):
    """A task without one of its files: names the file and the forms that are looked for."""

    def __init__(self, folder: Path, task: str, wanted: str) -> None:
        self.folder, self.task, self.wanted = folder, task, wanted
        super().__init__(
            f"{folder}: the task {task!r} has no {wanted}. benchmarks/tasks.py says how files are named."
        )


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `rival`: the run to compare with, where there is one."""

    name: str
    documents: Path
    queries: Path
    qrels: Path
    rival: Path | None


def tasks_in(folder: Path) -> list[Task]:
    """The tasks of a folder by name.

    Raises: TaskIncomplete: one without documents or judgements, or none at all.
    """
    found = [_task(file) for file in sorted(folder.glob(f"*{QUERIES}"))]
    if not found:
        raise TaskIncomplete(folder, folder.resolve().name, QUERIES)
    return found


def _task(queries: Path) -> Task:
    prefix = queries.name.removesuffix(QUERIES)
    folder = queries.parent
    name = prefix.rstrip(".") or folder.resolve().name
    qrels, rival = folder / f"{prefix}{QRELS}", folder / f"{prefix}{RIVAL}"
    if not qrels.exists():
        raise TaskIncomplete(folder, name, qrels.name)
    return Task(name, _documents(folder, prefix, name), queries, qrels, rival if rival.exists() else None)


def _documents(folder: Path, prefix: str, name: str) -> Path:
    """The documents of the longest part of a task's name that has some."""
    parts = prefix.split(".")[:-1]
    for length in range(len(parts), -1, -1):
        for ending in DOCUMENTS:
            file = folder / ".".join([*parts[:length], ending])
            if file.exists():
                return file
    raise TaskIncomplete(folder, name, " or ".join(DOCUMENTS))


def opened(path: Path) -> TextIO:
    """A text file, gzipped or not, to be read as UTF-8."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def documents_of(path: Path) -> Iterator[dict[str, str]]:
    """The documents of a file of JSON Lines."""
    with opened(path) as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def queries_of(path: Path) -> dict[str, str]:
    """The queries of a file by their ids."""
    with opened(path) as lines:
        pairs = (line.rstrip("\n").partition("\t") for line in lines if line.strip())
        return {number.strip(): query.strip() for number, _, query in pairs}


def run_of(lines: Iterable[str]) -> Run:
    """The rankings in the lines of a TREC run, by their ranks."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    for line in lines:
        if line.strip():
            query, _, document, rank, *_ = line.split()
            ranked.setdefault(query, []).append((int(rank), document))
    return {query: [document for _, document in sorted(found)] for query, found in ranked.items()}
