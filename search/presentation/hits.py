"""A hit as it stands in the list: what it is called, where it leads, what the archive has to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.models import Article
from search.types import Hit, Marked, SearchRequest

MOST_BADGES: Final = 2
MOST_FORMS: Final = 6


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit of the page. `language` is said where it is not the page's own."""

    article: Article
    url: str
    title: Marked
    derived: bool
    snippet: Marked
    language: str
    occurrences: int
    forms: str
    badges: tuple[str, ...]


def hit_view(hit: Hit, request: SearchRequest) -> HitView:
    """What the page shows of a hit."""
    article = hit.article
    path = article.get_absolute_url()
    return HitView(
        article=article,
        url=f"{path}?{urlencode({'q': request.query})}" if request.query else path,
        title=hit.title,
        derived=not article.title,
        snippet=hit.snippet,
        language=_foreign_language(article),
        occurrences=hit.occurrences,
        forms="، ".join(hit.forms[:MOST_FORMS]),
        badges=tuple(_badges(article))[:MOST_BADGES],
    )


def _foreign_language(article: Article) -> str:
    language = article.language or "ar"
    return language if language != get_language() else ""


def _badges(article: Article) -> Iterator[str]:
    """What a reader must know before trusting the hit; its date says for itself what is not known of it."""
    if not article.title:
        yield _("headline derived from the text")
    if article.status == Article.Status.IN_REVIEW:
        yield _("not read by a curator")
