"""The embedded engine: one searcher kept in each process, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from whoosh.index import EmptyIndexError

from search.engines.base import Answer, EngineState, Found, IndexMissing, Question, Words
from search.engines.whoosh import writing
from search.engines.whoosh.facets import facets
from search.engines.whoosh.generations import (
    Generation,
    current_generation,
    drop_unserved,
    new_generation,
    swap_in,
)
from search.engines.whoosh.lexicon import CollectionWords
from search.engines.whoosh.matching import Matcher, allowed
from search.engines.whoosh.postings import DEFAULT_CACHE_BYTES, Mask
from search.engines.whoosh.ranking import ordered, scores
from search.engines.whoosh.snapshot import MAX_PREFIX_FORMS, Snapshot, open_snapshot
from search.query.tree import scored_words
from search.types import Level, Sort

if TYPE_CHECKING:
    from archive.models import Article

OPEN_ATTEMPTS = 5


class WhooshIndex:
    """An `Engine` on a folder of generations. Safe to share between threads."""

    def __init__(self, root: Path, cache_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        self.root = root
        self._cache_bytes = cache_bytes
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._stamp: tuple[str, int] | None = None
        self._words = CollectionWords()

    # -- reading ----------------------------------------------------------------------------------------

    def ask(self, question: Question) -> Answer:
        """Answer a question from the index as last committed.

        Raises: IndexMissing: there is no index yet.
        """
        with self._lock:
            snapshot = self.snapshot()
            try:
                return _answer(snapshot, question)
            finally:
                snapshot.settle()

    def uids(self) -> frozenset[str]:
        """All articles in the index."""
        with self._lock:
            snapshot = self.snapshot()
            return frozenset(
                uid for uid, live in zip(snapshot.columns.uids, snapshot.live, strict=True) if live
            )

    def prefix_forms(self, prefix: str, limit: int = MAX_PREFIX_FORMS) -> tuple[Sequence[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than `limit`."""
        with self._lock:
            snapshot = self.snapshot()
            try:
                forms, more = snapshot.prefix_forms(prefix)
            finally:
                snapshot.settle()
            return forms[:limit], more or len(forms) > limit

    def words(self, limit: int) -> Words:
        """The words of the collection, at most `limit`: those of most documents. They may lag behind the
        index by a hundredth of its documents.

        Raises: IndexMissing: there is no index yet.
        """
        with self._lock:
            snapshot = self.snapshot()
            generation = self._stamp[0] if self._stamp else ""
            lists, documents = [one.lexicon.lines() for one in snapshot.segments], snapshot.live_count
        # counted outside the lock, so that searches go on meanwhile
        return self._words.of(generation, documents, lists, limit)

    def state(self) -> EngineState:
        """What is served now."""
        generation = current_generation(self.root)
        if generation is None:
            return EngineState("whoosh", "", 0, False, "there is no index")
        if generation.outdated:
            return EngineState(
                "whoosh", generation.name, generation.meta.documents, False, generation.outdated
            )
        try:
            with self._lock:
                return EngineState("whoosh", generation.name, self.snapshot().live_count, True)
        except IndexMissing:
            return EngineState("whoosh", generation.name, 0, False, "its files cannot be opened")

    def snapshot(self) -> Snapshot:
        """The index as last committed, opened anew only when it has changed.

        Raises: IndexMissing: there is none, or its files are gone.
        """
        for attempt in range(OPEN_ATTEMPTS):
            try:
                return self._fresh()
            except (FileNotFoundError, EmptyIndexError) as error:
                # a commit or a swap took the files away between the look and the opening: look again
                if attempt == OPEN_ATTEMPTS - 1:
                    raise IndexMissing(
                        _("The index cannot be opened: run `manage.py index --rebuild`.")
                    ) from error
        raise AssertionError

    def forget(self) -> None:
        """Close the index and drop what is cached, as in a process that has just begun."""
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.close()
            self._snapshot = self._stamp = None

    def _fresh(self) -> Snapshot:
        generation = current_generation(self.root)
        if generation is None:
            raise IndexMissing(_("There is no index yet: run `manage.py index --rebuild`."))
        stamp = generation.name, generation.toc()
        if self._snapshot is None or stamp != self._stamp:
            earlier, self._snapshot = self._snapshot, self._open(generation, self._snapshot)
            self._stamp = stamp
            if earlier is not None:
                earlier.close()
        return self._snapshot

    def _open(self, generation: Generation, earlier: Snapshot | None) -> Snapshot:
        same = earlier is not None and self._stamp is not None and self._stamp[0] == generation.name
        reader = generation.open().reader()
        return open_snapshot(reader, earlier if same else None, generation.folder, self._cache_bytes)

    # -- writing (call only as the one indexer) ---------------------------------------------------------

    def apply(self, *, articles: Iterable[Article], removed: Iterable[str], bulk: bool = False) -> int:
        """Write these articles' entries anew and take the others out, in one commit; the number written."""
        generation = current_generation(self.root)
        if generation is None:
            return self.build(articles=articles)
        return writing.apply(generation, articles, removed, bulk=bulk)

    def build(self, *, articles: Iterable[Article]) -> int:
        """Write a new generation from these articles beside the live one and swap it in; the number written.

        Raises: IndexDamaged: what was written is not what was read; the live generation stays.
        """
        drop_unserved(self.root)
        generation = new_generation(self.root)
        written = writing.fill(generation, articles)
        swap_in(generation)
        return written

    def merge(self) -> bool:
        """Make few segments of many, which search quicker; whether there was something to do."""
        generation = current_generation(self.root)
        return generation is not None and writing.merge(generation)


def _answer(snapshot: Snapshot, question: Question) -> Answer:
    matcher = Matcher(snapshot)
    visible = allowed(snapshot, question.filters, question.hidden)
    masks = {level: matcher.at_level(question.tree, level) & visible for level in Level}
    totals = {level: int(mask.sum()) for level, mask in masks.items()}
    level = question.level or (Level.INFLECTED if totals[Level.INFLECTED] else Level.ANY)
    mask = masks[level]
    return Answer(
        found=_found(snapshot, question, mask),
        total=totals[level],
        undated=int((mask & ~snapshot.columns.dated).sum()),
        level=level,
        stepped_down=question.level is None and level is Level.ANY and totals[level] > 0,
        levels=totals,
        facets=facets(snapshot.columns, mask),
    )


def _found(snapshot: Snapshot, question: Question, mask: Mask) -> tuple[Found, ...]:
    words = scored_words(question.tree)
    ranks: Any = scores(snapshot, words) if words else None
    end = None if question.limit is None else question.offset + question.limit
    sort = question.sort
    docs = ordered(snapshot, mask, sort, ranks, end)[question.offset :]
    if not words and sort is Sort.RELEVANCE:
        docs = ordered(snapshot, mask, Sort.NEWEST, None, end)[question.offset :]
    pks = snapshot.columns.facts["pk"]
    uids = snapshot.columns.uids
    return tuple(
        Found(uids[doc], int(pks[doc]), round(float(ranks[doc]), 6) if ranks is not None else 0.0)
        for doc in docs
    )
