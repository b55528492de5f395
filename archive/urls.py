"""Addresses of what is held."""

import re

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, register_converter

from archive.feeds import LatestFeed, OutletFeed
from archive.selectors.named import NameKind
from archive.sitemaps import SITEMAPS
from archive.views import articles, browse, exports, home, named, outlets, site


class FourFigures:
    """A year as 2015."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TwoFigures(FourFigures):
    """A month or day as 09."""

    regex = "[0-9]{2}"

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class ExportForm:
    """The ending of an article's address that asks for a format."""

    regex = "|".join(re.escape(form) for form in exports.FORMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class KindOfName:
    """The part of an address that says sections, authors, agencies or places."""

    regex = "|".join(NameKind)

    def to_python(self, value: str) -> NameKind:
        return NameKind(value)

    def to_url(self, value: str) -> str:
        return value


register_converter(ExportForm, "export")
register_converter(KindOfName, "names")
register_converter(FourFigures, "yyyy")
register_converter(TwoFigures, "mm")

app_name = "archive"
urlpatterns = [
    path("", home.home, name="home"),
    path("articles/<slug:uid>/", articles.article, name="article"),
    path("articles/<slug:uid>.<export:form>", exports.export, name="export"),
    path("articles/<slug:uid>/source/", articles.source, name="source"),
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/<slug:slug>/", outlets.outlet, name="outlet"),
    path("browse/", browse.all_years, name="browse"),
    path("browse/undated/", browse.undated, name="undated"),
    path("browse/latest/", browse.latest, name="latest"),
    path("browse/day/<mm:month>/<mm:day>/", browse.same_day, name="same_day"),
    path("browse/<yyyy:year>/", browse.year, name="year"),
    path("browse/<yyyy:year>/<mm:month>/", browse.month, name="month"),
    path("browse/<yyyy:year>/<mm:month>/<mm:day>/", browse.day, name="day"),
    path("<names:kind>/", named.names, name="names"),
    path("<names:kind>/<path:key>/", named.name, name="name"),
    path("help/", site.help_page, name="help"),
    path("opensearch.xml", site.opensearch, name="opensearch"),
    path("favicon.ico", site.icon, name="icon"),
    path("feeds/latest.atom", LatestFeed(), name="latest_feed"),
    path("feeds/outlets/<slug:slug>.atom", OutletFeed(), name="outlet_feed"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "archive:sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", site.robots, name="robots"),
    path("healthz", site.health, name="health"),
]
