"""How many articles a search would find, without its hits: for the counts beside links to other searches."""

from __future__ import annotations

from collections.abc import Callable

from search.engine import engine
from search.engines.base import Filters, Question
from search.names import resolve
from search.query import parse
from search.types import SearchRequest
from search.upkeep import hidden_uids

Count = Callable[[SearchRequest], int]


def counter() -> Count:
    """A function that counts what a request would find.

    Asks the database once here for what is hidden, and once a count where names stand in the query.
    """
    hidden = hidden_uids()

    def count(request: SearchRequest) -> int:
        parsed = parse(request.query)
        tree, _warnings = resolve(parsed.tree)
        if tree is None and parsed.text.strip():
            return 0
        question = Question(tree, request.level, filters_of(request), limit=0, hidden=hidden)
        return engine().ask(question).total

    return count


def filters_of(request: SearchRequest) -> Filters:
    """The filters of a request, for an engine."""
    return Filters(
        outlets=request.outlets,
        agencies=request.agencies,
        sections=request.sections,
        years=request.years,
        date_from=request.date_from,
        date_to=request.date_to,
    )
