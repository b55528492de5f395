"""A concordance: each place that a query means on a line, with the words before and after it.

Places are found in the original texts. To sort them, whole texts are read, so a page reads so many articles
at most, and says which; the export reads every article, and streams.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from arabic import Term, analyse
from archive.display.directions import direction_of
from archive.models import Article
from archive.selectors.articles import texts_by_uid
from search.asking import ask, filters_of
from search.engines.base import Answer, Question
from search.names import Names
from search.query.tree import Node
from search.service import understand
from search.types import LineOrder, SearchRequest, Sort
from search.units import Unit, Units, parts_of
from search.upkeep import hidden_uids

LINES_A_PAGE: Final = 50
MOST_ARTICLES: Final = 300
"""Articles read at once, at most, to sort the places in them."""
MOST_LETTERS: Final = 500_000
"""Letters read at once; the article in which they are exceeded is read to its end."""
READ_TOGETHER: Final = 100
CONTEXT: Final = 48, 64
"""Letters before and after a place, cut between words. What is too long after it the page can hide word by
word, but not what is too long before it."""
CONTEXT_IN_EXPORT: Final = 150, 150
SORTED_BY_WORDS: Final = 3

FIELDS: Final = ("title", "subtitle", "body")

_BLANK: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A place as printed: `before`, `previous`, `keyword`, `next` and `after` put together are the passage.

    `previous` and `next` are the words beside the place, empty where it stands at an end; signs between them
    and the place go with `before` and `after` as `gap_before` and `gap_after`. `field`: "title", "subtitle"
    or "body".
    """

    article: Article
    field: str
    before: str
    previous: str
    gap_before: str
    keyword: str
    gap_after: str
    next: str
    after: str

    @property
    def left(self) -> str:
        """All that stands before the place (at its right in Arabic)."""
        return f"{self.before}{self.previous}{self.gap_before}"

    @property
    def right(self) -> str:
        """All that stands after the place."""
        return f"{self.gap_after}{self.next}{self.after}"


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of lines, sorted among all places of the articles that were read: from the `first` to the `last`
    of `articles` that were found.

    `parts`: what can be looked at apart, as typed; `unit`: the one that is, from 1.
    """

    lines: tuple[Line, ...]
    total: int
    first: int
    last: int
    articles: int
    parts: tuple[str, ...]
    unit: int | None
    page: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def is_whole(self) -> bool:
        """Whether every article that was found has been read."""
        return self.last - self.first + 1 >= self.articles


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a place stands, and what it is sorted by: the normal forms of the words on either side, nearest
    first.
    """

    article: Article
    field: str
    span: Span
    previous: Span | None
    next: Span | None
    words_before: tuple[str, ...]
    words_after: tuple[str, ...]

    @property
    def text(self) -> str:
        text: str = getattr(self.article, self.field)
        return text


