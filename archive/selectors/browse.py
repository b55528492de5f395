"""What is held from when: counts by day for calendars, and the lists of a day, a month, a year."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Min, QuerySet, Value, When

from archive.models import Article, FormerName, Outlet
from archive.models.articles import ArticleQuerySet
from archive.selectors.former import called_now
from archive.unchanged import while_unchanged

UNKNOWN_OUTLET = "unknown"
"""The slug in addresses that stands for articles whose outlet is not known."""

MOST_KEPT: Final = 8
"""Stretches of time whose counts are kept: one of 100,000 articles takes some megabytes."""

KNOWN_TO_THE_DAY = (Article.Precision.TIME, Article.Precision.DAY)


@dataclass(frozen=True, slots=True)
class OutletChoice:
    """One outlet, or with `outlet` None the articles whose outlet is not known."""

    outlet: Outlet | None

    @property
    def slug(self) -> str:
        return self.outlet.slug if self.outlet else UNKNOWN_OUTLET


@dataclass(frozen=True, slots=True)
class HeldCount:
    """So many shown articles of an outlet (None: unknown) with this date (None: undated), so precise."""

    outlet_id: int | None
    day: datetime.date | None
    precision: str
    articles: int

    @property
    def known_to_the_day(self) -> bool:
        return self.precision in KNOWN_TO_THE_DAY


def outlet_choice(*, slug: str) -> OutletChoice | None:
    """What `?outlet=` asks for, a merged one as what it is now; None for no choice.

    Raises: Outlet.DoesNotExist: no outlet has or had that slug.
    """
    if not slug:
        return None
    if slug == UNKNOWN_OUTLET:
        return OutletChoice(None)
    if "\0" in slug:  # PostgreSQL refuses to be asked for it
        raise Outlet.DoesNotExist(slug)
    outlet = Outlet.objects.filter(slug=slug).first() or called_now(kind=FormerName.Kind.OUTLET, key=slug)
    if not isinstance(outlet, Outlet):
        raise Outlet.DoesNotExist(slug)
    return OutletChoice(outlet)


@while_unchanged(most=MOST_KEPT)
def held_counts(
    *, first: datetime.date | None = None, last: datetime.date | None = None
) -> tuple[HeldCount, ...]:
    """The shown articles counted by outlet, date and precision (one query, answered from an index alone).

    Undated ones are counted only where no stretch of days is asked for. A stretch is counted outlet by
    outlet, those of no known outlet apart: so the index that begins with the outlet holds every answer,
    where one by date would have to read the rows, whose bodies are long.
    """
    shown = Article.objects.shown()
    if first is None or last is None:
        return tuple(HeldCount(*row) for row in _counted(shown))
    of_stretch = shown.filter(published__range=(first, last))
    of_outlets = of_stretch.filter(outlet__in=Outlet.objects.order_by().values("pk"))
    rows = _counted(of_outlets).union(_counted(of_stretch.filter(outlet__isnull=True)), all=True)
    return tuple(HeldCount(*row) for row in rows)


def _counted(articles: ArticleQuerySet) -> QuerySet[Article, tuple[Any, ...]]:
    by = ("outlet_id", "published", "published_precision")
    return articles.order_by().values_list(*by).annotate(articles=Count("pk"))


def of_choice(counts: Collection[HeldCount], choice: OutletChoice | None) -> tuple[HeldCount, ...]:
    """Those counts that are of the chosen outlet; all of them where none is chosen."""
    if choice is None:
        return tuple(counts)
    wanted = choice.outlet.pk if choice.outlet else None
    return tuple(count for count in counts if count.outlet_id == wanted)


def listed(choice: OutletChoice | None = None) -> ArticleQuerySet:
    """The shown articles (of one outlet) with what a list shows: outlet joined, authors in one more query."""
    found = Article.objects.shown().select_related("outlet").prefetch_related("authors").defer("segments")
    return found.filter(outlet=choice.outlet) if choice else found


def articles_of_day(*, day: datetime.date, choice: OutletChoice | None) -> QuerySet[Article]:
    """Those published on a day, by outlet (unknown last) and time."""
    return (
        listed(choice)
        .filter(published=day, published_precision__in=KNOWN_TO_THE_DAY)
        .order_by(_known_outlet_first(), "outlet__name", "published_time", "pk")
    )


def articles_of_month(
    *, first: datetime.date, last: datetime.date, choice: OutletChoice | None
) -> QuerySet[Article]:
    """Those of a month, day by day; after them those whose day is not known (`day_unknown` 1)."""
    return (
        listed(choice)
        .filter(published__range=(first, last))
        .exclude(published_precision=Article.Precision.YEAR)
        .annotate(
            day_unknown=Case(
                When(published_precision=Article.Precision.MONTH, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .order_by("day_unknown", "published", _known_outlet_first(), "outlet__name", "published_time", "pk")
    )


def articles_of_year_only(*, year: int, choice: OutletChoice | None) -> QuerySet[Article]:
    """Those of which only the year is known."""
    days = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    return (
        listed(choice)
        .filter(published__range=days, published_precision=Article.Precision.YEAR)
        .order_by(_known_outlet_first(), "outlet__name", "pk")
    )


def undated_articles(*, choice: OutletChoice | None) -> QuerySet[Article]:
    """Those of which no date is known, by outlet (unknown last)."""
    return listed(choice).filter(published__isnull=True).order_by(_known_outlet_first(), "outlet__name", "pk")


def articles_on(*, days: Collection[datetime.date]) -> QuerySet[Article]:
    """Those published on any of these days, newest day first."""
    return (
        listed()
        .filter(published__in=days, published_precision__in=KNOWN_TO_THE_DAY)
        .order_by("-published", _known_outlet_first(), "outlet__name", "pk")
    )


def first_of_each(*, days: Collection[datetime.date]) -> list[Article]:
    """One article for each of these days that has any, newest day first (one query)."""
    firsts = (
        Article.objects.shown()
        .filter(published__in=days, published_precision__in=KNOWN_TO_THE_DAY)
        .order_by()
        .values("published")
        .annotate(first=Min("pk"))
        .values("first")
    )
    found = Article.objects.filter(pk__in=firsts).select_related("outlet").defer("segments")
    return list(found.order_by("-published"))


def latest_articles() -> QuerySet[Article]:
    """All shown articles, the last to come in first."""
    return listed().order_by("-added", "-pk")


def _known_outlet_first() -> Case:
    return Case(When(outlet__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())


def latest_of(*, choice: OutletChoice) -> QuerySet[Article]:
    """The newest dated articles of one outlet."""
    return listed(choice).filter(published__isnull=False).order_by("-published", "-published_time", "pk")


@while_unchanged(most=1)
def held_years() -> range:
    """Every year from the first of which something is held to the last (two queries)."""
    dated = Article.objects.shown().filter(published__isnull=False).values_list("published", flat=True)
    first, last = dated.order_by("published").first(), dated.order_by("-published").first()
    return range(first.year, last.year + 1) if first and last else range(0)


@while_unchanged(most=MOST_KEPT)
def held_before(*, day: datetime.date, choice: OutletChoice | None) -> datetime.date | None:
    """The last day before this one of which something is held."""
    return _known_days(choice).filter(published__lt=day).order_by("-published").first()


@while_unchanged(most=MOST_KEPT)
def held_after(*, day: datetime.date, choice: OutletChoice | None) -> datetime.date | None:
    """The first day after this one of which something is held."""
    return _known_days(choice).filter(published__gt=day).order_by("published").first()


def _known_days(choice: OutletChoice | None) -> QuerySet[Article, datetime.date | None]:
    found = Article.objects.shown().filter(published_precision__in=KNOWN_TO_THE_DAY)
    if choice:
        found = found.filter(outlet=choice.outlet)
    return found.values_list("published", flat=True)


def outer_days(counts: Collection[HeldCount]) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day known to the day among these counts."""
    days = [count.day for count in counts if count.day and count.known_to_the_day]
    return (min(days), max(days)) if days else None
