"""Index upkeep: one indexer at a time works off the notes that every change leaves in the database.

A note is removed only after the commit that made it superfluous. Whatever dies in between is done again, and
doing it again changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from filelock import FileLock, Timeout

from archive.background import start_command
from archive.models import Article, ArticleChange
from archive.selectors.articles import articles_to_index
from archive.unchanged import while_unchanged
from search.engine import engine
from search.engines.base import SearchError
from search.requests import answering

log = logging.getLogger(__name__)
BATCH: Final = 10_000
"""Articles to a commit. What is lost when an indexer dies is at most one batch of work."""
BULK: Final = 2_000
QUERY_CHUNK: Final = 500
MOST_FOR_A_REQUEST: Final = 100
"""Changes that are worked off while a reader waits for the answer to a save (about a second at most)."""
SHOWN_EVERY: Final = 50
Progress = Callable[[int, int], None]
"""Is told how many articles are written, of how many."""


class IndexerBusy(SearchError):
    """Another indexer is at work."""

    def __init__(self) -> None:
        super().__init__(
            "Another indexer is at work; it works off these changes too. Wait for it, or stop it."
        )


@dataclass(frozen=True, slots=True)
class Upkept:
    """What an indexer did: entries written and entries taken out."""

    written: int = 0
    removed: int = 0


@contextmanager
def only_indexer() -> Iterator[None]:
    """Be the one indexer.

    Raises: IndexerBusy: there is one already.
    """
    folder = Path(settings.ARSHIF_LOCK_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "indexer.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise IndexerBusy from None
    try:
        yield
    finally:
        lock.release()


def being_built() -> bool:
    """Whether an indexer is at work now. Ask only where there is no index: the look itself takes its place
    for a moment.
    """
    try:
        with only_indexer():
            return False
    except IndexerBusy:
        return True


def pending_count() -> int:
    """How many articles wait for the indexer."""
    return ArticleChange.objects.values("article_uid").distinct().count()


@while_unchanged(most=1)
def hidden_uids() -> frozenset[str]:
    """The articles that a waiting note says something of and that readers may no longer see."""
    shown = Article.objects.shown().filter(uid=OuterRef("article_uid"))
    notes = ArticleChange.objects.filter(~Exists(shown)).values_list("article_uid", flat=True)
    return frozenset(notes)


def rebuild(progress: Progress | None = None) -> Upkept:
    """Build a new generation beside the live one from all shown articles, and swap it in.

    Raises: IndexerBusy, IndexDamaged: nothing was changed.
    """
    with only_indexer():
        return _rebuild(progress)


def _rebuild(progress: Progress | None) -> Upkept:
    seen = list(ArticleChange.objects.values_list("pk", flat=True))
    total = Article.objects.shown().count()
    written = engine().build(articles=_counted(articles_to_index(), progress, 0, total))
    _forget(seen)
    return Upkept(written=written)


def flush(progress: Progress | None = None) -> Upkept:
    """Work off all notes; builds the index where there is none or it is out of date.

    Raises: IndexerBusy: another indexer is at work.
    """
    with only_indexer():
        if not engine().state().current:
            return _rebuild(progress)
        total, waiting = Upkept(), pending_count()
        while done := _flush_batch(progress, total.written, waiting):
            total = Upkept(total.written + done.written, total.removed + done.removed)
        return total


def refresh(uids: Sequence[str]) -> Upkept:
    """Bring the entries of these articles up to date with the database, whatever notes there are.

    Raises: IndexerBusy: another indexer is at work.
    """
    with only_indexer():
        if not engine().state().current:
            return _rebuild(None)
        written = engine().apply(articles=_articles(list(uids)), removed=uids, bulk=len(uids) > BULK)
        return Upkept(written, len(set(uids)) - written)


def tidy() -> bool:
    """Merge what many commits left, so that searches stay quick; whether there was something to merge.

    On a large index this can take minutes, in which nobody else can index and everybody can search.

    Raises: IndexerBusy: another indexer is at work.
    """
    with only_indexer():
        return engine().merge()


def _flush_batch(progress: Progress | None, before: int, waiting: int) -> Upkept | None:
    notes = list(ArticleChange.objects.order_by("pk").values_list("pk", "article_uid")[:BATCH])
    if not notes:
        return None
    uids = list(dict.fromkeys(uid for _pk, uid in notes))
    articles = _counted(_articles(uids), progress, before, waiting)
    written = engine().apply(articles=articles, removed=uids, bulk=len(uids) > BULK)
    _forget([pk for pk, _uid in notes])
    return Upkept(written, len(uids) - written)


def _articles(uids: list[str]) -> Iterator[Article]:
    for start in range(0, len(uids), QUERY_CHUNK):
        yield from articles_to_index(uids=uids[start : start + QUERY_CHUNK])


def _counted(
    articles: Iterator[Article], progress: Progress | None, before: int, total: int
) -> Iterator[Article]:
    """The same articles; `progress` hears of them, `before` and `total` counted in."""
    for count, article in enumerate(articles, start=before + 1):
        yield article
        if progress is not None and (count % SHOWN_EVERY == 0 or count == total):
            progress(count, total)


def _forget(notes: Sequence[int]) -> None:
    """Remove these notes and no others:
    one with a lower number can be committed later than one with a higher.
    """
    for start in range(0, len(notes), QUERY_CHUNK):
        ArticleChange.objects.filter(pk__in=notes[start : start + QUERY_CHUNK]).delete()


def follow_changes(**_: object) -> None:
    """Work off the notes right after a change; where that cannot be, the notes wait for the next indexer.

    While a web request is answered, a build and a long backlog are left to an indexer that is started beside
    the server, and a large merge to the next one.
    """
    try:
        if answering():
            _follow_within_a_request()
        else:
            flush()
            tidy()
    except IndexerBusy:
        log.info("another indexer is at work and will see to the changes")
    except (SearchError, OSError, DatabaseError):
        log.exception("the index could not follow a change; `manage.py index` will do it")


def _follow_within_a_request() -> None:
    waiting, state = pending_count(), engine().state()
    if state.current and waiting <= MOST_FOR_A_REQUEST:
        flush()
    else:
        reason = f"{waiting:,} changes wait" if state.current else f"it must be built ({state.reason})"
        if start_command("index"):
            log.info("an indexer was started after a save, as %s", reason)
        else:
            log.warning("the index was left as it is after a save, as %s: run `manage.py index`", reason)
