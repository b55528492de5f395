"""All that a search finds changed at once: the address says the search, as it does on the search page."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.admin.base import asked_for, desk_page
from archive.admin.many import Chosen, change_many
from archive.admin.spreadsheets import sheet_response
from archive.export import ExportFormat
from archive.export.sheets import CONTENT_TYPES
from archive.models import Article
from archive.selectors.choices import agency_choices, outlet_choices
from archive.selectors.chosen import articles_among
from search.engines.base import IndexMissing
from search.former import read_address
from search.forms import without_unknown
from search.names import Names
from search.presentation.links import address
from search.taking import Taken, take

MAY_CURATE = "archive.change_article"


@asked_for(MAY_CURATE)
def change_found(request: HttpRequest) -> HttpResponse:
    """The form of many for the articles that the same address of the search page finds."""
    return _with_found(
        request, lambda taken, articles: change_many(request, _chosen(request, taken, articles))
    )


@asked_for(MAY_CURATE)
def sheet_of_found(request: HttpRequest, form: str) -> HttpResponse:
    """A spreadsheet of the articles that the same address of the search page finds."""
    return _with_found(request, lambda _taken, articles: sheet_response(articles, form))


def _with_found(
    request: HttpRequest, answer: Callable[[Taken, QuerySet[Article]], HttpResponse]
) -> HttpResponse:
    """An answer made of what an address of the search page finds. One with a mistake is refused: it would
    mean other articles than it says."""
    outlets, agencies = outlet_choices(), agency_choices()
    asked = without_unknown(
        read_address(request.GET),
        outlets={outlet.slug for outlet in outlets},
        agencies={agency.slug for agency in agencies},
    )
    if asked.mistakes:
        context = {"mistakes": asked.mistakes, "search": address(asked.request)}
        page = desk_page(request, "admin/many/refused.html", _("Change many articles"), context)
        page.status_code = 400
        return page
    try:
        taken = take(asked.request, ExportFormat.JSONL, names=Names(outlets=outlets, agencies=agencies))
    except IndexMissing:
        return redirect("curation:health")
    return answer(taken, articles_among(uids=taken.uids or ()))


def _chosen(request: HttpRequest, taken: Taken, articles: QuerySet[Article]) -> Chosen:
    query = request.GET.urlencode()
    sheets = tuple(
        (form, f"{reverse('curation:found_sheet', args=[form])}?{query}") for form in CONTENT_TYPES
    )
    return Chosen(articles=articles, said=_in_words(taken), back=request.get_full_path(), sheets=sheets)


def _in_words(taken: Taken) -> str:
    """The search as the history will name it."""
    about = taken.about
    query = _("found by “%(query)s”") % {"query": about.query} if about.query else _("found without a query")
    return _("; ").join([query, *(f"{name}: {value}" for name, value in about.conditions)])
