"""Pages of long lists: which rows stand on one is found by narrow indexes, and only these rows are read."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, OrderBy, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


class KeysFirst(Paginator[Any]):
    """Asks for the keys of a page, then for its rows: a database that sorts whole rows sorts long texts with
    them. `counted_by_keys`: all keys are read instead of counted first, where finding them takes long."""

    object_list: QuerySet[Any]
    counted_by_keys = False

    @cached_property
    def _keys(self) -> list[int]:
        ordering = map(_by_no_index, self.object_list.query.order_by)
        return list(self.object_list.order_by(*ordering).values_list("pk", flat=True))

    @cached_property
    def count(self) -> int:
        return len(self._keys) if self.counted_by_keys else self.object_list.count()

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        first, last = page.start_index() - 1, page.end_index()
        keys = self._keys[first:last] if self.counted_by_keys else self._between(first, last)
        places = {key: place for place, key in enumerate(keys)}
        rows = self.object_list.filter(pk__in=keys).order_by()
        page.object_list = sorted(rows, key=lambda row: places[row.pk])
        return page

    def _between(self, first: int, last: int) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[max(first, 0) : last])


def _by_no_index(column: Any) -> Any:
    """The same order, of which a planner knows no index: it goes through rows as they lie, once, where it
    would fetch them one by one in the order of an index."""
    if not isinstance(column, str):
        return column
    value = F(column.removeprefix("-"))
    return OrderBy(Coalesce(value, value), descending=column.startswith("-"))


class KeyedList(ChangeList):
    """A list that has a single page read as any other page is."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class LongListAdmin(admin.ModelAdmin[M]):
    """A list of many rows, some of them long."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeyedList

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> KeysFirst:
        """A searched list reads all keys at once: to count them takes as long."""
        paginator = KeysFirst(queryset, per_page, orphans, allow_empty_first_page)
        paginator.counted_by_keys = bool(request.GET.get("q"))
        return paginator
