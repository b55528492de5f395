"""What curators did: recent acts, each with what it changed and the way back; the history of an article."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.admin.base import ReadOnlyAdmin, asked_for, bidi, curator_of, desk_page, moment
from archive.admin.spreadsheets import import_page
from archive.display.fields import field_in_words, value_in_field
from archive.models import Act, Article
from archive.selectors.history import FieldChange, changes_of_act, changes_of_article, recent_acts
from archive.services.acts import CannotRevert, plan_undo_act, revert_field, undo_act

MAY_CURATE = "archive.change_article"
MOST_TOLD = 200
MOST_REFUSED = 50


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin[Act]):
    list_display = ("when", "curator", "kind", "articles_said", "shown_note", "state")
    list_filter = ("kind", ("curator", admin.RelatedOnlyFieldListFilter))
    list_per_page = 50
    search_fields = ("note", "curator__username")
    show_full_result_count = False
    change_form_template = "admin/history/act.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Act]:
        return recent_acts().prefetch_related("undone_by")

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("import/", import_page, name="archive_act_import"),
            path("<int:pk>/undo/", undo, name="archive_act_undo"),
        ]
        return [*ours, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the act changed, instead of its columns."""
        if not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        act = get_object_or_404(recent_acts(), pk=object_id)
        changes = changes_of_act(act=act, most=MOST_TOLD)
        context = {
            "act": act,
            "changes": [_told(change) for change in changes],
            "all_told": act.articles <= MOST_TOLD,
            "undone_by": act.undone_by.first(),
        }
        return desk_page(request, "admin/history/act.html", str(act.get_kind_display()), context)

    @admin.display(description=gettext_lazy("when"), ordering="at")
    def when(self, act: Act) -> SafeString | None:
        return moment(act.at)

    @admin.display(description=gettext_lazy("articles"), ordering="articles")
    def articles_said(self, act: Act) -> str:
        return f"{act.articles:,}"

    @admin.display(description=gettext_lazy("note"))
    def shown_note(self, act: Act) -> SafeString:
        return bidi(act.note[:120])

    @admin.display(description="")
    def state(self, act: Act) -> SafeString | str:
        if act.undoes_id:
            address = reverse("admin:archive_act_change", args=[act.undoes_id])
            return format_html('<a href="{}">{}</a>', address, _("what was taken back"))
        return _("taken back") if act.undone_by.all() else ""


@asked_for(MAY_CURATE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking an act back would do, and the button that does it."""
    act = get_object_or_404(recent_acts(), pk=pk)
    if request.method == "POST":
        undone = undo_act(act=act, curator=curator_of(request))
        text = ngettext("%(n)s value went back.", "%(n)s values went back.", undone.restored)
        messages.success(request, text % {"n": f"{undone.restored:,}"})
        return redirect("admin:archive_act_change", undone.act.pk or act.pk)
    plan = plan_undo_act(act=act)
    context = {
        "act": act,
        "plan": plan,
        "first": [(one, field_in_words(one.field)) for one in plan.first],
        "refused": [(one, field_in_words(one.field)) for one in plan.refused[:MOST_REFUSED]],
    }
    return desk_page(request, "admin/history/undo.html", _("Take an act back"), context)


@asked_for("archive.view_article")
def of_article(request: HttpRequest, object_id: str) -> HttpResponse:
    """All that curators changed of an article; whoever may change it sets any field to any value it had."""
    article = get_object_or_404(Article.objects.defer("segments"), pk=object_id)
    if request.method == "POST":
        _revert(request, article)
        return redirect("admin:archive_article_history", article.pk)
    context = {
        "article": article,
        "changes": [_told(change) for change in changes_of_article(article=article)],
    }
    return desk_page(request, "admin/history/article.html", _("History of an article"), context)


def _revert(request: HttpRequest, article: Article) -> None:
    field, _sign, state = request.POST.get("to", "").partition(":")
    if not request.user.has_perm(MAY_CURATE) or not state.isdecimal():
        messages.error(request, _("That is not a state of this article."))
        return
    try:
        revert_field(article=article, field=field, to=int(state), curator=curator_of(request))
    except (CannotRevert, ValidationError) as error:
        messages.error(request, str(error))
        return
    messages.success(request, _("The field is set back; that too is in the history."))


def _told(change: FieldChange) -> dict[str, Any]:
    """A change of a field as pages show it."""
    return {
        "act": change.act,
        "article": change.article,
        "uid": change.uid,
        "field": change.field,
        "name": field_in_words(change.field),
        "before": value_in_field(change.field, change.before),
        "after": value_in_field(change.field, change.after),
        "was": change.was,
        "state": change.state,
    }
