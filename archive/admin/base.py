"""What the admin pages share."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.admin.paging import LongListAdmin
from archive.display.directions import direction_of_line

M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=HttpResponseBase)


def bidi(text: object) -> SafeString:
    """Text from a source, isolated so that its direction cannot disturb what stands beside it."""
    return format_html('<bdi dir="{}">{}</bdi>', direction_of_line(str(text)), text)


def moment(at: datetime.datetime | None) -> SafeString | None:
    """A day and its time, which read alike in both languages: 2026-11-21 23:19."""
    if at is None:
        return None
    return format_html('<bdi dir="ltr">{}</bdi>', f"{timezone.localtime(at):%Y-%m-%d %H:%M}")


def typed_date(size: int) -> forms.TextInput:
    """A line for a date as printed, `size` letters wide; below it the page's script says how it is read."""
    reads = {"data-reads": reverse_lazy("queue:date"), "data-said": "id_date_helptext"}
    return forms.TextInput(attrs={"dir": "auto", "size": size, **reads})


def named_values(pairs: Iterable[tuple[object, object]]) -> SafeString:
    """Names with what they stand for, each pair in its own direction: files: 61 · new: 61."""
    return format_html_join(" · ", "<bdi>{}: {}</bdi>", pairs)


class ReadOnlyAdmin(LongListAdmin[M]):
    """Records of what happened: to be looked at, never changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def asked_for(permission: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Let those through who have a permission; who is not signed in at the desk is asked to."""

    def guarding(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> R:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(Callable[..., R], admin.site.admin_view(guarded))

    return guarding


def desk_page(request: HttpRequest, template: str, title: str, context: Mapping[str, object]) -> HttpResponse:
    """A page of the desk that is no list and no form of one row."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context})


def curator_of(request: HttpRequest) -> User:
    """Who is at the desk."""
    if not isinstance(request.user, User):
        raise TypeError("the admin let an anonymous user through")
    return request.user
