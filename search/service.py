"""The face of search: what pages, commands and the API call."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from search.types import Level, Marked, Results, Run, SearchRequest, Sort, Understood


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index stands to the archive. `current` false: searches may be wrong until `remedy` is done."""

    engine: str
    generation: str
    documents: int
    shown: int
    pending: int
    current: bool
    remedy: str


def search(request: SearchRequest) -> Results:
    """Answer one search: hits of the page asked for, exact total, ladder and facets."""
    return Results(
        request=request,
        understood=Understood(request.query, ()),
        level=request.level or Level.INFLECTED,
        stepped_down=False,
        total=0,
        undated=0,
        levels=dict.fromkeys(Level, 0),
        hits=(),
        facets={kind: () for kind in ("outlet", "year", "month", "agency", "section")},
    )


def matching_uids(
    query: str,
    *,
    level: Level | None = None,
    outlets: tuple[str, ...] = (),
    agencies: tuple[str, ...] = (),
    sections: tuple[str, ...] = (),
    years: tuple[str, ...] = (),
    date_from: datetime.date | None = None,
    date_to: datetime.date | None = None,
    sort: Sort = Sort.RELEVANCE,
) -> Sequence[str]:
    """The UIDs of all articles that match, in the order asked for."""
    return []


def index_state() -> IndexState:
    """How the index stands to the archive."""
    return IndexState("whoosh", "", 0, 0, 0, False, "manage.py index --rebuild")


def mark(article_text: str, query: str, level: Level = Level.INFLECTED) -> Marked:
    """A text with the words marked that match a query."""
    return (Run(article_text, False),)
