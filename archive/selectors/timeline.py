"""When the archive holds anything at all: the ground against which counts over time are read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Count, QuerySet, Value

from archive.models import Article
from archive.unchanged import while_unchanged

Month = tuple[int, int]
Counted = tuple[datetime.date, int, int]
"""A day, a number of articles, and whether they count (1) or are to be taken off (-1)."""


@while_unchanged(most=32)
def holdings_by_month(*, outlets: Sequence[str] = ()) -> dict[Month, int]:
    """How many shown articles each (year, month) has, of these outlets (slugs) or of all (two queries).

    Articles dated only to their year are in none. The counts are read from indexes alone, never from the
    table, whose rows hold whole texts: all dated articles, less the withdrawn, less those shown through the
    same article, less those dated to a year.
    """
    articles = Article.objects.order_by().filter(published__isnull=False)
    if outlets:
        articles = articles.filter(outlet__slug__in=outlets)
    withdrawn = articles.filter(status=Article.Status.WITHDRAWN)
    elsewhere = articles.filter(same_as__isnull=False).exclude(status=Article.Status.WITHDRAWN)
    # one by one: grouped, they would be looked for by day in the table, not in the small index of their own
    one_by_one = elsewhere.values_list("published", Value(1), Value(-1))
    per_day = _sum(_by_day(articles, Value(1)).union(_by_day(withdrawn, Value(-1)), one_by_one, all=True))
    new_years_days = [day for day in per_day if (day.month, day.day) == (1, 1)]
    of_a_year = articles.shown().filter(
        published__in=new_years_days, published_precision=Article.Precision.YEAR
    )
    per_day.subtract(_sum(_by_day(of_a_year, Value(1))))
    return _by_month(per_day)


def _by_day(articles: QuerySet[Article], sign: Value) -> QuerySet[Article, Counted]:
    return articles.values_list("published").annotate(Count("pk"), sign=sign)


def _sum(counted: Iterable[Counted]) -> Counter[datetime.date]:
    per_day: Counter[datetime.date] = Counter()
    for day, number, sign in counted:
        per_day[day] += sign * number
    return per_day


def _by_month(per_day: Counter[datetime.date]) -> dict[Month, int]:
    per_month: Counter[Month] = Counter()
    for day, count in per_day.items():
        per_month[day.year, day.month] += count
    return {month: count for month, count in per_month.items() if count > 0}
