"""All that a search finds changed at once: the address says the search, as it does on the search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive.admin.base import asked_for, desk_page
from archive.admin.many import Chosen, change_many
from archive.export import ExportFormat
from archive.selectors.choices import agency_choices, outlet_choices
from archive.selectors.chosen import articles_among
from search.engines.base import IndexMissing
from search.forms import parse_address, without_unknown
from search.names import Names
from search.presentation.links import address
from search.taking import Taken, take

MAY_CURATE = "archive.change_article"


@asked_for(MAY_CURATE)
def change_found(request: HttpRequest) -> HttpResponse:
    """The form of many for the articles that the same address of the search page finds. An address with a
    mistake is refused: it would mean other articles than it says."""
    outlets, agencies = outlet_choices(), agency_choices()
    asked = without_unknown(
        parse_address(request.GET),
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
    chosen = Chosen(
        articles=articles_among(uids=taken.uids or ()),
        said=_in_words(taken),
        back=request.get_full_path(),
    )
    return change_many(request, chosen)


def _in_words(taken: Taken) -> str:
    """The search as the history will name it."""
    about = taken.about
    query = _("found by “%(query)s”") % {"query": about.query} if about.query else _("found without a query")
    return "; ".join([query, *(f"{name}: {value}" for name, value in about.conditions)])
