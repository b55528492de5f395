"""What the interface takes and answers, described for its OpenAPI document.

A call's parameters are taken as text, whatever they are said to be: `search.forms.parse_address` reads them
for the pages and for programs alike, and says the remedy in the caller's language. The document is in
English; the page of the interface shows the same descriptions in the reader's language.
"""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from search.types import MAX_PAGE_SIZE


class SearchParameters(Schema):
    """The same parameters as in the address of the search page."""

    q: str = Field("", description=_("The query, in the language of the search box; empty: every article."))
    level: str = Field(
        "",
        description=_(
            "How like the typed word a word must be: exact, folded, inflected or any (of the words). "
            "Without it: inflected, and any where that finds nothing."
        ),
    )
    outlet: list[str] = Field(
        [], description=_("Slugs of outlets (see /outlets); unknown: no outlet is known.")
    )
    agency: list[str] = Field([], description=_("Slugs of agencies (see /agencies); unknown: none is named."))
    author: list[str] = Field([], description=_("Names of authors as printed; unknown: none is named."))
    section: list[str] = Field([], description=_("Sections as printed; unknown: none is printed."))
    year: list[str] = Field([], description=_("Years in four figures; unknown: undated."))
    from_: str = Field(
        "", alias="from", description=_("From this day, month or year on: 2015-11-21, 2015-11, 2015.")
    )
    to: str = Field("", description=_("Until the end of this day, month or year."))
    sort: str = Field(
        "", description=_("relevance, newest or oldest; without it relevance, or newest where q is empty.")
    )
    page: str = Field(
        "1",
        description=_("Pages are numbered from 1."),
        json_schema_extra={"type": "integer", "minimum": 1, "default": 1},
    )
    size: str = Field(
        "10",
        description=_("Results on a page, from 1 to 100."),
        json_schema_extra={"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": 10},
    )
    variants: str = Field("on", description=_("off: no other spellings of names and no broken plurals."))


class QueryUnderstood(Schema):
    """The call as it was understood."""

    q: str
    understood: str = Field(description=_("The query written out again, as it was read."))
    level: str = Field(description=_("The step of the ladder that the results are of."))
    stepped_down: bool = Field(
        description=_("Whether nothing had all of the words, so that any of them counts.")
    )
    outlet: list[str]
    agency: list[str]
    author: list[str]
    section: list[str]
    year: list[str]
    from_: str | None = Field(alias="from")
    to: str | None
    sort: str
    page: int
    size: int
    pages: int
    variants: Literal["on", "off"]
    spellings: dict[str, list[str]] = Field(description=_("Other spellings that were searched, by word."))


class Levels(Schema):
    """How many articles each step of the ladder finds."""

    exact: int
    folded: int
    inflected: int
    any: int


class Named(Schema):
    """What names an article in a list."""

    uid: str
    title: str = Field(description=_("The headline; without one, the opening words."))
    outlet: str | None = Field(description=_("The outlet's slug; null where it is not known."))
    published: str | None = Field(
        description=_("ISO 8601, as exact as the date is known; null where it is not.")
    )
    url: str


class Found(Named):
    """An article that was found."""

    snippet: str = Field(
        description=_("The passage of the text that matches best, as it stands in the source.")
    )
    score: float


class FacetValue(Schema):
    """How many of all hits have this value."""

    value: str = Field(description=_("What to write into the parameter of this name."))
    label: str
    count: int


class Suggestion(Schema):
    """What may have been meant: never searched unasked."""

    kind: str
    query: str
    count: int


class QueryWarning(Schema):
    """What of the query was read in another way than typed, and where it stands."""

    message: str
    start: int
    end: int


class SearchAnswer(Schema):
    """One page of results, with the exact total and counts over all hits."""

    query: QueryUnderstood
    total: int
    levels: Levels
    results: list[Found]
    facets: dict[str, list[FacetValue]] = Field(
        description=_("By outlet, agency, author, section, year and month.")
    )
    more_authors: bool = Field(
        description=_("Whether the hits have more authors than are counted: those of most hits are.")
    )
    suggestions: list[Suggestion]
    took_ms: float
    warnings: list[QueryWarning]


class ArticleRecord(Schema):
    """All that the archive says of an article, as in its export; null where it does not know."""

    uid: str
    external_id: str | None = Field(description=_("The identifier that the source gives it."))
    title: str | None = Field(description=_("As printed or curated; null where the source prints none."))
    title_origin: Literal["printed", "derived", "curated"]
    subtitle: str | None
    body: str
    outlet: str | None = Field(description=_("The outlet's name in Arabic."))
    agencies: list[str]
    authors: list[str]
    place: str | None
    section: str | None
    url: str | None = Field(description=_("Its address on the web, as the source gives it."))
    language: str | None
    published: str | None
    published_raw: str | None = Field(description=_("The date as printed."))
    published_calendar: str | None = Field(description=_("The calendar of the printed date."))
    status: Literal["in_review", "published"]
    source_name: str
    source_sha256: str
    source_start: int
    source_end: int
    permalink: str


class Similar(Schema):
    """Articles about the same, nearest first."""

    results: list[Named]


class OutletHeld(Schema):
    """An outlet and what is held of it."""

    slug: str
    name: str
    name_latin: str | None
    aliases: list[str]
    articles: int
    undated: int
    first: str | None = Field(description=_("The first day held, of those known to the day."))
    last: str | None
    url: str


class OutletList(Schema):
    """Every outlet, by the number of articles held."""

    outlets: list[OutletHeld]


class AgencyHeld(Schema):
    """An agency and how many articles name it."""

    slug: str
    name: str
    name_latin: str | None
    aliases: list[str]
    articles: int


class AgencyList(Schema):
    """Every agency, by the number of articles."""

    agencies: list[AgencyHeld]


class Mistake(Schema):
    """A parameter that cannot be used, and what can."""

    parameter: str
    value: str
    message: str


class Refusal(Schema):
    """Why there is no answer, and what to do."""

    error: str
    mistakes: list[Mistake] = []
