"""The engine on tantivy: one snapshot kept in each process, one writer at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tantivy import Query

from search.engines.base import MAX_PREFIX_FORMS, Answer, Found, Question
from search.engines.generations import Generation
from search.engines.kept import KeptIndex
from search.engines.tantivy import writing
from search.engines.tantivy.facets import Spread, spread
from search.engines.tantivy.matching import Matcher, visible
from search.engines.tantivy.ranking import ranked
from search.engines.tantivy.schema import TANTIVY, create, last_commit
from search.engines.tantivy.snapshot import Address, Snapshot, all_of, any_term, open_snapshot
from search.query.tree import Scored, Word, scored_words
from search.types import Level, Sort

if TYPE_CHECKING:
    from archive.models import Article


class TantivyIndex(KeptIndex[Snapshot]):
    """An `Engine` on a folder of generations. Safe to share between threads, which search side by side."""

    stamp = TANTIVY
    unreadable = (FileNotFoundError, ValueError)

    def ask(self, question: Question) -> Answer:
        """Answer a question from the index as last committed.

        Raises: IndexMissing: there is no index yet.
        """
        return _answer(self.snapshot(), question)

    def uids(self) -> frozenset[str]:
        """All articles in the index."""
        snapshot = self.snapshot()
        return frozenset(snapshot.uids(snapshot.every(Query.all_query())))

    def uid_of(self, pk: int) -> str | None:
        """The UID of an article of the index by its number in the database."""
        snapshot = self.snapshot()
        found = snapshot.every(any_term("pk", [pk]))
        return snapshot.uids(found[:1])[0] if found else None

    def documents_having(self, words: Sequence[Word]) -> list[int]:
        """How many articles have each word, at the inflected step; about so many after changes."""
        snapshot = self.snapshot()
        return [snapshot.documents_having("stem", word.stem) for word in words]

    def prefix_forms(self, prefix: str, limit: int = MAX_PREFIX_FORMS) -> tuple[Sequence[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than `limit`."""
        return self.snapshot().prefix_forms(prefix, limit)

    # -- as `KeptIndex` asks ----------------------------------------------------------------------------

    def _last_commit(self, generation: Generation) -> Hashable:
        return last_commit(generation)

    def _open(self, generation: Generation, earlier: Snapshot | None) -> Snapshot:
        return open_snapshot(generation, earlier)

    def _create(self) -> Generation:
        return create(self.root)

    def _fill(self, generation: Generation, articles: Iterable[Article]) -> int:
        return writing.fill(generation, articles)

    def _write(
        self, generation: Generation, articles: Iterable[Article], removed: Iterable[str], *, bulk: bool
    ) -> int:
        return writing.apply(generation, articles, removed, bulk=bulk)

    def _merge(self, generation: Generation) -> bool:
        return False  # it merges by itself while it writes


@dataclass(frozen=True, slots=True)
class _Counted:
    """What of an answer is the same on each page of its hits, in any order. `query`: what is found at
    `level`."""

    query: Query
    level: Level
    levels: dict[Level, int]
    spread: Spread
    paired_only: bool
    left_in: bool


def _answer(snapshot: Snapshot, question: Question) -> Answer:
    same = replace(question, offset=0, limit=0, sort=Sort.RELEVANCE)
    counted: _Counted = snapshot.kept(same, lambda: _counted(snapshot, question))
    total, levels = counted.spread.total, dict(counted.levels)
    return Answer(
        found=_found(snapshot, question, counted.query, total),
        total=total,
        undated=counted.spread.undated,
        level=counted.level,
        stepped_down=question.level is None and counted.level is Level.ANY and total > 0,
        levels=levels,
        facets={kind: dict(counts) for kind, counts in counted.spread.facets.items()},
        more_authors=counted.spread.more_authors,
        paired_only=counted.paired_only,
        left_in=counted.left_in,
    )


def _counted(snapshot: Snapshot, question: Question) -> _Counted:
    """All that is counted. What is found is counted with its spread; and as each step of the ladder finds all
    that the one before finds, nothing is asked for below a step that finds nothing."""
    matcher = Matcher(snapshot)
    asked = {level: matcher.at_level(question.tree, level) for level in Level}
    seen = {id(query): visible(query, question.filters, question.hidden) for query in asked.values()}
    queries = {level: seen[id(query)] for level, query in asked.items()}
    level = question.level or Level.INFLECTED
    counted = spread(snapshot, queries[level], question)
    known = {id(queries[level]): counted.total}
    if question.level is None and not counted.total:
        level = Level.ANY
        counted = spread(snapshot, queries[level], question)
        known = dict.fromkeys(map(id, queries.values()), 0) | {id(queries[level]): counted.total}
    levels = _levels(snapshot, queries, known)
    return _Counted(queries[level], level, levels, counted, matcher.paired_only, matcher.left_in)


def _levels(snapshot: Snapshot, queries: dict[Level, Query], known: dict[int, int]) -> dict[Level, int]:
    """How many articles each step finds; `known`: of queries by their identity."""
    totals: dict[Level, int] = {}
    for level in reversed(Level):
        query = queries[level]
        if id(query) not in known:
            known[id(query)] = snapshot.count(query) if all(totals.values()) else 0
        totals[level] = known[id(query)]
    return {level: totals[level] for level in Level}


def _found(snapshot: Snapshot, question: Question, query: Query, total: int) -> tuple[Found, ...]:
    left = total - question.offset
    limit = left if question.limit is None else min(question.limit, left)
    if limit <= 0:
        return ()
    words = scored_words(question.tree)
    if question.sort is Sort.RELEVANCE and words:
        hits = snapshot.best(ranked(snapshot, query, words), limit, question.offset)
        return _as_found(snapshot, [address for _score, address in hits], [score for score, _ in hits])
    sort = Sort.NEWEST if question.sort is Sort.RELEVANCE else question.sort
    addresses = snapshot.by_time(query, sort, limit, question.offset)
    return _as_found(snapshot, addresses, _scores(snapshot, addresses, query, words))


def _scores(
    snapshot: Snapshot, addresses: Sequence[Address], query: Query, words: Sequence[Scored]
) -> list[float]:
    """The scores of articles that were not ordered by them."""
    pks = snapshot.pks(addresses)
    if not words:
        return [0.0] * len(pks)
    hits = snapshot.best(ranked(snapshot, all_of([query, any_term("pk", pks)]), words), len(pks))
    scores = dict(zip(snapshot.pks([address for _score, address in hits]), hits, strict=True))
    return [scores[pk][0] for pk in pks]


def _as_found(snapshot: Snapshot, addresses: Sequence[Address], scores: Sequence[float]) -> tuple[Found, ...]:
    uids, pks = snapshot.uids(addresses), snapshot.pks(addresses)
    return tuple(Found(uid, pk, round(score, 6)) for uid, pk, score in zip(uids, pks, scores, strict=True))
