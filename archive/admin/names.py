"""Outlets, agencies and authors with their aliases, and the names that wait for a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.models import Agency, Author, Outlet


class AliasesField(forms.CharField):
    """A list of names, written one to a line."""

    widget = forms.Textarea(attrs={"rows": 5, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or []) != self.to_python(data))


class NameForm(forms.ModelForm[Model]):
    aliases = AliasesField(
        label=_("aliases"), required=False, help_text=_("Other ways it is written, one to a line.")
    )


class NameAdmin(admin.ModelAdmin[Any]):
    """A name: found by any of its forms, with a link to what it stands on."""

    form = NameForm
    list_display: tuple[str, ...] = ("name", "name_latin", "article_count")
    search_fields = ("name", "name_latin", "aliases")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        named: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = named.annotate(article_count=Count("articles"))
        return counted

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, thing: Any) -> str:
        return f"{thing.article_count:,}"


class SluggedNameAdmin(NameAdmin):
    """The slug stands in addresses that people have kept, so it is chosen once."""

    list_display = ("name", "name_latin", "slug", "article_count")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()


admin.site.register(Outlet, SluggedNameAdmin)
admin.site.register(Agency, SluggedNameAdmin)
admin.site.register(Author, NameAdmin)
