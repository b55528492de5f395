"""Two curators on one article: the second sees both versions and chooses; nothing is overwritten unseen."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from archive.desk.fields import LABELS, NAMES, values_of
from archive.desk.pages import queue_page
from archive.desk.place import Place
from archive.desk.typed import Typed
from archive.models import Article
from archive.services.articles import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that the two left different: what is held now, and what the second curator typed."""

    name: str
    label: str
    held: str
    typed: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.held != self.typed


def choices(article: Article, typed: Typed) -> list[Choice]:
    """Each field of the queue in both versions; `article` as it is held now."""
    held = values_of(article)
    return [Choice(name, str(LABELS[name]), held[name], typed.values[name]) for name in NAMES]


def conflict_page(
    request: HttpRequest, place: Place, article: Article, typed: Typed, conflict: ChangedMeanwhile
) -> HttpResponse:
    """Both versions side by side, each field to be chosen; sent, it is checked as any other form."""
    context = {
        "article": article,
        "choices": choices(article, typed),
        "act": conflict.act,
        "seen": article.changed.isoformat(),
        "new": typed.new,
    }
    return queue_page(request, "admin/queue/conflict.html", place, context, status=409)
