"""The engine on tantivy: one snapshot kept in each process, one writer at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from tantivy import Query

from search.engines.base import MAX_PREFIX_FORMS, Answer, Found, IndexMissing, Question, Words
from search.engines.generations import Generation
from search.engines.kept import KeptIndex
from search.engines.kept_words import KeptWords
from search.engines.tantivy import writing
from search.engines.tantivy.facets import spread
from search.engines.tantivy.lexicon import documents_counted, read_words
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

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._words = KeptWords()

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

    def words(self, limit: int) -> Words:
        """The words of the collection, at most `limit`: those of most documents. They may lag behind the
        index by a hundredth of its documents.

        Raises: IndexMissing: there is no index yet.
        """
        folder = self.root / self.snapshot().generation
        try:
            counted = documents_counted(folder)
            return self._words.of(folder.name, counted, limit, lambda: read_words(folder, limit))
        except FileNotFoundError as error:
            raise IndexMissing(_("There is no index yet: run `manage.py index --rebuild`.")) from error

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


def _answer(snapshot: Snapshot, question: Question) -> Answer:
    matcher = Matcher(snapshot)
    asked = {level: matcher.at_level(question.tree, level) for level in Level}
    seen = {id(query): visible(query, question.filters, question.hidden) for query in asked.values()}
    counts = {number: snapshot.count(query) for number, query in seen.items()}
    totals = {level: counts[id(query)] for level, query in asked.items()}
    level = question.level or (Level.INFLECTED if totals[Level.INFLECTED] else Level.ANY)
    query = seen[id(asked[level])]
    counted = spread(snapshot, query, question)
    return Answer(
        found=_found(snapshot, question, query, totals[level]),
        total=totals[level],
        undated=counted.undated,
        level=level,
        stepped_down=question.level is None and level is Level.ANY and totals[level] > 0,
        levels=totals,
        facets=counted.facets,
        more_authors=counted.more_authors,
        paired_only=matcher.paired_only,
        left_in=matcher.left_in,
    )


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
