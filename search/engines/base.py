"""What every engine is asked and answers:
plain values, so that one suite of tests can stand for all of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from search.types import Level, Sort

if TYPE_CHECKING:
    from archive.models import Article
    from search.query.tree import Node, Word

MAX_PREFIX_FORMS: Final = 300
"""Spellings that a prefix stands for at most: the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search without ranking it;
    values of one kind are alternatives. Dates include both ends.
    """

    outlets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked. `tree` None: every article. `level` None: inflected, else any.

    `hidden`: articles that are in the index and must not be seen. `limit` None: all hits from `offset` on.
    `by_day`, `by_author`: count the days, the authors too.
    """

    tree: Node | None
    level: Level | None = None
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int | None = 10
    hidden: frozenset[str] = frozenset()
    by_day: bool = False
    by_author: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One article that an engine found."""

    uid: str
    pk: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine answers: the hits asked for, the exact total, and counts over all hits.

    `facets`: kind -> value -> number of hits, most frequent first (years, months and days: newest first),
    unknown last. "day" (2015-11-21) and "author" only where the question asks for it; of many authors those
    of most hits (`counts.leading`) and those filtered by: then `more_authors`. `paired_only`: of three and
    more words to be near each other, the first was found near each of the others, if not in one place.
    """

    found: tuple[Found, ...]
    total: int
    undated: int
    level: Level
    stepped_down: bool
    levels: dict[Level, int]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    more_authors: bool = False
    paired_only: bool = False
    left_in: bool = False


@dataclass(frozen=True, slots=True)
class EngineState:
    """What is served now. `current` is false where it must be rebuilt: `reason` says why."""

    engine: str
    generation: str
    documents: int
    current: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a collection in alphabetical order of their normal forms; equal only to itself.

    normals: normal forms. written: how each is mostly written (vowel marks aside). documents: about how many
    documents have it; one that has two spellings of a word counts twice.
    """

    normals: Sequence[str]
    written: Sequence[str]
    documents: Sequence[int]


class Engine(Protocol):
    """A search engine. Readers may be many and are never blocked; there is one writer at a time."""

    root: Path
    """The folder of its generations."""

    def ask(self, question: Question) -> Answer:
        """Answer a question from the index as last committed.

        Raises: IndexMissing: there is no index yet.
        """

    def uids(self) -> frozenset[str]:
        """All articles in the index."""

    def uid_of(self, pk: int) -> str | None:
        """The UID of an article of the index by its number in the database."""

    def documents_having(self, words: Sequence[Word]) -> list[int]:
        """How many articles have each word, at the inflected step; about so many after changes."""

    def state(self) -> EngineState:
        """What is served now."""

    def prefix_forms(self, prefix: str, limit: int = MAX_PREFIX_FORMS) -> tuple[Sequence[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than `limit`."""

    def words(self, limit: int) -> Words:
        """The words of the collection, at most `limit`: those of most documents. It may lag a little behind
        the index; the same object is answered as long as it would not be much different.

        Raises: IndexMissing: there is no index yet.
        """

    def apply(self, *, articles: Iterable[Article], removed: Iterable[str], bulk: bool = False) -> int:
        """Write these articles' entries anew and take the others out, in one commit; the number written."""

    def build(self, *, articles: Iterable[Article]) -> int:
        """Write a new generation from these articles beside the live one and swap it in;
        the number written.
        """

    def merge(self) -> bool:
        """Do what makes later searches quicker, if there is something to do; whether there was."""

    def moment(self) -> Hashable:
        """Something that is equal to an earlier answer only as long as the same index is served.

        Raises: IndexMissing: there is no index yet.
        """

    def forget(self) -> None:
        """Close the index and drop what is cached, as in a process that has just begun."""


class SearchError(Exception):
    """A search or an index that cannot go on; the message says the remedy."""


class IndexMissing(SearchError):
    """There is no index to search."""


class IndexOutgrown(IndexMissing):
    """There is one that an earlier version of Arshif made, and this one cannot read it."""
