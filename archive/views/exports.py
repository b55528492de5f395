"""One article in the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.display.plain_text import plain_text
from archive.export import ExportFormat, export_article
from archive.models import Article
from archive.selectors.reading import article_to_read
from archive.views.articles import gone

Write = Callable[[Article, str], str | bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A format of an article: how it is written, and what it is called on the web."""

    write: Write
    content_type: str


def _exported(export_format: ExportFormat) -> Write:
    return lambda article, address: export_article(article, export_format, address)


def _pdf(article: Article, address: str) -> bytes:
    # a process that serves pages need not hold what makes PDF
    from archive.display.pdf import article_pdf

    return article_pdf(article, address)


FORMS = {
    "json": Form(_exported(ExportFormat.JSONL), "application/json; charset=utf-8"),
    "txt": Form(plain_text, "text/plain; charset=utf-8"),
    "ris": Form(_exported(ExportFormat.RIS), "application/x-research-info-systems; charset=utf-8"),
    "bib": Form(_exported(ExportFormat.BIBTEX), "application/x-bibtex; charset=utf-8"),
    "csl.json": Form(_exported(ExportFormat.CSL), "application/vnd.citationstyles.csl+json; charset=utf-8"),
    "pdf": Form(_pdf, "application/pdf"),
}


@require_safe
def export(request: HttpRequest, uid: str, form: str) -> HttpResponse:
    """The article in the format that its address ends in."""
    try:
        found = article_to_read(uid=uid)
    except Article.DoesNotExist as unknown:
        raise Http404 from unknown
    if found.status == Article.Status.WITHDRAWN:
        return gone(request, found)
    address = request.build_absolute_uri(found.get_absolute_url())
    chosen = FORMS[form]
    response = HttpResponse(chosen.write(found, address), content_type=chosen.content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{found.uid}.{form}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
