"""How gunicorn serves the archive; the address is given where it is called.

The application is loaded once, before the workers part (`preload_app`), so that they share it: the code, the
counts of the Arabic lexicon. What was loaded is put out of reach of Python's search for garbage
(`gc.freeze`), which would write into every object it passes and so copy what is shared, for things that never
become garbage. Connections to the database and the files of the index are opened by each worker for itself,
after they parted.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
from typing import Any

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
control_socket_disable = True

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""The names of these settings in glibc's malloc.h."""
MEGABYTE = 1 << 20
OBJECTS_BETWEEN_SEARCHES = 20_000
"""New objects after which Python looks for garbage: some pages' worth."""
KILOBYTES_OF_DATABASE = 2_048
"""What each thread of a worker keeps of a SQLite database; the system keeps its files for all of them."""


def when_ready(server: Any) -> None:
    """Load what every worker needs and share it."""
    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver

    from arabic.lexicon import LexiconUnreadable, in_use
    from search.engine import engine

    get_resolver(settings.ROOT_URLCONF)._populate()
    engine()
    try:
        in_use()
    except LexiconUnreadable as unreadable:
        server.log.warning("%s", unreadable)
    connections.close_all()
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """Look for garbage seldom, for what a page makes goes by itself, and keep little of the database."""
    from django.db.backends.signals import connection_created

    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    keep_heap_small()
    connection_created.connect(keep_little, dispatch_uid="config.gunicorn")


def keep_heap_small() -> None:
    """Let the threads of a worker share one heap of the C library, where it can be told so: with one each,
    what a thread gave back serves no other, and Python's own lock lets one of them work at a time anyway.
    What is free at its end goes back to the system from two megabytes on, and large arrays at once: left to
    itself the library comes to keep up to 64 megabytes."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, 1)
        library.mallopt(M_TRIM_THRESHOLD, 2 * MEGABYTE)
        library.mallopt(M_MMAP_THRESHOLD, MEGABYTE)


def keep_little(connection: Any, **_: object) -> None:
    """Readers need less of a database at hand than who takes articles in, for whom the settings are made."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{KILOBYTES_OF_DATABASE}")
