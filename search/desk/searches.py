"""Saved searches: what an address asks, and what came in since its owner last looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from archive.unchanged import while_unchanged
from search.desk.models import SavedSearch
from search.engines.base import Found, IndexMissing
from search.feeds import found_by
from search.former import read_address
from search.presentation.links import address_pairs
from search.types import SearchRequest

MOST_SEARCHES: Final = 50
"""Saved searches of one reader: each is asked anew where the archive has changed."""
_OF_A_PLACE: Final = frozenset(("page", "start", "unit", "size"))
_KEPT_COUNTS: Final = 1_000


def searches_of(owner: User) -> QuerySet[SavedSearch]:
    """The reader's saved searches, by name."""
    return SavedSearch.objects.filter(owner=owner)


def asked_by(request: SearchRequest) -> str:
    """What is kept of a search: its address without a place in its results; "" where it asks for nothing."""
    return urlencode([pair for pair in address_pairs(request) if pair[0] not in _OF_A_PLACE])


def request_of(asked: str) -> SearchRequest:
    """The search that a kept address asks for."""
    return read_address(QueryDict(asked)).request


def new_ones(search: SavedSearch) -> list[Found]:
    """What it finds that came in after the last look, newest first.

    Raises: IndexMissing: there are articles and no index to search.
    """
    return _arrived(search.asked, search.seen)


def new_count(search: SavedSearch) -> int | None:
    """How many they are; None where the archive cannot be searched at the moment."""
    return _count(search.asked, search.seen)


def last_found(asked: str) -> int:
    """The number of the last article that a search finds by now, 0 for none."""
    try:
        return max((found.pk for found in found_by(request_of(asked))), default=0)
    except IndexMissing:
        return 0


def look(search: SavedSearch, *, seen: int) -> None:
    """Note that the owner has seen all up to this article; a look is never taken back."""
    search.seen, search.looked = max(search.seen, seen), timezone.now()
    search.save(update_fields=["seen", "looked"])


@while_unchanged(most=_KEPT_COUNTS)
def _count(asked: str, seen: int) -> int | None:
    try:
        return len(_arrived(asked, seen))
    except IndexMissing:
        return None


def _arrived(asked: str, seen: int) -> list[Found]:
    found: Sequence[Found] = found_by(request_of(asked))
    return sorted((one for one in found if one.pk > seen), key=lambda one: -one.pk)
