"""What the admin pages share."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

M = TypeVar("M", bound=Model)


def bidi(text: object) -> SafeString:
    """Text from a source, isolated so that its direction cannot disturb what stands beside it."""
    return format_html('<bdi dir="auto">{}</bdi>', text)


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """Records of what happened: to be looked at, never changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
