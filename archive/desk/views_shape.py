"""One text into several articles, or neighbours into one: cut or joined where the original says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive.admin.base import curator_of
from archive.desk.pages import for_curators, queue_page
from archive.desk.place import place_of, remember_act
from archive.desk.views import article_at
from archive.display.originals import article_slice
from archive.models import Act, Article
from archive.selectors.queue import Kind
from archive.services.acting import acting
from archive.services.originals import OriginalMissing
from archive.services.shape import CannotShape, join, split

MOST_LINES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the original and the character of the file at which it begins; `first`: it cannot be cut
    before."""

    text: str
    at: int
    first: bool


@for_curators
def shape(request: HttpRequest, key: int) -> HttpResponse:
    """Where an article is cut, and what it can be joined with."""
    article, place = article_at(key), place_of(request, Kind.SHAPE, key)
    if request.method == "POST":
        try:
            act = _shaped(request, article)
        except CannotShape as refused:
            messages.error(request, str(refused))
            return redirect(request.get_full_path())
        remember_act(request, act.pk, place.address)
        messages.success(request, _("Done. It can be taken back."))
        return redirect(place.address)
    context = {"article": article, "lines": _lines(article), "after": _after(article)}
    return queue_page(request, "admin/queue/shape.html", place, context)


def _shaped(request: HttpRequest, article: Article) -> Act:
    curator, after = curator_of(request), _after(article)
    joined = request.POST.get("do") == "join"
    kind = Act.Kind.MERGE_ARTICLES if joined else Act.Kind.SPLIT
    with acting(kind=kind, curator=curator) as act:
        if joined:
            if after is None:
                raise CannotShape(_("No article stands behind this one in its file."))
            join(articles=[article, after], curator=curator)
        else:
            split(article=article, at=_cuts(request, article), curator=curator)
    return act


def _cuts(request: HttpRequest, article: Article) -> list[int]:
    """The marked beginnings, in order. Raises: CannotShape: none is marked."""
    possible = {line.at for line in _lines(article) if not line.first}
    marked = {int(at) for at in request.POST.getlist("at") if at.isascii() and at.isdigit()}
    if not marked & possible:
        raise CannotShape(_("Mark the lines with which an article begins."))
    return sorted(marked & possible)


def _lines(article: Article) -> list[Line]:
    try:
        original = article_slice(article)
    except OriginalMissing:
        return []
    found: list[Line] = []
    at = original.origin
    for text in original.text.splitlines(keepends=True)[:MOST_LINES]:
        if text.strip():
            found.append(Line(text.strip(), at, first=not found))
        at += len(text)
    return found


def _after(article: Article) -> Article | None:
    """The article that stands behind this one in its file."""
    behind = Article.objects.filter(source=article.source_id, source_start__gte=article.source_end)
    return behind.exclude(status=Article.Status.WITHDRAWN).order_by("source_start").first()
