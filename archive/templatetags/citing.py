"""Citations and metadata in templates: `{% load citing %}`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archive.display import citations
from archive.display.styles import STYLES, Citation, Language
from archive.models import Article

register = template.Library()


@register.simple_tag(takes_context=True)
def coins(context: dict[str, Any], article: Article) -> str:
    """An article as Zotero reads it from a list, with its permalink."""
    request = context.get("request")
    address = request.build_absolute_uri(article.get_absolute_url()) if request else ""
    return citations.context_object(article, address)


MARKUP_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class StyleView:
    """A style of citing with the article cited in both scripts, that of the page first."""

    name: str
    citations: tuple[Citation, ...]


@register.simple_tag(name="citations")
def citations_of(article: Article, address: str, language: str) -> list[StyleView]:
    """The article in every style. `address`: its permalink."""
    scripts: tuple[Language, ...] = ("en", "ar") if language == "en" else ("ar", "en")
    return [
        StyleView(name, tuple(cite(article, address, script) for script in scripts)) for name, cite in STYLES
    ]


@register.simple_tag
def json_ld(article: Article, address: str) -> SafeString:
    """An article's facts for search engines, written so that no text of it can close the element."""
    facts = json.dumps(citations.news_article(article, address), ensure_ascii=False, cls=DjangoJSONEncoder)
    escaped = mark_safe(facts.translate(MARKUP_ESCAPES))  # noqa: S308 - nothing of markup is left in it
    return format_html('<script type="application/ld+json">{}</script>', escaped)
