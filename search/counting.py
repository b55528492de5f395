"""How many articles a search would find, without its hits: for the counts beside links to other searches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from search.asking import ask, filters_of
from search.engines.base import Question
from search.names import Names, resolve
from search.query import parse
from search.types import SearchRequest
from search.upkeep import hidden_uids
from search.variants import book_as_last_read, with_other_spellings

Count = Callable[[SearchRequest], int]


def counter(names: Names, hidden: frozenset[str] | None = None) -> Count:
    """A function that counts what a request would find.

    Asks the database once here for what is `hidden`, unless that is known. Names of outlets and spellings of
    names are those of the search that it stands beside.
    """
    unseen, book = hidden_uids() if hidden is None else hidden, book_as_last_read()

    def count(request: SearchRequest) -> int:
        parsed = (
            with_other_spellings(parse(request.query), book) if request.variants else parse(request.query)
        )
        tree, _warnings = resolve(parsed.tree, names)
        question = Question(tree, request.level, filters_of(request), limit=0, hidden=unseen)
        return ask(question, replace(parsed, tree=tree)).total

    return count
