"""The trends page and its files: read the address, ask, show the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.models import Outlet
from archive.selectors.choices import agency_choices, outlet_choices
from search.engines.base import IndexMissing, IndexOutgrown
from search.former import with_names_of_now
from search.forms import Address, without_unknown
from search.names import Names
from search.trends.answer import Trends, trends
from search.trends.asked import Asked, FileForm, TrendsRequest, read
from search.trends.files import Taken, csv_file, png_file, svg_file
from search.trends.page import page_context
from search.upkeep import being_built


class TrendsFile:
    """The ending of the address of the trends that asks for a file."""

    regex = "|".join(FileForm)

    def to_python(self, value: str) -> FileForm:
        return FileForm(value)

    def to_url(self, value: FileForm) -> str:
        return value


@require_safe
def trends_page(request: HttpRequest) -> HttpResponse:
    """Up to five queries over time. Nothing typed is an error."""
    outlets = outlet_choices()
    asked, names = _understood(request, outlets)
    try:
        answer = trends(asked.request, names, outlets)
    except IndexMissing as missing:
        context = {
            "index_missing": True,
            "outgrown": isinstance(missing, IndexOutgrown),
            "being_built": being_built(),
        }
        return render(request, "search/trends.html", context, status=503)
    base = request.build_absolute_uri("/").rstrip("/")
    return render(request, "search/trends.html", page_context(answer, asked.mistakes, outlets, base))


@require_safe
def trends_file(request: HttpRequest, form: FileForm) -> HttpResponse:
    """The same chart as a file to keep: a drawing, a picture or its figures."""
    outlets = outlet_choices()
    asked, names = _understood(request, outlets)
    try:
        answer = trends(asked.request, names, outlets)
    except IndexMissing as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    return _file(answer, form, Taken(timezone.localdate(), request.build_absolute_uri("/").rstrip("/")))


def _file(answer: Trends, form: FileForm, taken: Taken) -> HttpResponse:
    match form:
        case FileForm.SVG:
            content, kind = svg_file(answer, taken).encode(), "image/svg+xml"
        case FileForm.PNG:
            content, kind = png_file(answer, taken), "image/png"
        case FileForm.CSV:
            content, kind = csv_file(answer, taken).encode(), "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="arshif-trends-{taken.day.isoformat()}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _understood(request: HttpRequest, outlets: list[Outlet]) -> tuple[Asked, Names]:
    """The request without outlets and agencies that the archive does not know; each is said."""
    asked = read(request.GET)
    agencies = agency_choices() if asked.request.narrowing.agencies else None
    known = without_unknown(
        Address(with_names_of_now(asked.request.narrowing), asked.mistakes),
        outlets={outlet.slug for outlet in outlets},
        agencies=None if agencies is None else {agency.slug for agency in agencies},
    )
    narrowed = TrendsRequest(
        asked.request.queries,
        known.request,
        asked.request.measure,
        asked.request.scale,
        asked.request.lines,
    )
    return Asked(narrowed, known.mistakes), Names(outlets=outlets, agencies=agencies)
