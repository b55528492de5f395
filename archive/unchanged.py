"""What was read from the database, kept in this process for exactly as long as nothing is written to it.

An archive is read far more often than it is changed, and most of a page says what was true of it a second ago
too. SQLite and PostgreSQL both tell, in microseconds, whether anything at all was committed since one last
asked, by whichever process: so what is kept here is never out of date, not even for a moment.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.core.signals import request_finished, request_started
from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")

_lock: Final = threading.Lock()
_last_seen: Final = threading.local()
_reading: Final = threading.local()
_epoch = 0
"""How often a thread of this process has found its database changed."""


def moment() -> Hashable:
    """Something that is equal to an earlier answer only if nothing was written to the database in between.

    None where that cannot be said: within a transaction, which sees what may never come to be. Asked once for
    a request that only reads: what it shows was true when it came.
    """
    if connection.in_atomic_block:
        return None
    known: Hashable = getattr(_reading, "moment", None)
    if known is None:
        connection.ensure_connection()
        tell = _TELLERS.get(connection.vendor)
        known = tell() if tell else None
        if getattr(_reading, "now", False):
            _reading.moment = known
    return known


def while_unchanged(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the answers that a reading function last gave, `most` of them by their arguments, while they hold.

    Callers share what is kept: they must not change it.
    """

    def keeping(read: Callable[P, R]) -> Callable[P, R]:
        kept: OrderedDict[Hashable, tuple[Hashable, R]] = OrderedDict()

        @wraps(read)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            now, asked = moment(), (args, *sorted(kwargs.items()))
            if now is None:
                return read(*args, **kwargs)
            held = kept.get(asked)
            if held is not None and held[0] == now:
                return held[1]
            found = read(*args, **kwargs)
            with _lock:
                kept[asked] = now, found
                kept.move_to_end(asked)
                while len(kept) > most:
                    kept.popitem(last=False)
            return found

        return answer

    return keeping


def _of_sqlite() -> Hashable:
    """The epoch of the process. SQLite counts for each connection apart: `data_version` the commits of all
    others, `total_changes` its own; a thread that finds either changed begins an epoch for all threads."""
    global _epoch
    raw = connection.connection
    seen = raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes
    if getattr(_last_seen, "state", None) != seen:
        _last_seen.state = seen
        with _lock:
            _epoch += 1
    return _epoch


def _of_postgresql() -> Hashable:
    """Which transactions are visible: the same for all connections, and another after each commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def _begin(environ: Mapping[str, str] | None = None, **_: object) -> None:
    _reading.now, _reading.moment = (environ or {}).get("REQUEST_METHOD") in ("GET", "HEAD"), None


def _end(**_: object) -> None:
    _reading.now, _reading.moment = False, None


request_started.connect(_begin)
request_finished.connect(_end)


_TELLERS: Final[Mapping[str, Callable[[], Hashable]]] = {
    "sqlite": _of_sqlite,
    "postgresql": _of_postgresql,
}
