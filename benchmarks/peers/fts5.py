"""SQLite FTS5, as https://sqlite.org/fts5.html sets it up: an external content table, so that no text is kept
twice, the default tokeniser `unicode61`, order by `rank`, passages by `snippet()`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers.base import HITS, Answered, Asked, OverLimit, Row

TABLES = """
CREATE TABLE articles (
    pk INTEGER PRIMARY KEY, outlet TEXT, published TEXT, title TEXT, body TEXT
);
CREATE INDEX newest ON articles (published DESC, pk);
CREATE VIRTUAL TABLE found USING fts5 (title, body, content='articles', content_rowid='pk');
"""
MATCHING = "FROM found JOIN articles ON articles.pk = found.rowid WHERE found MATCH :words"
EVERYTHING = "FROM articles WHERE TRUE"
STEPS = 1000
"""Steps of SQLite's machine between two looks at the clock."""


class Fts5:
    """FTS5 in this process."""

    said = (
        "SQLite FTS5, unicode61: words as written. No ladder of forms; facets by GROUP BY over all matches, "
        "passages by snippet()."
    )

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "articles.sqlite3"
        self._connection = sqlite3.connect(self._path)

    def is_built(self, articles: int) -> bool:
        names = "SELECT count(*) FROM sqlite_master WHERE name = 'found'"
        if not self._one(names):
            return False
        return self._one("SELECT count(*) FROM articles") == articles

    def build(self, rows: Iterator[Row]) -> None:
        self._connection.close()
        self._path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(self._path)
        self._connection.executescript(TABLES)
        with self._connection:
            for row in rows:
                self._connection.execute(
                    "INSERT INTO articles VALUES (?, ?, ?, ?, ?)",
                    (row.pk, row.outlet, row.published, row.title, row.body),
                )
            self._connection.execute("INSERT INTO found (found) VALUES ('rebuild')")
            self._connection.execute("INSERT INTO found (found) VALUES ('optimize')")

    def forget(self) -> None:
        self._connection.execute("PRAGMA shrink_memory")

    def answer(self, asked: Asked, limit: float) -> Answered:
        end = time.monotonic() + limit
        self._connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        try:
            return self._answer(asked)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise OverLimit from error
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    def _answer(self, asked: Asked) -> Answered:
        values: dict[str, Any] = {
            "words": query_of(asked),
            "outlet": asked.outlet,
            "first": asked.first,
            "last": asked.last,
            "offset": (asked.page - 1) * HITS,
        }
        among = (EVERYTHING if asked.everything else MATCHING) + filters_of(asked)
        passage = "substr(body, 1, 200)" if asked.everything else "snippet(found, 1, '<b>', '</b>', '…', 30)"
        order = "published DESC, articles.pk" if asked.everything else "rank"
        hits = self._connection.execute(
            f"SELECT articles.pk, {passage} {among} ORDER BY {order} LIMIT {HITS} OFFSET :offset", values
        ).fetchall()
        counts = self._connection.execute(
            f"SELECT outlet, substr(published, 1, 7) AS month, count(*) {among} GROUP BY outlet, month",
            values,
        ).fetchall()
        return Answered(
            tuple(hit[0] for hit in hits),
            sum(count for _outlet, _month, count in counts),
            {"outlet": summed(counts, 0), "month": summed(counts, 1)},
            tuple(hit[1] for hit in hits),
        )

    def finds(self, typed: str, written: str) -> bool:
        with sqlite3.connect(":memory:") as probe:
            probe.execute("CREATE VIRTUAL TABLE found USING fts5 (body)")
            probe.execute("INSERT INTO found VALUES (?)", (written,))
            asked = query_of(Asked("", typed, all_of=(typed,)))
            count = probe.execute("SELECT count(*) FROM found WHERE found MATCH ?", (asked,)).fetchone()[0]
        probe.close()
        return bool(count)

    def index_bytes(self) -> int:
        parts = ("data", "idx", "docsize")
        return sum(
            int(self._one(f"SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = 'found_{part}'"))
            for part in parts
        )

    def server_processes(self) -> list[int]:
        return []

    def close(self) -> None:
        self._connection.close()

    def _one(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchone()[0])


def query_of(asked: Asked) -> str:
    """The query in FTS5's own language, each word as a string of it."""
    parts = [quoted(word) for word in asked.all_of]
    if asked.phrase:
        parts.append(quoted(" ".join(asked.phrase)))
    if asked.any_of:
        parts.append("(" + " OR ".join(map(quoted, asked.any_of)) + ")")
    if asked.prefix:
        parts.append(quoted(asked.prefix) + " *")
    return " AND ".join(parts) + "".join(f" NOT {quoted(word)}" for word in asked.none_of)


def quoted(text: str) -> str:
    """A string of FTS5's language."""
    return '"' + text.replace('"', '""') + '"'


def filters_of(asked: Asked) -> str:
    """What narrows the matches, as conditions on columns."""
    outlet = " AND outlet = :outlet" if asked.outlet else ""
    return outlet + (" AND published BETWEEN :first AND :last" if asked.first else "")


def summed(counts: list[tuple[str, str, int]], column: int) -> dict[str, int]:
    """Counts by one of the columns that they are given by."""
    sums: dict[str, int] = {}
    for row in counts:
        value = str(row[column])
        sums[value] = sums.get(value, 0) + row[2]
    return sums
