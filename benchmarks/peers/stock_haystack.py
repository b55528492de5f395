"""django-haystack on Whoosh with its stock backend, as its tutorial sets it up, in a project of its own."""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, Final, Never

import django
from django.conf import settings

from benchmarks.peers.base import HITS, Answered, Asked, OverLimit, Row, folder_bytes

BATCH: Final = 1000
APPLICATIONS: Final = ("django.contrib.contenttypes", "haystack", "benchmarks.peers.stock")


def set_up(folder: Path) -> None:
    """Configure the project; once in a process."""
    settings.configure(
        INSTALLED_APPS=list(APPLICATIONS),
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "articles.sqlite3")}
        },
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        HAYSTACK_CONNECTIONS={
            "default": {
                "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
                "PATH": str(folder / "whoosh"),
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=False,
        LOGGING_CONFIG=None,
    )
    django.setup()


class StockHaystack:
    """`SearchQuerySet` on the stock backend."""

    said = (
        "django-haystack's own Whoosh backend, its defaults: an English stemmer, words as written. "
        "No ladder of forms."
    )

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        set_up(folder)

    @cached_property
    def _span(self) -> tuple[datetime.datetime, ...]:
        """The first and last day held, which a user gives to `date_facet`: every month more costs it time.
        None where no day is known."""
        from django.db.models import Max, Min

        from benchmarks.peers.stock.models import Article

        held = Article.objects.aggregate(first=Min("published"), last=Max("published"))
        return tuple(day for day in (held["first"], held["last"]) if day)

    def is_built(self, articles: int) -> bool:
        from haystack.query import SearchQuerySet

        return (self._folder / "whoosh").exists() and SearchQuerySet().all().count() == articles

    def build(self, rows: Iterator[Row]) -> None:
        from django.core.management import call_command
        from django.db import connection

        from benchmarks.peers.stock.models import Article

        with connection.schema_editor() as editor:
            if Article._meta.db_table not in connection.introspection.table_names():
                editor.create_model(Article)
        Article.objects.all().delete()
        while batch := [article_of(row) for row in islice(rows, BATCH)]:
            Article.objects.bulk_create(batch)
        call_command("rebuild_index", interactive=False, verbosity=0)

    def forget(self) -> None:
        """Nothing is kept between queries but what Whoosh keeps for good."""

    def answer(self, asked: Asked, limit: float) -> Answered:
        from haystack.query import SearchQuerySet

        start = (asked.page - 1) * HITS
        with over_limit_after(limit):
            found = narrowed(SearchQuerySet(), asked).facet("outlet")
            if self._span:
                found = found.date_facet("published", *self._span, "month")
            hits = list(found.highlight()[start : start + HITS])
            counts = found.facet_counts()
            total = found.count()
        return Answered(
            tuple(int(hit.pk) for hit in hits if hit is not None),
            total,
            {
                kind: {str(value): count for value, count in counts.get(group, {}).get(field) or ()}
                for kind, group, field in (("outlet", "fields", "outlet"), ("month", "dates", "published"))
            },
            tuple(str(hit.highlighted) for hit in hits if hit is not None),
        )

    def finds(self, typed: str, written: str) -> bool:
        from haystack import connections

        analyser = connections["default"].get_backend().schema["text"].analyzer
        return {token.text for token in analyser(typed)} <= {token.text for token in analyser(written)}

    def index_bytes(self) -> int:
        return folder_bytes(self._folder / "whoosh")

    def server_processes(self) -> list[int]:
        return []

    def close(self) -> None:
        from django.db import connection

        connection.close()


def article_of(row: Row) -> Any:
    """The model of a row."""
    from benchmarks.peers.stock.models import Article

    published = datetime.datetime.fromisoformat(row.published) if row.published else None
    return Article(pk=row.pk, outlet=row.outlet, published=published, title=row.title, body=row.body)


def narrowed(queries: Any, asked: Asked) -> Any:
    """The query as calls of `SearchQuerySet`."""
    from haystack.query import SQ

    if asked.everything:
        return queries.all().order_by("-published")
    for word in asked.all_of:
        queries = queries.filter(content=word)
    if asked.phrase:
        queries = queries.filter(content__exact=" ".join(asked.phrase))
    if asked.any_of:
        either = SQ(content=asked.any_of[0])
        for word in asked.any_of[1:]:
            either |= SQ(content=word)
        queries = queries.filter(either)
    for word in asked.none_of:
        queries = queries.exclude(content=word)
    if asked.prefix:
        queries = queries.filter(content__startswith=asked.prefix)
    if asked.outlet:
        queries = queries.filter(outlet__exact=asked.outlet)
    if asked.first:
        first, last = (datetime.datetime.fromisoformat(day) for day in (asked.first, asked.last))
        queries = queries.filter(published__range=[first, last])
    return queries


@contextmanager
def over_limit_after(seconds: float) -> Iterator[None]:
    """End what runs in here after so long. Raises: OverLimit."""

    def stop(_signal: int, _frame: FrameType | None) -> Never:
        raise OverLimit

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
