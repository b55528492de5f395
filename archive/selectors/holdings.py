"""What the archive holds, in figures."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max

from archive.models import Article


@dataclass(frozen=True, slots=True)
class HoldingsSummary:
    articles: int
    outlets: int
    last_added: datetime.datetime | None


def holdings_summary() -> HoldingsSummary:
    """How many shown articles and outlets there are, and when the last article came in."""
    row = Article.objects.shown().aggregate(
        articles=Count("pk"), outlets=Count("outlet", distinct=True), last_added=Max("added")
    )
    return HoldingsSummary(**row)
