"""What the admin panel says of the index."""

from __future__ import annotations

from django import template

from search.checks import SENSIBLE_ARTICLES, articles_in_index, outgrown

register = template.Library()


@register.inclusion_tag("admin/outgrown.html")
def outgrown_note() -> dict[str, int]:
    """A note for staff where the collection has outgrown its engine: the one setting and the one command."""
    articles = articles_in_index()
    return {"articles": articles, "sensible": SENSIBLE_ARTICLES} if outgrown(articles) else {}
