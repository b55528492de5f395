"""Two curators at the form of one article: the second sees both versions and chooses field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.admin.base import desk_page
from archive.desk.fields import date_as_typed
from archive.display.evidence import LABELS
from archive.models import Article
from archive.services.articles import ChangedMeanwhile

THEIRS: Final = "take-theirs"
SEEN: Final = "seen"
POSTED: Final = {"published": "date", "agency": "agencies", "author": "authors"}
"""What the form calls a field, where evidence calls it otherwise."""
SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Version:
    """A field in both versions. `name`: as the form calls it."""

    name: str
    label: str
    held: str
    typed: str


def take_chosen(request: HttpRequest) -> None:
    """Put what is held in place of what was typed, in the fields of which the curator chose so."""
    theirs = request.POST.getlist(THEIRS)
    key = request.POST.get("chosen-of", "")
    if not theirs or not key.isdecimal():
        return
    article = Article.objects.filter(pk=key).first()
    if article is None:
        return
    posted = request.POST.copy()
    for name in theirs:
        posted.setlist(name, held_as_posted(article, name))
    request.POST = posted  # type: ignore[assignment]  # the form reads what was chosen


def held_as_posted(article: Article, name: str) -> list[str]:
    """A field of an article as its form sends it."""
    if name == "date":
        return [date_as_typed(article)]
    if name in ("agencies", "authors"):
        return [str(thing.pk) for thing in getattr(article, name).all()]
    if name == "outlet":
        return [str(article.outlet_id or "")]
    value: Any = getattr(article, name, "")
    return [str(value)]


def both_versions(request: HttpRequest, key: str, conflict: ChangedMeanwhile) -> HttpResponse:
    """The page on which the second curator chooses; nothing of theirs is saved yet."""
    article = Article.objects.get(pk=key)
    versions = [
        Version(
            POSTED.get(one.field, one.field),
            str(LABELS.get(one.field, one.field)),
            one.held[:SHOWN],
            one.typed[:SHOWN],
        )
        for one in conflict.versions
    ]
    hidden = {SEEN, THEIRS, "chosen-of", "csrfmiddlewaretoken"}
    posted = [
        (name, value) for name, values in request.POST.lists() if name not in hidden for value in values
    ]
    context = {
        "article": article,
        "versions": versions,
        "act": conflict.act,
        "posted": posted,
        "seen": article.changed.isoformat(),
    }
    answer = desk_page(request, "admin/queue/versions.html", _("Changed meanwhile"), context)
    answer.status_code = 409
    return answer
