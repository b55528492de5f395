"""The address of the trends page: read into a request, and written back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from search.forms import Mistake, parse_address
from search.presentation.links import address_pairs
from search.types import SearchRequest, Sort

MOST_LINES: Final = 5


class Measure(StrEnum):
    """What a line shows: articles, or articles of every thousand that are available in the same time."""

    COUNT = "count"
    RATE = "rate"


class Scale(StrEnum):
    """What one point stands for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Lines(StrEnum):
    """What the lines are: queries, or the outlets of one query."""

    QUERIES = "queries"
    OUTLETS = "outlets"


class FileForm(StrEnum):
    """The forms in which the chart can be taken away."""

    SVG = "svg"
    PNG = "png"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class TrendsRequest:
    """What is asked. `narrowing`: a search without words whose filters hold for every line.

    `scale` None: the finest that the time asked for leaves room for.
    """

    queries: tuple[str, ...] = ()
    narrowing: SearchRequest = field(default_factory=lambda: SearchRequest(sort=Sort.NEWEST))
    measure: Measure = Measure.COUNT
    scale: Scale | None = None
    lines: Lines = Lines.QUERIES

    def search(self, query: str, **changes: Any) -> SearchRequest:
        """The search that finds what a line of this query counts; it has the same filters."""
        sort = Sort.RELEVANCE if query else Sort.NEWEST
        return dataclasses.replace(self.narrowing, query=query, sort=sort, **changes)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks, as far as it can be understood."""

    request: TrendsRequest
    mistakes: tuple[Mistake, ...] = ()


def read(parameters: QueryDict) -> Asked:
    """Read `q` (up to five), `show=count|rate`, `by=year|month|day`, `lines=queries|outlets`, and the filters
    of the search page; what cannot be read is a mistake.
    """
    mistakes: list[Mistake] = []
    queries = _queries(parameters, mistakes)
    narrowing = parse_address(_with_query(parameters, ""))
    request = TrendsRequest(
        queries=queries,
        narrowing=dataclasses.replace(narrowing.request, page=1, size=SearchRequest().size, sort=Sort.NEWEST),
        measure=_choice(parameters, "show", Measure, mistakes) or Measure.COUNT,
        scale=_choice(parameters, "by", Scale, mistakes),
        lines=_choice(parameters, "lines", Lines, mistakes) or Lines.QUERIES,
    )
    if request.lines is Lines.OUTLETS and len(queries) > 1:
        message = _("A line for each outlet needs one query; the first one was taken.")
        mistakes.append(Mistake("q", queries[1], message))
        request = dataclasses.replace(request, queries=queries[:1])
    return Asked(request, (*mistakes, *narrowing.mistakes))


def trends_address(request: TrendsRequest, form: FileForm | None = None, **changes: Any) -> str:
    """The address of this page (or of its file in a form) with these fields changed."""
    wanted = dataclasses.replace(request, **changes)
    page = reverse("search:trends_file", args=[form]) if form else reverse("search:trends")
    pairs = address_of(wanted)
    return f"{page}?{urlencode(pairs)}" if pairs else page


def address_of(request: TrendsRequest) -> list[tuple[str, str]]:
    """The parameters that say this request, without those that have their usual value."""
    pairs = [("q", query) for query in request.queries]
    if request.measure is not Measure.COUNT:
        pairs.append(("show", request.measure))
    if request.scale:
        pairs.append(("by", request.scale))
    if request.lines is not Lines.QUERIES:
        pairs.append(("lines", request.lines))
    return [*pairs, *address_pairs(request.narrowing)]


def _queries(parameters: QueryDict, mistakes: list[Mistake]) -> tuple[str, ...]:
    """The first five different queries, each cut as the search page cuts it."""
    typed = list(dict.fromkeys(text.strip() for text in parameters.getlist("q") if text.strip()))
    if len(typed) > MOST_LINES:
        message = _("At most %(n)d queries at once; the rest were left out.") % {"n": MOST_LINES}
        mistakes.append(Mistake("q", f"{typed[MOST_LINES][:40]}", message))
    found = []
    for text in typed[:MOST_LINES]:
        read_as = parse_address(_with_query(QueryDict(), text))
        found.append(read_as.request.query)
        mistakes += read_as.mistakes
    return tuple(dict.fromkeys(found))


def _with_query(parameters: QueryDict, query: str) -> QueryDict:
    """A copy with this query alone, and without what the list of results is about."""
    copy = parameters.copy()
    copy["q"] = query
    for name in ("sort", "page", "size"):
        copy.pop(name, None)
    return copy


Choice = TypeVar("Choice", bound=StrEnum)


def _choice(
    parameters: QueryDict, name: str, choices: type[Choice], mistakes: list[Mistake]
) -> Choice | None:
    """The choice that a parameter makes; None where it makes none or a wrong one."""
    text = parameters.get(name, "").strip()
    if text and text not in list(choices):
        message = _("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)}
        mistakes.append(Mistake(name, text, message))
    return choices(text) if text in list(choices) else None
