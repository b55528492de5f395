"""From a request to the engine's answer: the one way that pages, counts, commands and the API ask."""

from __future__ import annotations

from typing import Final

from archive.models import Article
from search.engine import engine
from search.engines.base import Answer, Filters, IndexMissing, Question
from search.query import Parsed
from search.types import Level, SearchRequest

FACET_KINDS: Final = ("outlet", "year", "month", "agency", "section")
DAY: Final = "day"
AUTHOR: Final = "author"
"""The facets that are there only where a question asks for them."""


def filters_of(request: SearchRequest) -> Filters:
    """The filters of a request, for an engine."""
    return Filters(
        outlets=request.outlets,
        agencies=request.agencies,
        authors=request.authors,
        sections=request.sections,
        years=request.years,
        date_from=request.date_from,
        date_to=request.date_to,
    )


def ask(question: Question, parsed: Parsed) -> Answer:
    """Ask the engine; a query in which nothing could be understood finds nothing rather than everything.

    Raises: IndexMissing: there are articles and no index; an archive without articles needs none.
    """
    if parsed.tree is None and parsed.text.strip():
        return _nothing(question)
    try:
        return engine().ask(question)
    except IndexMissing:
        if Article.objects.shown().exists():
            raise
        return _nothing(question)


def _nothing(question: Question) -> Answer:
    level = question.level or Level.INFLECTED
    kinds = (*FACET_KINDS, AUTHOR) if question.by_author else FACET_KINDS
    return Answer((), 0, 0, level, False, dict.fromkeys(Level, 0), {kind: {} for kind in kinds})
