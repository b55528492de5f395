"""What belongs to the site as a whole: help, and the addresses that machines ask for."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.display.examples import examples
from archive.selectors.browse import KNOWN_TO_THE_DAY, listed
from archive.selectors.choices import first_agency_held, first_author_held

LOOKED_THROUGH = 20
"""How many of the latest articles are looked through for examples."""


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to search and how to read the signs of the pages, with examples from what is held."""
    dated = listed().filter(outlet__isnull=False, published_precision__in=KNOWN_TO_THE_DAY)
    latest = dated.exclude(title="").order_by("-added", "-pk").prefetch_related(None)[:LOOKED_THROUGH]
    found = examples(latest, first_agency_held(), first_author_held())
    return render(request, "help.html", {"example": found})


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser offers the archive as a search engine."""
    return render(
        request, "opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8"
    )


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for what a browser shows that is not a page: plain text, JSON, a PDF."""
    return redirect(static("favicon.svg"), permanent=False)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: articles and lists, not the endless combinations of a search."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """`ok` if the database answers; an error of the database is the server's 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
