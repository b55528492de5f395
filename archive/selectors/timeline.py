"""When the archive holds anything at all: the ground against which counts over time are read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, QuerySet

from archive.models import Article

Month = tuple[int, int]


def holdings_by_month(*, outlets: Sequence[str] = ()) -> dict[Month, int]:
    """How many shown articles each (year, month) has, of these outlets (slugs) or of all; three queries.

    Articles dated only to their year are in none. The counts are read from indexes alone, never from the
    table, whose rows hold whole texts: all dated articles, less the withdrawn, less those shown through the
    same article, less those dated to a year.
    """
    articles = Article.objects.filter(published__isnull=False)
    if outlets:
        articles = articles.filter(outlet__slug__in=outlets)
    per_day = _count_by_day(articles)
    per_day.subtract(_count_by_day(articles.filter(status=Article.Status.WITHDRAWN)))
    elsewhere = articles.filter(same_as__isnull=False).exclude(status=Article.Status.WITHDRAWN)
    per_day.subtract(_count_by_day(elsewhere))
    new_years_days = [day for day in per_day if (day.month, day.day) == (1, 1)]
    of_a_year = articles.shown().filter(
        published__in=new_years_days, published_precision=Article.Precision.YEAR
    )
    per_day.subtract(_count_by_day(of_a_year))
    return _by_month(per_day)


def _count_by_day(articles: QuerySet[Article]) -> Counter[datetime.date]:
    return Counter(dict(articles.order_by().values_list("published").annotate(Count("pk"))))


def _by_month(per_day: Counter[datetime.date]) -> dict[Month, int]:
    per_month: Counter[Month] = Counter()
    for day, count in per_day.items():
        per_month[day.year, day.month] += count
    return {month: count for month, count in per_month.items() if count > 0}
