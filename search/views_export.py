"""Results taken away: the whole set of a search as one file, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from archive.export import ExportFormat
from archive.export.files import file_pieces
from archive.models import Article
from archive.selectors.choices import agency_choices, outlet_choices
from search.engines.base import IndexMissing
from search.former import read_address
from search.forms import without_unknown
from search.names import Names
from search.presentation.links import address
from search.taking import Taken, take
from search.turns import Turn, Turns
from search.types import SearchRequest

RETRY_AFTER: Final = 30
"""Seconds after which a reader who found the archive busy is asked to come again."""


MOST_FIGURES: Final = 6


@dataclass(frozen=True, slots=True)
class TakenForm:
    """A format of a set: how it is written, and what it is called on the web."""

    export_format: ExportFormat
    content_type: str


TAKEN_FORMS: Final = {
    "csv": TakenForm(ExportFormat.CSV, "text/csv; charset=utf-8"),
    "jsonl": TakenForm(ExportFormat.JSONL, "application/jsonl; charset=utf-8"),
    "ris": TakenForm(ExportFormat.RIS, "application/x-research-info-systems; charset=utf-8"),
    "bib": TakenForm(ExportFormat.BIBTEX, "application/x-bibtex; charset=utf-8"),
    "csl.json": TakenForm(ExportFormat.CSL, "application/vnd.citationstyles.csl+json; charset=utf-8"),
    "zip": TakenForm(ExportFormat.ZIP, "application/zip"),
    "pdf": TakenForm(ExportFormat.PDF, "application/pdf"),
}
_turns: Final = Turns()


@require_safe
def export_results(request: HttpRequest, form: str) -> HttpResponseBase:
    """All that the same address of the search page finds, in the format that this one ends in.

    Status 503, and what to do, where another set is being written or there is no index.
    """
    return send_in_turn(request, form, lambda wanted: _found(request, wanted), again=request.get_full_path())


def send_in_turn(
    request: HttpRequest, form: str, taking: Callable[[ExportFormat], Taken], *, again: str
) -> HttpResponseBase:
    """A set as a file in a format, one at a time; `again`: where a reader who must wait tries again."""
    turn = _turns.begin()
    if turn is None:
        return _busy(request, again)
    try:
        return _answer(request, form, taking, turn)
    except IndexMissing as missing:
        turn.end()
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    except BaseException:
        turn.end()
        raise


def _answer(
    request: HttpRequest, form: str, taking: Callable[[ExportFormat], Taken], turn: Turn
) -> HttpResponseBase:
    chosen = TAKEN_FORMS[form]
    taken = taking(chosen.export_format)
    base = request.build_absolute_uri("/").rstrip("/")
    response: HttpResponseBase
    if request.method == "HEAD":
        turn.end()
        response = HttpResponse(content_type=chosen.content_type)
    else:
        pieces = _Pieces(_written(taken, chosen.export_format, base), turn)
        response = StreamingHttpResponse(pieces, content_type=chosen.content_type)
    response.headers["Content-Disposition"] = taken.about.disposition(form)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(request: HttpRequest, export_format: ExportFormat) -> Taken:
    asked, names = _asked(request)
    where = request.build_absolute_uri(address(asked))
    return take(asked, export_format, address=where, names=names, part=part_of(request))


def part_of(request: HttpRequest) -> int:
    """Which part of a set is asked for; the first where the address does not say, or says none."""
    part = request.GET.get("part", "")
    return int(part) if part.isascii() and part.isdecimal() and len(part) <= MOST_FIGURES else 1


def _asked(request: HttpRequest) -> tuple[SearchRequest, Names]:
    """What the page of this address shows: what it cannot use it leaves out, and so does the file."""
    outlets = outlet_choices()
    agencies = agency_choices() if "agency" in request.GET else None
    known = without_unknown(
        read_address(request.GET),
        outlets={outlet.slug for outlet in outlets},
        agencies={agency.slug for agency in agencies or ()},
    )
    return known.request, Names(outlets=outlets, agencies=agencies)


def _written(taken: Taken, export_format: ExportFormat, base: str) -> Iterator[bytes]:
    def permalink(article: Article) -> str:
        return base + article.get_absolute_url()

    return file_pieces(taken.articles(), export_format, taken.about, permalink)


def _busy(request: HttpRequest, again: str) -> HttpResponse:
    response = render(request, "search/busy.html", {"again": again, "seconds": RETRY_AFTER}, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


class _Pieces:
    """A file on its way, written in the language of its request, which is over when pieces are asked for."""

    def __init__(self, pieces: Iterator[bytes], turn: Turn) -> None:
        self._pieces = pieces
        self._turn = turn
        self._language = translation.get_language() or ""

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self._turn.use()
        with translation.override(self._language):
            return next(self._pieces)

    def close(self) -> None:
        """Called when the file is whole, or its reader has gone."""
        self._turn.end()


class TakenFormConverter:
    """The ending of an address that asks for a format."""

    regex = "|".join(form.replace(".", r"\.") for form in TAKEN_FORMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
