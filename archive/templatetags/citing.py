"""Citations and metadata in templates: `{% load citing %}`."""

from __future__ import annotations

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archive.display import citations
from archive.models import Article

register = template.Library()

register.simple_tag(citations.context_object, name="coins")

NESTED_QUOTES = {ord("«"): "“", ord("»"): "”"}
MARKUP_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def within_quotes(title: str) -> str:
    """A headline as it stands between « and »: its own quotation marks become the inner ones, “ and ”."""
    return title.translate(NESTED_QUOTES)


@register.simple_tag
def json_ld(article: Article, address: str) -> SafeString:
    """An article's facts for search engines, written so that no text of it can close the element."""
    facts = json.dumps(citations.news_article(article, address), ensure_ascii=False, cls=DjangoJSONEncoder)
    escaped = mark_safe(facts.translate(MARKUP_ESCAPES))  # noqa: S308 - nothing of markup is left in it
    return format_html('<script type="application/ld+json">{}</script>', escaped)
