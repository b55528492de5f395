"""The names that a reader can choose from."""

from __future__ import annotations

from django.db.models import Count

from archive.models import Agency, Article, Author, Outlet
from archive.unchanged import while_unchanged


@while_unchanged(most=1)
def outlet_choices() -> list[Outlet]:
    """Every outlet, by name; one query."""
    return list(Outlet.objects.order_by("name").only("slug", "name", "name_latin", "aliases"))


@while_unchanged(most=1)
def years_held() -> list[int]:
    """Every year of which an article is held, shown or not, newest first; one query, of an index alone."""
    days = Article.objects.exclude(published=None).order_by().values_list("published", flat=True).distinct()
    return sorted({day.year for day in days if day}, reverse=True)


@while_unchanged(most=1)
def agency_choices() -> list[Agency]:
    """Every agency, by name; one query."""
    return list(Agency.objects.order_by("name").only("slug", "name", "name_latin", "aliases"))


@while_unchanged(most=1)
def first_agency_held() -> Agency | None:
    """An agency that a shown article names; one query."""
    return Agency.objects.filter(articles__in=Article.objects.shown()).order_by("pk").first()


@while_unchanged(most=1)
def first_author_held() -> Author | None:
    """An author of a shown article; one query."""
    return Author.objects.filter(articles__in=Article.objects.shown()).order_by("pk").first()


@while_unchanged(most=1)
def agencies_held() -> list[tuple[Agency, int]]:
    """Every agency and how many shown articles name it, most first; two queries."""
    counts = dict(
        Article.agencies.through.objects.filter(article__in=Article.objects.shown())
        .values_list("agency_id")
        .annotate(articles=Count("article_id"))
    )
    held = [(agency, counts.get(agency.pk, 0)) for agency in agency_choices()]
    return sorted(held, key=lambda one: -one[1])
