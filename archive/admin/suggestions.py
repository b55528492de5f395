"""Names that sources give and the archive does not know: a curator says whose they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.base import bidi, curator_of
from archive.models import Agency, Evidence, NameSuggestion, Outlet
from archive.services.names import accept_suggestion, reject_suggestion

KNOWN: dict[str, type[Outlet] | type[Agency]] = {
    NameSuggestion.Kind.OUTLET: Outlet,
    NameSuggestion.Kind.AGENCY: Agency,
}


class WhoseNameForm(forms.ModelForm[NameSuggestion]):
    """Whose the name is: one that is known, or a new one of this name."""

    whose = forms.ModelChoiceField(
        label=_("whose name it is"),
        queryset=Outlet.objects.none(),
        required=False,
        empty_label=_("a new one of this name"),
    )

    class Meta:
        model = NameSuggestion
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = self.fields["whose"]
        if isinstance(whose, forms.ModelChoiceField):
            whose.queryset = KNOWN[self.instance.kind]._default_manager.all()


@admin.register(NameSuggestion)
class NameSuggestionAdmin(admin.ModelAdmin[NameSuggestion]):
    form = WhoseNameForm
    list_display = ("shown_name", "kind", "status", "first_run")
    list_filter = ("status", "kind")
    list_select_related = ("first_run",)
    search_fields = ("name",)
    readonly_fields = ("shown_name", "kind", "status", "article_count", "first_run")
    fields = ("shown_name", "kind", "status", "article_count", "first_run", "whose")
    actions = ("accept_as_new", "reject")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, suggestion: NameSuggestion) -> SafeString:
        return bidi(suggestion.name)

    @admin.display(description=_("articles that give it"))
    def article_count(self, suggestion: NameSuggestion) -> str:
        return f"{Evidence.objects.filter(field=suggestion.kind, value=suggestion.name).count():,}"

    def save_model(self, request: HttpRequest, obj: NameSuggestion, form: Any, change: bool) -> None:
        self._tell(
            request,
            accept_suggestion(suggestion=obj, target=form.cleaned_data["whose"], curator=curator_of(request)),
        )

    @admin.action(description=_("Accept, each as a new outlet or agency"), permissions=["change"])
    def accept_as_new(self, request: HttpRequest, suggestions: QuerySet[NameSuggestion]) -> None:
        self._tell(
            request,
            sum(accept_suggestion(suggestion=one, curator=curator_of(request)) for one in suggestions),
        )

    @admin.action(description=_("Reject: no outlet or agency"), permissions=["change"])
    def reject(self, request: HttpRequest, suggestions: QuerySet[NameSuggestion]) -> None:
        for suggestion in suggestions:
            reject_suggestion(suggestion=suggestion, curator=curator_of(request))

    def _tell(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d article linked.", "%(count)d articles linked.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)
