"""Articles for an export, in a steady order and bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from archive.models import Article

CHUNK = 200
"""Articles that are in memory at once; one may have a text as long as a book."""


def _for_export() -> QuerySet[Article, Any]:
    found = Article.objects.shown().select_related("outlet", "source")
    return found.prefetch_related("agencies", "authors").defer("segments")


def all_for_export(*, most: int) -> Iterator[Article]:
    """The shown articles in the order of arrival, so many at most."""
    return _for_export().order_by("pk")[:most].iterator(chunk_size=CHUNK)


def some_for_export(*, uids: Sequence[str]) -> Iterator[Article]:
    """The shown articles among these, in this order."""
    for first in range(0, len(uids), CHUNK):
        group = list(uids[first : first + CHUNK])
        held = {article.uid: article for article in _for_export().filter(uid__in=group)}
        yield from (held[uid] for uid in group if uid in held)
