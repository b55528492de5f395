"""The spellings of foreign names on the curation desk: looked up, switched off, changed, added."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from arabic import normal_form
from archive.admin.base import bidi, moment
from search.models import SpellingGroup
from search.variants.keeping import mistake_beside_others, mistakes_of, set_in_use

_BETWEEN: Final = re.compile(r"[\n=،,;؛]")


class SpellingsField(forms.CharField):
    """Spellings, one to a line; signs between them serve too."""

    widget = forms.Textarea(attrs={"rows": 6, "cols": 40, "dir": "auto"})

    def to_python(self, value: Any) -> str:
        parts = (" ".join(part.split()) for part in _BETWEEN.split(super().to_python(value) or ""))
        return "\n".join(dict.fromkeys(part for part in parts if part))


class SpellingGroupForm(forms.ModelForm[SpellingGroup]):
    spellings = SpellingsField(
        label=_("spellings"),
        help_text=_(
            "One to a line, two at least. Hamza, ة/ه, ى/ي and vowel marks need no line of their own: they "
            "are found together anyway."
        ),
    )

    class Meta:
        model = SpellingGroup
        fields = ("spellings", "kind", "in_use")

    def clean_spellings(self) -> str:
        typed: str = self.cleaned_data["spellings"]
        if mistakes := mistakes_of(typed.splitlines()):
            raise ValidationError([mistake.message for mistake in mistakes])
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("in_use") and "spellings" in cleaned:
            clash = mistake_beside_others(cleaned["spellings"].splitlines(), but=self.instance.pk)
            if clash is not None:
                self.add_error("spellings", clash.message)
        return cleaned


class OriginFilter(admin.SimpleListFilter):
    """By who wrote the group."""

    title = _("from")
    parameter_name = "from"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("list", _("Arshif's list")), ("edited", _("changed here")), ("own", _("added here"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SpellingGroup]) -> QuerySet[SpellingGroup]:
        if self.value() == "own":
            return queryset.filter(shipped_as="")
        if self.value() in {"list", "edited"}:
            return queryset.exclude(shipped_as="").filter(edited=self.value() == "edited")
        return queryset


@admin.register(SpellingGroup)
class SpellingGroupAdmin(admin.ModelAdmin[SpellingGroup]):
    form = SpellingGroupForm
    list_display = ("shown", "kind", "in_use", "origin", "when")
    list_filter = ("kind", "in_use", OriginFilter)
    list_per_page = 100
    search_fields = ("folded",)
    search_help_text = _("Any spelling, with or without hamza.")
    readonly_fields = ("origin", "when")
    fields = ("spellings", "kind", "in_use", "origin", "when")
    actions = ("switch_on", "switch_off")

    def has_delete_permission(self, request: HttpRequest, obj: SpellingGroup | None = None) -> bool:
        """A group of the project's list is taken out of use instead: deleted, it would come back."""
        if obj is not None and obj.shipped_as:
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once, which could take groups of the project's list along."""
        return {name: action for name, action in super().get_actions(request).items() if "delete" not in name}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SpellingGroup], search_term: str
    ) -> tuple[QuerySet[SpellingGroup], bool]:
        return super().get_search_results(request, queryset, normal_form(search_term))

    def save_model(self, request: HttpRequest, obj: SpellingGroup, form: Any, change: bool) -> None:
        obj.edited = obj.edited or bool({"spellings", "kind"} & set(form.changed_data))
        super().save_model(request, obj, form, change)

    @admin.display(description=_("spellings"), ordering="folded")
    def shown(self, group: SpellingGroup) -> SafeString:
        return bidi(group)

    @admin.display(description=_("from"))
    def origin(self, group: SpellingGroup) -> str:
        if not group.shipped_as:
            return str(_("added here"))
        return str(_("changed here") if group.edited else _("Arshif's list"))

    @admin.display(description=_("changed"), ordering="changed")
    def when(self, group: SpellingGroup) -> SafeString | None:
        return moment(group.changed)

    @admin.action(description=_("Search these spellings together"), permissions=["change"])
    def switch_on(self, request: HttpRequest, groups: QuerySet[SpellingGroup]) -> None:
        self._switch(request, groups, in_use=True)

    @admin.action(description=_("Search each spelling only as typed"), permissions=["change"])
    def switch_off(self, request: HttpRequest, groups: QuerySet[SpellingGroup]) -> None:
        self._switch(request, groups, in_use=False)

    def _switch(self, request: HttpRequest, groups: QuerySet[SpellingGroup], *, in_use: bool) -> None:
        count, mistakes = set_in_use(groups=groups, in_use=in_use)
        text = ngettext("%(count)d group changed.", "%(count)d groups changed.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)
        for mistake in mistakes:
            self.message_user(request, mistake.message, messages.ERROR)
