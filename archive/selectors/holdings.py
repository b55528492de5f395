"""What the archive holds, in figures."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Subquery

from archive.models import Article
from archive.unchanged import while_unchanged


@dataclass(frozen=True, slots=True)
class HoldingsSummary:
    articles: int
    outlets: int
    last_added: datetime.datetime | None


@while_unchanged(most=1)
def holdings_summary() -> HoldingsSummary:
    """How many shown articles and outlets there are, and when the last article came in.

    One query, each part of which is answered from an index alone: the greatest of all would have every
    article's row read.
    """
    shown = Article.objects.shown()
    last = Subquery(shown.order_by("-added").values("added")[:1])
    return HoldingsSummary(
        **shown.aggregate(
            articles=Count("status"), outlets=Count("outlet", distinct=True), last_added=Max(last)
        )
    )
