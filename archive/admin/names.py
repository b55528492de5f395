"""Outlets, agencies and authors with their aliases, and the names that wait for a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.base import curator_of, desk_page
from archive.models import Agency, Author, Outlet
from archive.services.merging import CannotMerge, keep_name, merge_names, remove_name

MOST_MERGED = 20


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
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        named: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = named.annotate(article_count=Count("articles"))
        return counted

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once: names that articles bear are merged, not deleted."""
        return {name: action for name, action in super().get_actions(request).items() if "delete" not in name}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A name that articles bear is merged with another instead."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.articles.exists())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        keep_name(named=obj, curator=curator_of(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove_name(named=obj, curator=curator_of(request))

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, thing: Any) -> str:
        return f"{thing.article_count:,}"

    @admin.action(description=_("Merge into one"), permissions=["change"])
    def merge(self, request: HttpRequest, names: QuerySet[Any]) -> HttpResponse | None:
        """Which of them stays is chosen on a page that says what becomes of the others."""
        chosen = list(names.order_by("-article_count", "pk")[: MOST_MERGED + 1])
        if not 1 < len(chosen) <= MOST_MERGED:
            text = _("Mark the names that are one: two at least, %(most)d at most.") % {"most": MOST_MERGED}
            self.message_user(request, text, messages.ERROR)
            return None
        into = next((name for name in chosen if str(name.pk) == request.POST.get("into")), None)
        if into is None:
            return self._which(request, chosen)
        self._merged(request, into, [name for name in chosen if name is not into])
        return None

    def _which(self, request: HttpRequest, chosen: list[Any]) -> HttpResponse:
        context = {
            "names": chosen,
            "back": request.get_full_path(),
            "opts": self.opts,
        }
        return desk_page(request, "admin/names/merge.html", gettext("Merge names"), context)

    def _merged(self, request: HttpRequest, into: Any, others: list[Any]) -> None:
        try:
            moved = merge_names(into=into, others=others, curator=curator_of(request))
        except (CannotMerge, ValidationError) as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        text = ngettext("%(n)s article has another name now.", "%(n)s articles have another name now.", moved)
        self.message_user(request, text % {"n": f"{moved:,}"}, messages.SUCCESS)


class SluggedNameAdmin(NameAdmin):
    """The slug stands in addresses that people have kept, so it is chosen once."""

    list_display = ("name", "name_latin", "slug", "article_count")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()


admin.site.register(Outlet, SluggedNameAdmin)
admin.site.register(Agency, SluggedNameAdmin)
admin.site.register(Author, NameAdmin)
