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
_COINS_GENRE: Final = "info:ofi/fmt:kev:mtx:dc"


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
    coins: str


def hit_view(hit: Hit, request: SearchRequest, *, base: str) -> HitView:
    """What the page shows of a hit. `base` is the scheme and host of the archive, for the citation."""
    article = hit.article
    path = article.get_absolute_url()
    return HitView(
        article=article,
        url=f"{path}?{urlencode(_carried(request))}" if request.query else path,
        title=hit.title,
        derived=not article.title,
        snippet=hit.snippet,
        language=_foreign_language(article),
        occurrences=hit.occurrences,
        forms="، ".join(hit.forms[:MOST_FORMS]),
        badges=tuple(_badges(article))[:MOST_BADGES],
        coins=coins(article, base=base),
    )


def _carried(request: SearchRequest) -> Iterator[tuple[str, str]]:
    """What the article needs to mark the same words."""
    yield "q", request.query
    if request.level:
        yield "level", request.level


def _foreign_language(article: Article) -> str:
    language = article.language or "ar"
    return language if language != get_language() else ""


def _badges(article: Article) -> Iterator[str]:
    """What a reader must know before trusting the hit; its date says for itself what is not known of it."""
    if not article.title:
        yield _("headline derived from the text")
    if article.status == Article.Status.IN_REVIEW:
        yield _("not read by a curator")


def coins(article: Article, *, base: str) -> str:
    """The citation of an article as an OpenURL ContextObject, for Zotero and its like.

    Source: COinS, "OpenURL ContextObject in SPAN", and the Dublin Core profile of Z39.88-2004.
    """
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", _COINS_GENRE),
        ("rft.type", "newspaperArticle"),
        ("rft.title", article.display_title),
        ("rft.identifier", f"{base}{article.get_absolute_url()}"),
    ]
    pairs += [("rft.creator", author.name) for author in article.authors.all()]
    if article.outlet:
        pairs.append(("rft.source", article.outlet.name))
    if article.published_iso:
        pairs.append(("rft.date", article.published_iso))
    if article.language:
        pairs.append(("rft.language", article.language))
    return urlencode(pairs)
