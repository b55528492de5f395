"""What narrows and widens a search: chips, the ladder, facets and orders, each a link with its count."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from arabic import analyse
from archive.display.dates import month_name, written_day, written_month
from search.marking import ELLIPSIS
from search.presentation.links import address, address_of_value, chosen_month, chosen_year
from search.presentation.timeline import month_address
from search.types import UNKNOWN, Chip, FacetValue, Level, Results, SearchRequest, Sort, View

SHOWN_AT_ONCE: Final = 12
MOST_SPELLINGS: Final = 4
"""Other spellings named beside a word: the commonest stand first in the list."""
MOST_FORMS: Final = 2
"""Other forms of the words that are shown as an example: the step of the ladder has room for no more."""
_FIELD_OF_FACET: Final = {
    "outlet": "outlets",
    "year": "years",
    "agency": "agencies",
    "author": "authors",
    "section": "sections",
}

Labels = Mapping[str, Mapping[str, str]]
"""What to call a value of "outlet" or "agency": facet to slug to label."""


@dataclass(frozen=True, slots=True)
class ChipLink:
    """A part of the search that can be taken out: `url` is the search without it.

    `also`: other spellings of it that are searched with it.
    """

    kind: str
    text: str
    url: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder."""

    level: Level
    name: str
    note: str
    note_is_arabic: bool
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value to narrow by, or (selected) to take out again. `count`: what the search will find with it."""

    label: str
    count: int
    url: str
    selected: bool
    unknown: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One heading of the side column: values shown at once, the rest behind a disclosure, unknown last.

    `note`: how to find what is not among the values.
    """

    name: str
    title: str
    values: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]
    unknown: tuple[FacetLink, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few ways to see the same hits."""

    label: str
    url: str
    current: bool


def chips(results: Results, labels: Labels) -> tuple[ChipLink, ...]:
    """The query as understood, then the filters."""
    return (*_query_chips(results), *_filter_chips(results.request, labels))


def _query_chips(results: Results) -> Iterator[ChipLink]:
    kinds = _chip_kinds()
    chips = results.understood.chips
    for chip, following in zip_longest(chips, chips[1:]):
        # the words of one name have the same spellings: they are named once, behind the last of them
        also = () if following and following.also == chip.also else chip.also
        url = address(results.request, query=chip.query_without, sort=_sort_without(results.request, chip))
        yield ChipLink(kinds.get(chip.kind, chip.kind), chip.text, url, _some_of(also))


def _some_of(spellings: Sequence[str]) -> str:
    """The first spellings, as a list; the API gives all."""
    more = ELLIPSIS if len(spellings) > MOST_SPELLINGS else ""
    return "، ".join(spellings[:MOST_SPELLINGS]) + more


def _sort_without(request: SearchRequest, chip: Chip) -> Sort:
    """Without words nothing is more fitting than anything else: a search by fitness becomes one by date."""
    return request.sort if chip.query_without or request.sort is not Sort.RELEVANCE else Sort.NEWEST


def _chip_kinds() -> dict[str, str]:
    return {
        "word": pgettext("part of a query", "word"),
        "phrase": pgettext("part of a query", "phrase"),
        "without": pgettext("part of a query", "not"),
        "either": pgettext("part of a query", "either"),
        "prefix": pgettext("part of a query", "begins with"),
        "near": pgettext("part of a query", "near"),
        "title": pgettext("part of a query", "in the title"),
        "outlet": pgettext("part of a query", "outlet"),
        "agency": pgettext("part of a query", "agency"),
        "author": pgettext("part of a query", "author"),
        "date": pgettext("part of a query", "date"),
    }


def _filter_chips(request: SearchRequest, labels: Labels) -> Iterator[ChipLink]:
    kinds = {
        "outlet": _("outlet"),
        "agency": _("agency"),
        "author": _("author"),
        "section": _("section"),
        "year": _("year"),
    }
    for facet, field in _FIELD_OF_FACET.items():
        chosen: tuple[str, ...] = getattr(request, field)
        for value in chosen:
            known = labels.get(facet, {}).get(value, value)
            label = _unknown_label(facet) if value == UNKNOWN else known
            rest = tuple(other for other in chosen if other != value)
            yield ChipLink(kinds[facet], label, address(request, **{field: rest}))
    yield from _period_chips(request)


def _period_chips(request: SearchRequest) -> Iterator[ChipLink]:
    first, last = request.date_from, request.date_to
    if first and (first == last or chosen_month(request)):
        kind, text = (_("day"), written_day(first)) if first == last else (_("month"), written_month(first))
        yield ChipLink(kind, text, address(request, date_from=None, date_to=None))
        return
    if first:
        yield ChipLink(pgettext("date", "from"), written_day(first), address(request, date_from=None))
    if last:
        yield ChipLink(pgettext("date", "to"), written_day(last), address(request, date_to=None))


def ladder(results: Results) -> tuple[Step, ...]:
    """The four steps, nearest to the letter first, each with what it finds under the same filters."""
    forms = "، ".join(_own_forms(results))
    names = {
        Level.EXACT: (_("Exact"), _("vowel marks aside"), False),
        Level.FOLDED: (_("Folded"), "أ إ آ ا، ى ي، ة ه", True),
        Level.INFLECTED: (_("Inflected"), forms or _("with particles and endings"), bool(forms)),
        Level.ANY: (_("Any word"), _("best first"), False),
    }
    return tuple(
        Step(
            level=level,
            name=name,
            note=note,
            note_is_arabic=is_arabic,
            count=results.levels.get(level, 0),
            url=address(results.request, level=level),
            current=level is results.level,
        )
        for level, (name, note, is_arabic) in names.items()
    )


def _own_forms(results: Results) -> list[str]:
    """Other forms of the query's words that the articles of this page have, the most frequent first."""
    typed = [term for chip in results.understood.chips for term in analyse(chip.text)]
    normals, stems = {term.normal for term in typed}, {term.stem for term in typed}
    found = Counter(
        form
        for hit in results.hits
        for form in hit.forms
        for term in analyse(form)
        if term.stem in stems and term.normal not in normals
    )
    return [form for form, _count in found.most_common(MOST_FORMS)]


def facets(results: Results) -> tuple[Facet, ...]:
    """Outlet, year, month (where one year is chosen), day (of one month), agency, author, section; those
    without a value are left out.
    """
    titles = {
        "outlet": _("Outlet"),
        "year": _("Year"),
        "month": _("Month"),
        "day": _("Day"),
        "agency": _("Agency"),
        "author": _("Author"),
        "section": _("Section"),
    }
    if chosen_year(results.request) is None:
        del titles["month"]
    if chosen_month(results.request) is None:
        del titles["day"]
    found = (_facet(results, name, title) for name, title in titles.items())
    return tuple(facet for facet in found if facet.values or facet.unknown)


def _facet(results: Results, name: str, title: str) -> Facet:
    links = list(_facet_links(results, name))
    known = [link for link in links if not link.unknown]
    unknown = tuple(link for link in links if link.unknown)
    note = _more_authors() if name == "author" and results.more_authors else ""
    return Facet(name, title, tuple(known[:SHOWN_AT_ONCE]), tuple(known[SHOWN_AT_ONCE:]), unknown, note)


def _more_authors() -> str:
    return _("There are more authors: add author:name to the query.")


def _facet_links(results: Results, name: str) -> Iterator[FacetLink]:
    request, values = results.request, _values(results, name)
    if name == "month":
        yield from (_month_link(request, value) for value in values)
    elif name == "day":
        yield from (_day_link(request, value) for value in values)
    else:
        field = _FIELD_OF_FACET[name]
        narrowed = address_of_value(request, name, field)
        for value in values:
            unknown = value.value == UNKNOWN
            url = _address_without(request, field, value) if value.selected else narrowed(value.value)
            label = _unknown_label(name) if unknown else value.label
            yield FacetLink(label, value.count, url, value.selected, unknown)


def _address_without(request: SearchRequest, field: str, value: FacetValue) -> str:
    chosen: tuple[str, ...] = getattr(request, field)
    return address(request, **{field: tuple(one for one in chosen if one != value.value)})


def _values(results: Results, name: str) -> Sequence[FacetValue]:
    values = [value for value in results.facets.get(name, ()) if value.count or value.selected]
    if any(value.selected for value in values):
        # another agency or author of the same articles would be taken instead: it has more than these
        return [value for value in values if value.selected]
    if name == "day":
        return sorted((v for v in values if v.value != UNKNOWN), key=lambda value: value.value)
    if name != "month":
        return values
    year = f"{chosen_year(results.request):04d}-"
    return sorted((v for v in values if v.value.startswith(year)), key=lambda value: value.value)


def _day_link(request: SearchRequest, value: FacetValue) -> FacetLink:
    day = datetime.date.fromisoformat(value.value)
    url = address(request, date_from=day, date_to=day)
    return FacetLink(written_day(day), value.count, url, selected=False, unknown=False)


def _month_link(request: SearchRequest, value: FacetValue) -> FacetLink:
    selected = value.value == chosen_month(request)
    if selected:
        url = address(request, years=(value.value[:-3],), date_from=None, date_to=None)
    else:
        url = month_address(request, value.value)
    return FacetLink(month_name(int(value.value[-2:])), value.count, url, selected, unknown=False)


def _unknown_label(facet: str) -> str:
    labels = {
        "outlet": pgettext("facet", "outlet unknown"),
        "year": pgettext("facet", "undated"),
        "agency": pgettext("facet", "none named"),
        "author": pgettext("facet", "no author named"),
        "section": pgettext("facet", "unknown"),
    }
    return labels[facet]


def orders(request: SearchRequest) -> tuple[Choice, ...]:
    """The orders that make sense: by fitness only where something was asked for."""
    labels = {Sort.RELEVANCE: _("Best"), Sort.NEWEST: _("Newest"), Sort.OLDEST: _("Oldest")}
    if not request.query:
        del labels[Sort.RELEVANCE]
    return tuple(
        Choice(label, address(request, sort=sort), sort is request.sort) for sort, label in labels.items()
    )


def views(request: SearchRequest) -> tuple[Choice, ...]:
    """A list of articles, or the places in them line by line; nothing where no word was asked for."""
    if not request.query:
        return ()
    labels = {View.LIST: _("List"), View.CONCORDANCE: _("Concordance")}
    return tuple(
        Choice(label, address(request, view=view), view is request.view) for view, label in labels.items()
    )
