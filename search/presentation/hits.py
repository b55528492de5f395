"""A hit as it stands in the list: what it is called, where it leads, what the archive has to say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.display.directions import direction_of_prose
from archive.models import Article
from search.presentation.links import address_pairs
from search.types import Hit, Marked, SearchRequest

MOST_BADGES: Final = 2
MOST_FORMS: Final = 6


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit of the page. `language` is said where it is not the page's own; `runs`: the direction."""

    article: Article
    url: str
    title: Marked
    title_runs: str
    derived: bool
    snippet: Marked
    snippet_runs: str
    language: str
    places: str
    forms: str
    badges: tuple[str, ...]


def none_read(hits: Sequence[Hit]) -> bool:
    """Whether no curator has read any of these: then the page says so once, not at every hit."""
    return len(hits) > 1 and all(hit.article.status == Article.Status.IN_REVIEW for hit in hits)


def hit_view(hit: Hit, request: SearchRequest, *, says_review: bool = True) -> HitView:
    """What the page shows of a hit; `says_review`: also whether a curator has read it."""
    article = hit.article
    return HitView(
        article=article,
        url=address_of_hit(article, request),
        title=hit.title,
        title_runs=_direction(hit.title),
        derived=not article.title,
        snippet=hit.snippet,
        snippet_runs=_direction(hit.snippet),
        language=_foreign_language(article),
        places=_places(hit.occurrences),
        forms="، ".join(hit.forms[:MOST_FORMS]),
        badges=tuple(_badges(article, says_review))[:MOST_BADGES],
    )


def address_of_hit(article: Article, request: SearchRequest) -> str:
    """The article's page, with what it must know to mark what was asked for."""
    asked = {name: value for name, value in address_pairs(request) if name in {"q", "level", "variants"}}
    path = article.get_absolute_url()
    return f"{path}?{urlencode(asked)}" if request.query else path


def _places(number: int) -> str:
    """3 مواضع, 3 places: where the words stand in the article; empty for none."""
    if not number:
        return ""
    return ngettext("%(figure)s place", "%(figure)s places", number) % {"figure": f"{number:,}"}


def _direction(marked: Marked) -> str:
    return direction_of_prose("".join(run.text for run in marked))


def _foreign_language(article: Article) -> str:
    language = article.language or "ar"
    return language if language != get_language() else ""


def _badges(article: Article, says_review: bool) -> Iterator[str]:
    """What a reader must know before trusting the hit; its date says for itself what is not known of it."""
    if not article.body:
        yield _("the source holds no text")
    if not article.title:
        yield _("headline derived from the text")
    if says_review and article.status == Article.Status.IN_REVIEW:
        yield _("not read by a curator")
