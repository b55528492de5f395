"""What a search asks and what it answers: plain values between pages, commands, the API and the engines."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.models import Article

MAX_PAGE_SIZE = 100


class Level(StrEnum):
    """The ladder: how like the typed word a word must be. Each step finds all that the one before finds."""

    EXACT = "exact"
    FOLDED = "folded"
    INFLECTED = "inflected"
    ANY = "any"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class View(StrEnum):
    """How the articles found are shown: one after the other, or each place in them on a line."""

    LIST = "list"
    CONCORDANCE = "concordance"


class LineOrder(StrEnum):
    """What the lines of a concordance are sorted by: the words after or before, the date, the outlet."""

    AFTER = "after"
    BEFORE = "before"
    DATE = "date"
    OUTLET = "outlet"


UNKNOWN = "unknown"
"""The facet value (outlet, year, agency, author, section) of articles for which the field is empty."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. `level` None: inflected, then any where that finds nothing. `page` counts from 1.

    `view`, and for a concordance `order`, `start` (the article from which on places are looked for,
    from 1) and `unit` (which word of the query is looked at, from 1; None: each) say how it is shown.
    """

    query: str = ""
    level: Level | None = None
    outlets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    variants: bool = True
    """Whether other spellings of foreign names are searched with the one that was typed."""
    view: View = View.LIST
    order: LineOrder = LineOrder.AFTER
    start: int = 1
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of original text, marked where it matched."""

    text: str
    marked: bool


Marked = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the query as understood, and the query that is left when it is taken out.

    kind: "word", "phrase", "without", "either", "prefix", "near", "title", "outlet", "agency", "author" or
    "date".
    """

    kind: str
    text: str
    query_without: str
    also: tuple[str, ...] = ()
    """Other spellings of the same name that are searched with this word."""


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """A mistake in the query, where it stands, in the reader's language; the rest was searched."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query that the reader may have meant, and what it finds under the same filters.

    kind: "spelling" (a word of the collection that is written much like this one) or "keyboard" (typed with
    the keyboard switched to another script).
    """

    kind: str
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class Understood:
    """The query as the archive understood it."""

    text: str
    chips: tuple[Chip, ...]
    warnings: tuple[QueryWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched. `forms`: the different words that matched, as written, most frequent first."""

    article: Article
    score: float
    title: Marked
    snippet: Marked
    occurrences: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many of all hits have this value. `value` goes into the address; `label` is shown."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """A page of answers. `levels` gives the exact total at each step of the ladder under the same filters.

    `level` is the step that was searched; `stepped_down` is true where the asked one found nothing.
    Facets: "outlet", "year", "month" ("2015-11"), "agency", "author", "section"; counted over all hits,
    unknown last; of many authors those of most hits, and those asked for (then `more_authors`). "day"
    ("2015-11-21") only where the dates asked for are days of one month.
    """

    request: SearchRequest
    understood: Understood
    level: Level
    stepped_down: bool
    total: int
    undated: int
    levels: dict[Level, int]
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    more_authors: bool = False
    suggestions: tuple[Suggestion, ...] = ()
    took_ms: float = 0.0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.request.size))
