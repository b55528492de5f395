"""The embedded engine: one searcher kept in each process, one writer at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.index import EmptyIndexError

from search.engines.base import MAX_PREFIX_FORMS, Answer, Found, Question
from search.engines.generations import Generation
from search.engines.kept import KeptIndex
from search.engines.whoosh import writing
from search.engines.whoosh.facets import facets
from search.engines.whoosh.matching import Matcher, allowed
from search.engines.whoosh.opening import WHOOSH, create, last_commit, opened
from search.engines.whoosh.postings import DEFAULT_CACHE_BYTES, Floats, Mask
from search.engines.whoosh.ranking import ordered, scores
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from search.query.tree import Word, scored_words
from search.types import Level, Sort

if TYPE_CHECKING:
    from archive.models import Article


class WhooshIndex(KeptIndex[Snapshot]):
    """An `Engine` on a folder of generations. Safe to share between threads."""

    stamp = WHOOSH
    unreadable = (FileNotFoundError, EmptyIndexError)

    def __init__(self, root: Path, cache_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        super().__init__(root)
        self._cache_bytes = cache_bytes

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

    def uid_of(self, pk: int) -> str | None:
        """The UID of an article of the index by its number in the database."""
        with self._lock:
            columns = self.snapshot().columns
            numbers = (columns.facts["pk"] == pk).nonzero()[0]
            return columns.uids[int(numbers[-1])] if len(numbers) else None

    def documents_having(self, words: Sequence[Word]) -> list[int]:
        """How many articles have each word, at the inflected step."""
        with self._lock:
            snapshot = self.snapshot()
            return [len(snapshot.postings(word, Level.INFLECTED).docs) for word in words]

    def prefix_forms(self, prefix: str, limit: int = MAX_PREFIX_FORMS) -> tuple[Sequence[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than `limit`."""
        with self._lock:
            snapshot = self.snapshot()
            try:
                forms, more = snapshot.prefix_forms(prefix)
            finally:
                snapshot.settle()
            return forms[:limit], more or len(forms) > limit

    # -- as `KeptIndex` asks ----------------------------------------------------------------------------

    def _last_commit(self, generation: Generation) -> Hashable:
        return last_commit(generation)

    def _open(self, generation: Generation, earlier: Snapshot | None) -> Snapshot:
        return open_snapshot(opened(generation).reader(), earlier, generation.folder, self._cache_bytes)

    def _create(self) -> Generation:
        return create(self.root)

    def _fill(self, generation: Generation, articles: Iterable[Article]) -> int:
        return writing.fill(generation, articles)

    def _write(
        self, generation: Generation, articles: Iterable[Article], removed: Iterable[str], *, bulk: bool
    ) -> int:
        return writing.apply(generation, articles, removed, bulk=bulk)

    def _merge(self, generation: Generation) -> bool:
        return writing.merge(generation)


def _answer(snapshot: Snapshot, question: Question) -> Answer:
    words = scored_words(question.tree)
    # first, for what is read to rank holds all that is read to match
    ranks = scores(snapshot, words) if words and question.limit != 0 else None
    matcher = Matcher(snapshot)
    visible = allowed(snapshot, question.filters, question.hidden)
    masks = {level: matcher.at_level(question.tree, level) & visible for level in Level}
    totals = {level: int(mask.sum()) for level, mask in masks.items()}
    level = question.level or (Level.INFLECTED if totals[Level.INFLECTED] else Level.ANY)
    mask = masks[level]
    counts, more_authors = facets(snapshot.columns, mask, question)
    return Answer(
        found=_found(snapshot, question, mask, ranks),
        total=totals[level],
        undated=int((mask & ~snapshot.columns.dated).sum()),
        level=level,
        stepped_down=question.level is None and level is Level.ANY and totals[level] > 0,
        levels=totals,
        facets=counts,
        more_authors=more_authors,
    )


def _found(snapshot: Snapshot, question: Question, mask: Mask, ranks: Floats | None) -> tuple[Found, ...]:
    end = None if question.limit is None else question.offset + question.limit
    unranked = ranks is None and question.sort is Sort.RELEVANCE
    docs = ordered(snapshot, mask, Sort.NEWEST if unranked else question.sort, ranks, end)[question.offset :]
    pks = snapshot.columns.facts["pk"]
    uids = snapshot.columns.uids
    return tuple(
        Found(uids[doc], int(pks[doc]), round(float(ranks[doc]), 6) if ranks is not None else 0.0)
        for doc in docs
    )