def concordance(request: SearchRequest, names: Names | None = None) -> Concordance:
    """The lines of the page that is asked for; for a page beyond the last one, those of the last one.

    Raises: IndexMissing: there are articles and no index to search.
    """
    names = names or Names()
    tree, answer = _ask(request, names, MOST_ARTICLES)
    if request.start > max(1, answer.total):
        return concordance(replace(request, start=1, page=1), names)
    parts = parts_of(tree)
    unit = request.unit if request.unit and request.unit <= len(parts) else None
    uids = [found.uid for found in answer.found]
    read, places = _read_within_budget(uids, Units(tree, answer.level, unit))
    places = sorted(places, key=_SORT_KEYS[request.order])
    page = min(request.page, max(1, -(-len(places) // LINES_A_PAGE)))
    shown = places[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE]
    return Concordance(
        lines=tuple(_line(place, CONTEXT) for place in shown),
        total=len(places),
        first=request.start,
        last=request.start + read - 1,
        articles=answer.total,
        parts=parts,
        unit=unit,
        page=page,
        size=LINES_A_PAGE,
    )


def every_line(request: SearchRequest, names: Names | None = None) -> Iterator[Line]:
    """The lines of all articles found, article after article, not sorted by words: memory does not grow.

    Raises: IndexMissing: there are articles and no index to search.
    """
    tree, answer = _ask(replace(request, start=1), names or Names(), None)
    units = Units(tree, answer.level, request.unit)
    articles = _read([found.uid for found in answer.found])
    return (_line(place, CONTEXT_IN_EXPORT) for article in articles for place in _places(article, units))


def _ask(request: SearchRequest, names: Names, limit: int | None) -> tuple[Node | None, Answer]:
    parsed = understand(request.query, names, variants=request.variants)
    question = Question(
        tree=parsed.tree,
        level=request.level,
        filters=filters_of(request),
        sort=_asked_order(request),
        offset=request.start - 1,
        limit=limit,
        hidden=hidden_uids(),
    )
    return parsed.tree, ask(question, parsed)


def _asked_order(request: SearchRequest) -> Sort:
    """The order in which articles are read: by date for lines by date, from the oldest unless asked."""
    if request.order is LineOrder.DATE and request.sort is not Sort.NEWEST:
        return Sort.OLDEST
    return request.sort


def _read_within_budget(uids: Sequence[str], units: Units) -> tuple[int, list[_Place]]:
    """How many of these articles were read before the budget was spent, and the places in them."""
    places: list[_Place] = []
    articles = letters = 0
    for article in _read(uids):
        if letters >= MOST_LETTERS:
            break
        places += _places(article, units)
        letters += len(article.body)
        articles += 1
    return articles, places


def _read(uids: Sequence[str]) -> Iterator[Article]:
    """The articles in this order, a few at a time."""
    for first in range(0, len(uids), READ_TOGETHER):
        some = uids[first : first + READ_TOGETHER]
        held = texts_by_uid(uids=some)
        yield from (held[uid] for uid in some if uid in held)


def _places(article: Article, units: Units) -> Iterator[_Place]:
    for field in FIELDS:
        terms = analyse(getattr(article, field))
        for unit in units.find(terms, title=field == "title"):
            yield _place(article, field, terms, unit)


def _place(article: Article, field: str, terms: Sequence[Term], unit: Unit) -> _Place:
    earlier = terms[max(0, unit.first - SORTED_BY_WORDS) : unit.first]
    later = terms[unit.last + 1 : unit.last + 1 + SORTED_BY_WORDS]
    return _Place(
        article=article,
        field=field,
        span=(terms[unit.first].start, terms[unit.last].end),
        previous=(earlier[-1].start, earlier[-1].end) if earlier else None,
        next=(later[0].start, later[0].end) if later else None,
        words_before=tuple(term.normal for term in reversed(earlier)),
        words_after=tuple(term.normal for term in later),
    )


def _by_words(words: tuple[str, ...]) -> tuple[bool, bool, tuple[str, ...]]:
    """In the order of the Arabic alphabet; then figures and Latin words; places without a word there last."""
    return not words, bool(words) and direction_of(words[0]) == "ltr", words


def _by_outlet(place: _Place) -> tuple[bool, str]:
    outlet = place.article.outlet
    return outlet is None, outlet.label if outlet else ""


def _as_read(_place: _Place) -> int:
    """Articles are read in the order of their dates, and sorting keeps it."""
    return 0


_SORT_KEYS: Final[dict[LineOrder, Callable[[_Place], Any]]] = {
    LineOrder.AFTER: lambda place: _by_words(place.words_after),
    LineOrder.BEFORE: lambda place: _by_words(place.words_before),
    LineOrder.DATE: _as_read,
    LineOrder.OUTLET: _by_outlet,
}


def _line(place: _Place, context: tuple[int, int]) -> Line:
    text, (start, end) = place.text, place.span
    begin, finish = _passage(text, start, end, context)
    before_from, before_to = place.previous or (start, start)
    after_from, after_to = place.next or (end, end)
    if before_from < begin:
        before_from = before_to = begin
    if after_to > finish:
        after_from = after_to = finish
    return Line(
        article=place.article,
        field=place.field,
        before=_on_one_line(text[begin:before_from]),
        previous=text[before_from:before_to],
        gap_before=_on_one_line(text[before_to:start]),
        keyword=_on_one_line(text[start:end]),
        gap_after=_on_one_line(text[end:after_from]),
        next=text[after_from:after_to],
        after=_on_one_line(text[after_to:finish]),
    )


def _passage(text: str, start: int, end: int, context: tuple[int, int]) -> Span:
    """Where the passage round a place begins and ends: between words."""
    begin, finish = max(0, start - context[0]), min(len(text), end + context[1])
    if begin > 0:
        blank = _BLANK.search(text, begin, start)
        begin = blank.end() if blank else begin
    if finish < len(text):
        blanks = list(_BLANK.finditer(text, end, finish))
        finish = blanks[-1].start() if blanks and blanks[-1].start() > end else finish
    return begin, finish


def _on_one_line(text: str) -> str:
    return _BLANK.sub(" ", text)
