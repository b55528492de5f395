"""How an article is named elsewhere: citations for people, metadata for reference tools."""

from __future__ import annotations

from urllib.parse import urlencode

from archive.models import Article


def context_object(article: Article) -> str:
    """An article as an OpenURL context object (COinS), which Zotero reads from result lists."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", article.display_title),
        ("rft.source", article.outlet.name if article.outlet else ""),
        ("rft.date", article.published_iso or ""),
        ("rft.language", article.language),
        *(("rft.creator", author.name) for author in article.authors.all()),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
