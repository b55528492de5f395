"""The feed of a search: `{% load following %}`."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

from archive.addresses import address_of_page
from search.presentation.links import address_pairs
from search.types import SearchRequest

register = template.Library()
NOT_OF_A_FEED = frozenset(("sort", "page", "size", "view", "order", "unit", "start"))


@register.simple_tag
def save_address(request: SearchRequest) -> str:
    """Where a search is saved to the reader's desk."""
    return f"{address_of_page('search:save_search')}?{urlencode(address_pairs(request))}"


@register.simple_tag
def feed_address(request: SearchRequest) -> str:
    """The address of the feed of a search."""
    asked = [pair for pair in address_pairs(request) if pair[0] not in NOT_OF_A_FEED]
    page = address_of_page("search:feed")
    return f"{page}?{urlencode(asked)}" if asked else page
