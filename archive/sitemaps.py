"""What crawlers should know of: every article, outlet, and day of the calendar, with when it last changed."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Max, QuerySet
from django.urls import reverse

from archive.addresses import address_of
from archive.models import Article, Outlet
from archive.selectors.browse import KNOWN_TO_THE_DAY

ON_A_PAGE: Final = 5_000
"""Addresses in one file; a file of them takes a fraction of a second to write."""


class ArticleSitemap(Sitemap[Any]):
    """Every shown article."""

    limit = ON_A_PAGE

    def items(self) -> QuerySet[Article, Any]:
        return Article.objects.shown().order_by("pk").values("uid", "changed")

    def location(self, item: dict[str, Any]) -> str:
        return address_of("archive:article", item["uid"])

    def lastmod(self, item: dict[str, Any]) -> datetime.datetime:
        changed: datetime.datetime = item["changed"]
        return changed


class OutletSitemap(Sitemap[Outlet]):
    """Every outlet of which something is held."""

    limit = ON_A_PAGE

    def items(self) -> QuerySet[Outlet]:
        held = Article.objects.shown().filter(outlet__isnull=False).values("outlet")
        return Outlet.objects.filter(pk__in=held).order_by("pk")


class DaySitemap(Sitemap[Any]):
    """Every day of which something is held."""

    limit = ON_A_PAGE

    def items(self) -> QuerySet[Article, Any]:
        dated = Article.objects.shown().filter(published_precision__in=KNOWN_TO_THE_DAY)
        return (
            dated.order_by("published")
            .values("published")
            .annotate(articles=Count("pk"), changed=Max("changed"))
        )

    def location(self, item: dict[str, Any]) -> str:
        day = item["published"]
        return reverse("archive:day", args=[day.year, day.month, day.day])

    def lastmod(self, item: dict[str, Any]) -> datetime.datetime:
        changed: datetime.datetime = item["changed"]
        return changed


class SitePagesSitemap(Sitemap[str]):
    """The pages that are always there."""

    def items(self) -> list[str]:
        return ["home", "browse", "outlets", "undated", "latest", "help"]

    def location(self, item: str) -> str:
        return reverse(f"archive:{item}")


SITEMAPS: Final[dict[str, type[Sitemap[Any]]]] = {
    "pages": SitePagesSitemap,
    "outlets": OutletSitemap,
    "days": DaySitemap,
    "articles": ArticleSitemap,
}
