"""How an article is named elsewhere: citations for people, metadata for reference tools."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from archive.models import Article

_OF_EVERY_ARTICLE: Final = urlencode(
    {"ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "newspaperArticle"}
)


def context_object(article: Article, address: str = "") -> str:
    """An article as an OpenURL context object (COinS), which Zotero reads from result lists. `address`: its
    permalink, where it is known."""
    pairs = [
        ("rft.title", article.display_title),
        ("rft.source", article.outlet.name if article.outlet else ""),
        ("rft.date", article.published_iso or ""),
        ("rft.language", article.language),
        ("rft.identifier", address),
        *(("rft.creator", name) for name in article.author_names),
    ]
    return f"{_OF_EVERY_ARTICLE}&{urlencode([(name, value) for name, value in pairs if value])}"


def news_article(article: Article, address: str) -> dict[str, Any]:
    """An article as a schema.org NewsArticle."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.display_title,
        "url": address,
        "inLanguage": article.language or "ar",
        "datePublished": article.published_iso,
        "articleSection": article.section,
        "author": [{"@type": "Person", "name": name} for name in article.author_names],
        "mainEntityOfPage": address,
        "identifier": article.uid,
        "sameAs": article.url,
        "dateline": article.place,
        "isPartOf": {"@type": "Newspaper", "name": article.outlet.name} if article.outlet else None,
        "sourceOrganization": [
            {"@type": "NewsMediaOrganization", "name": agency.name} for agency in article.agencies.all()
        ],
        "publisher": {"@type": "Organization", "name": article.outlet.name} if article.outlet else None,
    }
    return {name: value for name, value in facts.items() if value}
