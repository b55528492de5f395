"""Filters for lists whose choices are many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from archive.models import Article, ArticlePair
from archive.selectors.browse import UNKNOWN_OUTLET
from archive.selectors.choices import outlet_choices, years_held


class OutletFilter(admin.SimpleListFilter):
    """By outlet, from a list that opens: five hundred names would push every other filter off the page."""

    title = _("Outlet")
    parameter_name = "outlet_is"
    template = "admin/filter_by_outlet.html"
    kept: tuple[tuple[str, str], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = [(outlet.slug, outlet.label) for outlet in outlet_choices()]
        return [*names, (UNKNOWN_OUTLET, pgettext("facet", "outlet unknown"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        self.kept = tuple(
            (name, str(value))
            for name, value in changelist.params.items()
            if name not in {self.parameter_name, "p"}
        )
        return super().choices(changelist)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == UNKNOWN_OUTLET:
            return queryset.filter(outlet__isnull=True)
        return queryset.filter(outlet__slug=self.value()) if self.value() else queryset


class YearFilter(admin.SimpleListFilter):
    """By year. Django's own bar of dates asks for the year of every article, on every page."""

    title = _("Year")
    parameter_name = "year"
    undated = "unknown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*((str(year), year) for year in years_held()), (self.undated, _("Date unknown"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        asked = self.value()
        if asked == self.undated:
            return queryset.filter(published__isnull=True)
        known = {value for value, _label in self.lookup_choices}
        return queryset.filter(published__year=asked) if asked in known else queryset


class PairStatusFilter(admin.SimpleListFilter):
    """By status; the list opens on what waits for a curator, not on what is decided."""

    title = _("status")
    parameter_name = "status"
    everything = "all"

    def value(self) -> str:
        return super().value() or ArticlePair.Status.SUGGESTED

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*ArticlePair.Status.choices, (self.everything, _("All"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[ArticlePair]) -> QuerySet[ArticlePair]:
        return queryset if self.value() == self.everything else queryset.filter(status=self.value())
