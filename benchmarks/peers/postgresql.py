"""PostgreSQL full text, as its manual (chapter 12) sets it up: a stored `tsvector` column, title before body
by weight, in the `arabic` configuration, a GIN index on it, `ts_rank`, and `ts_headline` on the ten that are
shown. The cluster is a throw-away one, started here with the server's own defaults but without fsync.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from benchmarks.peers.base import HITS, Answered, Asked, OverLimit, Row
from benchmarks.peers.fts5 import summed

PROGRAMS: Final = Path("/usr/lib/postgresql")
CONFIGURATION: Final = "arabic"
TABLE: Final = f"""
CREATE TABLE articles (
    pk integer PRIMARY KEY, outlet text, published date, title text, body text,
    words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('{CONFIGURATION}', title), 'A')
        || setweight(to_tsvector('{CONFIGURATION}', body), 'B')
    ) STORED
)"""
COPY: Final = "COPY articles (pk, outlet, published, title, body) FROM STDIN"
INDEXES: Final = (
    "CREATE INDEX found ON articles USING gin (words)",
    "CREATE INDEX newest ON articles (published DESC, pk)",
    "CREATE INDEX outlets ON articles (outlet)",
    "ANALYZE articles",
)
HITS_OF: Final = """
SELECT pk, ts_headline(%(language)s::regconfig, body, {query}) FROM (
    SELECT pk, body, published, ts_rank(words, {query}) AS rank FROM articles WHERE {among}
    ORDER BY {order} LIMIT 10 OFFSET %(offset)s
) AS best ORDER BY {order}"""
COUNTS_OF: Final = """
SELECT outlet, to_char(published, 'YYYY-MM') AS month, count(*) FROM articles WHERE {among}
GROUP BY outlet, month"""


class NoServer(RuntimeError):
    """This machine has no server programs of PostgreSQL."""


def programs() -> Path:
    """The folder of the newest server programs. Raises: NoServer."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoServer(f"no PostgreSQL server in {PROGRAMS} (Debian: apt-get install postgresql)")
    return found[-1].parent


class PostgreSQL:
    """A cluster of its own, and one connection to it."""

    said = (
        "PostgreSQL, its arabic configuration (Snowball's stemmer), its defaults, fsync off. No ladder of "
        "forms; facets by GROUP BY over all matches, passages by ts_headline on the ten shown."
    )

    def __init__(self, folder: Path) -> None:
        self._programs = programs()
        self._cluster = folder.resolve() / "cluster"
        if not self._cluster.exists():
            self._make(folder)
        self._port = free_port()
        self._run("pg_ctl", "-D", str(self._cluster), "-w", "-l", str(self._cluster / "log"), *self._start())
        self._connection = psycopg.connect(
            f"host=127.0.0.1 port={self._port} user=postgres dbname=postgres", autocommit=True
        )

    def is_built(self, articles: int) -> bool:
        ready = self._rows("SELECT count(*) FROM pg_class WHERE relname IN ('found', 'newest', 'outlets')")
        return bool(ready[0][0] == 3 and self._rows("SELECT count(*) FROM articles")[0][0] == articles)

    def build(self, rows: Iterator[Row]) -> None:
        self._connection.execute("DROP TABLE IF EXISTS articles")
        self._connection.execute(TABLE)
        with self._connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row((row.pk, row.outlet, row.published or None, row.title, row.body))
        for statement in INDEXES:
            self._connection.execute(statement)

    def forget(self) -> None:
        self._connection.execute("DISCARD PLANS")

    def answer(self, asked: Asked, limit: float) -> Answered:
        self._connection.execute(sql.SQL("SET statement_timeout = {}").format(sql.Literal(int(limit * 1000))))
        try:
            return self._answer(asked)
        except psycopg.errors.QueryCanceled as error:
            raise OverLimit from error

    def _answer(self, asked: Asked) -> Answered:
        query, texts = query_of(asked)
        among = "TRUE" if asked.everything else f"words @@ {query}"
        parts = {
            "query": sql.SQL(query),
            "among": sql.SQL(among + filters_of(asked)),
            "order": sql.SQL("published DESC, pk" if asked.everything else "rank DESC, pk"),
        }
        values = texts | {
            "language": CONFIGURATION,
            "offset": (asked.page - 1) * HITS,
            "outlet": asked.outlet,
            "first": asked.first,
            "last": asked.last,
        }
        hits = self._rows(sql.SQL(HITS_OF).format(**parts), values)
        counts = self._rows(sql.SQL(COUNTS_OF).format(**parts), values)
        return Answered(
            tuple(hit[0] for hit in hits),
            sum(count for _outlet, _month, count in counts),
            {"outlet": summed(counts, 0), "month": summed(counts, 1)},
            tuple(hit[1] for hit in hits),
        )

    def finds(self, typed: str, written: str) -> bool:
        statement = "SELECT to_tsvector(%(of)s, %(written)s) @@ plainto_tsquery(%(of)s, %(typed)s)"
        values = {"of": CONFIGURATION, "written": written, "typed": typed}
        return bool(self._rows(statement.replace("%(of)s", "%(of)s::regconfig"), values)[0][0])

    def index_bytes(self) -> int:
        words, index = "sum(pg_column_size(words))", "pg_relation_size('found')"
        return int(self._rows(f"SELECT coalesce({words}, 0) + {index} FROM articles")[0][0])

    def server_processes(self) -> list[int]:
        return [self._connection.info.backend_pid]

    def close(self) -> None:
        self._connection.close()
        self._run("pg_ctl", "-D", str(self._cluster), "-m", "fast", "stop")

    def _make(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        options = ("--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8")
        self._run("initdb", "-D", str(self._cluster), *options)

    def _start(self) -> tuple[str, ...]:
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        return ("-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        """Run a server program, as the user it asks for where this one may do everything."""
        user = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*user, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, cwd=self._cluster.parent, stdout=subprocess.DEVNULL)

    def _rows(self, statement: Any, values: dict[str, Any] | None = None) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()


def query_of(asked: Asked) -> tuple[str, dict[str, str]]:
    """The query as an expression of `tsquery`, and the values in it."""
    values: dict[str, str] = {}

    def of(function: str, text: str) -> str:
        values[f"text{len(values)}"] = text
        return f"{function}('{CONFIGURATION}', %(text{len(values) - 1})s)"

    parts = [of("plainto_tsquery", " ".join(asked.all_of))] if asked.all_of else []
    if asked.phrase:
        parts.append(of("phraseto_tsquery", " ".join(asked.phrase)))
    if asked.any_of:
        parts.append("(" + " || ".join(of("plainto_tsquery", word) for word in asked.any_of) + ")")
    if asked.prefix:
        parts.append(of("to_tsquery", f"'{asked.prefix}':*"))
    parts += ["!!" + of("plainto_tsquery", word) for word in asked.none_of]
    return "(" + (" && ".join(parts) or of("plainto_tsquery", "")) + ")", values


def filters_of(asked: Asked) -> str:
    """What narrows the matches, as conditions on columns."""
    outlet = " AND outlet = %(outlet)s" if asked.outlet else ""
    return outlet + (" AND published BETWEEN %(first)s AND %(last)s" if asked.first else "")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
