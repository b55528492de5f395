"""Taking results away in templates: `{% load taking %}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from search.presentation.links import address_pairs
from search.taking import MOST_IN_PDF, parts_in_pdf
from search.types import Results

register = template.Library()

OF_THE_PAGE = frozenset({"page", "size", "view", "order", "start", "unit"})
"""What an address says of how results are shown, which does not change what they are."""
MOST_PARTS: Final = 5
"""Files of PDF that a menu offers: a whole list of a reader."""


@dataclass(frozen=True, slots=True)
class TakeLink:
    """A format of a set: its name, what it is for, and where it is fetched."""

    name: str
    purpose: str
    url: str


@register.inclusion_tag("search/take_away.html")
def take_away(results: Results) -> dict[str, Any]:
    """The menu of formats for all that a search finds."""
    asked = urlencode([pair for pair in address_pairs(results.request) if pair[0] not in OF_THE_PAGE])

    beginning = reverse("search:export", args=["csv"]).removesuffix("csv")

    def address_in(form: str, **more: int) -> str:
        query = "&".join(filter(None, (asked, urlencode(more))))
        return beginning + form + (f"?{query}" if query else "")

    return {
        "links": list(links(results.total, address_in)),
        "total": results.total,
        "beyond": beyond_parts(results.total),
    }


def links(total: int, address_in: Callable[..., str]) -> Iterator[TakeLink]:
    """Where a set of so many is fetched in each format; `address_in` writes an address, with `part` where a
    format holds a part of it."""
    for form, name, purpose in forms_of(total):
        if form != "pdf" or total <= MOST_IN_PDF:
            yield TakeLink(name, purpose, address_in(form))
            continue
        for part in range(1, min(parts_in_pdf(total), MOST_PARTS) + 1):
            first, last = (part - 1) * MOST_IN_PDF + 1, min(part * MOST_IN_PDF, total)
            said = _("to read and print: articles %(first)s to %(last)s")
            yield TakeLink(
                name, said % {"first": f"{first:,}", "last": f"{last:,}"}, address_in(form, part=part)
            )


def beyond_parts(total: int) -> str:
    """What to do for the articles of so many that no PDF of the menu holds; empty where there are none."""
    if parts_in_pdf(total) <= MOST_PARTS:
        return ""
    most = f"{MOST_PARTS * MOST_IN_PDF:,}"
    return _("PDF of more than the first %(most)s: narrow the search, or take the text in ZIP.") % {
        "most": most
    }


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
