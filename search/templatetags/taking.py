"""Taking results away in templates: `{% load taking %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from search.presentation.links import address_pairs
from search.taking import MOST_IN_PDF
from search.types import Results

register = template.Library()

OF_THE_PAGE = frozenset({"page", "size", "view", "order", "start", "unit"})
"""What an address says of how results are shown, which does not change what they are."""


@dataclass(frozen=True, slots=True)
class TakeLink:
    """A format of a set: its name, what it is for, and where it is fetched."""

    name: str
    purpose: str
    url: str


@register.inclusion_tag("search/take_away.html")
def take_away(results: Results) -> dict[str, Any]:
    """The menu of formats for all that a search finds."""
    pairs = [(name, value) for name, value in address_pairs(results.request) if name not in OF_THE_PAGE]
    query = urlencode(pairs)
    links = [
        TakeLink(name, purpose, reverse("search:export", args=[form]) + (f"?{query}" if query else ""))
        for form, name, purpose in forms_of(results.total)
    ]
    return {"links": links, "total": results.total}


def forms_of(total: int) -> list[tuple[str, str, str]]:
    """Each format of a set of so many: the ending of its address, its name, what it is for."""
    limited = _("to read and print; the first %(most)d articles only") % {"most": MOST_IN_PDF}
    return [
        ("csv", "CSV", _("for tables")),
        ("jsonl", "JSON Lines", _("for programs")),
        ("ris", "RIS", _("for Zotero and its like")),
        ("bib", "BibTeX", _("for LaTeX")),
        ("csl.json", "CSL-JSON", _("for citing")),
        ("zip", "ZIP", _("a file of plain text an article, with an index")),
        ("pdf", "PDF", limited if total > MOST_IN_PDF else _("to read and print")),
    ]
