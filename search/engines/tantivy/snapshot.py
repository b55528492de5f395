"""The index as it was committed at one moment, and what can be asked of its words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final

from tantivy import Occur, Order, Query

from arabic import normal_form
from search.engines.base import MAX_PREFIX_FORMS
from search.engines.generations import Generation
from search.engines.tantivy.schema import SCHEMA, UID_FIELDS, opened, uid_of_numbers
from search.query.tree import Prefix
from search.ranking import idf
from search.types import Level, Sort

MOST_SPELLINGS: Final = 5_000
"""Exact forms that are looked through for a prefix: the most frequent ones."""
MOST_KEPT: Final = 64
"""Answers that are kept: the next page of a search asks for the same counts, as does its order by date."""
Address = Any
"""Where tantivy keeps an entry."""


class Snapshot:
    """The index as committed at one moment; it stays so for as long as this is kept."""

    def __init__(self, index: Any, generation: str) -> None:
        self.index = index
        self.generation = generation
        self.searcher: Any = index.searcher()
        self._kept: dict[Hashable, Any] = {}
        self._lock = threading.Lock()

    @property
    def live_count(self) -> int:
        """How many articles it holds."""
        return int(self.searcher.num_docs)

    def close(self) -> None:
        """Nothing to do: files are let go of with the last reader."""

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` answers for a key, kept with the latest of the kind: an index of one moment has one
        answer."""
        with self._lock:
            value = self._kept.pop(key, None)
        if value is None:
            value = make()
        with self._lock:
            self._kept[key] = value
            if len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return value

    # -- entries ----------------------------------------------------------------------------------------

    def count(self, query: Query) -> int:
        """How many articles a query finds."""
        return int(self.searcher.search(query, 1, count=True).count)

    def best(self, query: Query, limit: int, offset: int = 0) -> list[tuple[float, Address]]:
        """The articles of the highest scores, equals as they stand in the index."""
        return list(self.searcher.search(query, limit, count=False, offset=offset).hits)

    def by_time(self, query: Query, sort: Sort, limit: int, offset: int = 0) -> list[Address]:
        """The articles by date; undated ones are last, whichever way is asked for."""
        order = Order.Desc if sort is Sort.NEWEST else Order.Asc
        found = self.searcher.search(
            query, limit, count=False, offset=offset, order_by_field="moment", order=order
        )
        return [address for _moment, address in found.hits]

    def every(self, query: Query) -> list[Address]:
        """The articles that a query finds, in no order that matters."""
        return [address for _score, address in self.best(query, max(1, self.live_count))]

    def pks(self, addresses: Sequence[Address]) -> list[int]:
        """The database's numbers of articles."""
        return list(self.searcher.fast_field_values("pk", list(addresses)))

    def uids(self, addresses: Sequence[Address]) -> list[str]:
        """The UIDs of articles."""
        columns = [self.searcher.fast_field_values(field, list(addresses)) for field in UID_FIELDS]
        return list(map(uid_of_numbers, *columns))

    def spelled(self, address: Address) -> list[str]:
        """The exact forms of an article's words with blanks between: of title, subtitle and body."""
        kept: bytes = self.searcher.doc(address).get_first("forms")
        return kept.decode().split("\n")

    # -- words ------------------------------------------------------------------------------------------

    def documents_having(self, field: str, word: str) -> int:
        """How many articles have a word; deleted ones may count until their segment is written anew."""
        return int(self.searcher.doc_freq(field, word))

    def rarity(self, documents: int) -> float:
        """How telling something is that so many articles have."""
        return idf(self.live_count, min(documents, self.live_count))

    def terms(self, field: str, start: str = "", limit: int | None = None) -> list[tuple[str, int]]:
        """The words of a field that begin so with how many articles have each, most frequent first."""
        return list(self.searcher.terms_with_prefix(field, start, limit=limit))

    @cached_property
    def authors(self) -> list[str]:
        """The names of all authors."""
        return [name for name, _documents in self.terms("authors")]

    def prefix_forms(self, start: str, limit: int = MAX_PREFIX_FORMS) -> tuple[list[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than `limit`."""
        forms = [form for form, _documents in self.terms("normal", start, limit + 1)]
        return forms[:limit], len(forms) > limit

    def forms_of_prefix(self, prefix: Prefix, level: Level) -> list[str]:
        """The words that a prefix stands for: spellings at the exact step, else normal forms."""
        forms, _more = self.prefix_forms(prefix.normal)
        if level is not Level.EXACT:
            return forms
        known = set(forms)
        spellings = self.terms("exact", prefix.exact, MOST_SPELLINGS)
        return [spelling for spelling, _documents in spellings if _normal(spelling) in known]


@lru_cache(maxsize=100_000)
def _normal(exact: str) -> str:
    return normal_form(exact)


def open_snapshot(generation: Generation, earlier: Snapshot | None) -> Snapshot:
    """The index as last committed. `earlier`: a snapshot of the same generation, whose files serve on.

    Raises: ValueError: its files are gone or broken.
    """
    index = earlier.index if earlier is not None else opened(generation)
    index.reload()
    return Snapshot(index, generation.name)


def term(field: str, value: str | int) -> Query:
    """The articles that have a word or value."""
    return Query.term_query(SCHEMA, field, value)


def any_term(field: str, values: Iterable[str | int]) -> Query:
    """The articles that have one of these words or values."""
    return Query.term_set_query(SCHEMA, field, list(values))


def all_of(queries: Sequence[Query]) -> Query:
    """The articles that each of these finds."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, one) for one in queries])


def any_of(queries: Sequence[Query]) -> Query:
    """The articles that one of these finds."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])


def all_but(query: Query) -> Query:
    """The articles that this does not find."""
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])


def unscored(query: Query) -> Query:
    """The same articles, each at score 0."""
    return Query.const_score_query(query, 0.0)
