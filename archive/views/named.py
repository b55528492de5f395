"""Sections, authors, agencies and places: lists of them with counts, and a page of articles for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.display.examples import quoted
from archive.display.times import name_times
from archive.models import FormerName
from archive.selectors.browse import OutletChoice, held_counts
from archive.selectors.named import (
    Named,
    NameKind,
    Placed,
    articles_named,
    counts_of,
    listed_by_pk,
    name_counts,
    named,
)
from archive.selectors.outlets import outlet_holdings
from archive.views.former import to_what_it_is_now
from archive.views.lists import PAGE_SIZE, chosen_outlet

NAMES_ON_A_PAGE = 200
FORMER = {NameKind.AGENCY: FormerName.Kind.AGENCY, NameKind.AUTHOR: FormerName.Kind.AUTHOR}
BY_NAME = "name"


class NumberedPaginator(Paginator[Any]):
    """Pages of articles of which the numbers are known already."""

    def page(self, number: int | str) -> Page[Any]:
        """The page, its articles read."""
        bare = super().page(number)
        return Page(listed_by_pk(pks=list(bare.object_list)), bare.number, self)


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind of name is spoken of."""

    plural: str
    lede: str


@require_safe
def names(request: HttpRequest, kind: NameKind) -> HttpResponse:
    """Every name of a kind with its number of articles: most articles first, or by the alphabet."""
    counts = name_counts(kind=kind)
    by_name = request.GET.get("order") == BY_NAME
    ordered = sorted(counts, key=lambda count: count.label) if by_name else counts
    page = Paginator(ordered, NAMES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "words": _words(kind),
        "kinds": name_kinds(),
        "by_name": by_name,
        "names": len(counts),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
    }
    return render(request, "browse/names.html", context)


@require_safe
def name(request: HttpRequest, kind: NameKind, key: str) -> HttpResponse:
    """One name: how it is written, its articles, their outlets and time; `?outlet=` and `?year=` narrow."""
    if "\0" in key:  # PostgreSQL refuses to be asked for it
        raise Http404(key)
    found = named(kind=kind, key=key)
    if found is None and kind in FORMER:
        return to_what_it_is_now(request, FORMER[kind], key)
    every = articles_named(kind=kind, key=key) if found else ()
    if found is None or (not every and kind in (NameKind.SECTION, NameKind.PLACE)):
        raise Http404(key)
    choice, year = chosen_outlet(request), _year(request)
    of_year = [one for one in every if _is_of(one, year)]
    articles = [one for one in of_year if _is_by(one, choice)]
    times = name_times(
        counts_of([one for one in every if _is_by(one, choice)]),
        held_counts(),
        right_to_left=get_language_bidi(),
    )
    context = {
        "named": found,
        "words": _words(kind),
        "choice": choice,
        "year": year,
        "articles": len(articles),
        "undated": sum(one.day is None for one in articles),
        "by_outlet": outlet_holdings(counts=counts_of(of_year)),
        "times": times,
        "searches": _searches(found),
    }
    return render(request, "browse/named.html", context | _page(request, articles))


def _page(request: HttpRequest, articles: Sequence[Placed]) -> dict[str, Any]:
    page = NumberedPaginator([one.pk for one in articles], PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
    }


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("2015") else None


def _is_of(article: Placed, year: int | None) -> bool:
    return year is None or (article.day is not None and article.day.year == year)


def _is_by(article: Placed, choice: OutletChoice | None) -> bool:
    return choice is None or article.outlet_id == (choice.outlet.pk if choice.outlet else None)


def _words(kind: NameKind) -> Words:
    match kind:
        case NameKind.SECTION:
            return Words(_("Sections"), _("Sections of the papers, as each article prints its own."))
        case NameKind.AUTHOR:
            return Words(_("Authors"), _("Bylines, as printed."))
        case NameKind.AGENCY:
            return Words(_("Agencies"), _("News agencies whose texts the outlets carried."))
        case NameKind.PLACE:
            return Words(_("Places"), _("Places from which articles report, as printed at their head."))


def name_kinds() -> list[tuple[NameKind, str]]:
    """Every kind of name with its heading."""
    return [(kind, _words(kind).plural) for kind in NameKind]


def _searches(found: Named) -> list[tuple[str, str]]:
    """What else can be asked of a name: each with its address."""
    match found.kind:
        case NameKind.SECTION:
            narrowed = {"section": found.name}
        case NameKind.AGENCY:
            narrowed = {"agency": found.key}
        case NameKind.AUTHOR:
            narrowed = {"q": f"{_('author')}:{quoted(found.name)}"}
        case NameKind.PLACE:
            narrowed = {"q": f'"{found.name}"'}
    search = f"{reverse('search:search')}?{urlencode(narrowed)}"
    trends = f"{reverse('search:trends')}?{urlencode({**narrowed, 'lines': 'outlets'})}"
    if found.kind is NameKind.PLACE:
        return [(_("Search for the name in all texts"), search)]
    return [(_("Search within these articles"), search), (_("Their trend by outlet"), trends)]
