"""Many articles changed at once: what to set, what that changes, and only then the change, as one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.admin.base import curator_of, desk_page
from archive.admin.many_forms import ManyForm
from archive.display.fields import field_in_words
from archive.models import Act, Article
from archive.selectors.chosen import mark_of
from archive.services.acting import acting
from archive.services.many import Changes, FieldPlan, curate_many, plan_many

MOST_VALUES: Final = 8
"""Values of a field that a preview counts one by one; the rest are counted together."""
STAGES: Final = ("preview", "confirm", "mend")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles that are meant: in words, where their form stands, and what it must send again."""

    articles: QuerySet[Article]
    said: str
    back: str
    kept: tuple[tuple[str, str], ...] = ()
    sheets: tuple[tuple[str, str], ...] = ()
    """Where they can be had as a spreadsheet: format and address."""


def change_many(request: HttpRequest, chosen: Chosen, initial: dict[str, str] | None = None) -> HttpResponse:
    """The form, its preview, or the change: as the buttons of the page say."""
    stage = next((name for name in STAGES if name in request.POST), "")
    form = ManyForm(request.POST) if stage else ManyForm(initial=initial)
    if stage in {"preview", "confirm"} and form.is_valid():
        mark = mark_of(chosen.articles)
        if stage == "confirm" and request.POST.get("mark") == mark:
            return _changed(request, chosen, form.changes())
        if stage == "confirm":
            messages.warning(request, _("Other articles are meant now than when you looked: look again."))
        return _preview(request, chosen, form, mark)
    context = {"form": form, "chosen": chosen, "number": chosen.articles.count()}
    return desk_page(request, "admin/many/form.html", _("Change many articles"), context)


def of_the_list(request: HttpRequest, articles: QuerySet[Article]) -> Chosen:
    """Those that were marked in the list of articles, or all that it lists: its form is sent again whole."""
    names = ("action", "select_across", "index", ACTION_CHECKBOX_NAME)
    kept = tuple((name, value) for name in names for value in request.POST.getlist(name))
    return Chosen(articles, _("marked in the list"), request.get_full_path(), kept)


def _preview(request: HttpRequest, chosen: Chosen, form: ManyForm, mark: str) -> HttpResponse:
    plan = plan_many(articles=chosen.articles, changes=form.changes())
    context = {
        "form": form,
        "typed": [(name, value) for name, value in form.data.items() if name in form.fields],
        "chosen": chosen,
        "plan": plan,
        "fields": [_field_said(field) for field in plan.fields],
        "locked": sum(plan.locked.values()),
        "mark": mark,
    }
    return desk_page(request, "admin/many/preview.html", _("What will change"), context)


def _field_said(plan: FieldPlan) -> dict[str, Any]:
    """A field of a plan as the page shows it."""
    first = plan.before[:MOST_VALUES]
    tag = plan.before[0][0] if plan.field == "tags" else ""
    return {
        "name": field_in_words(plan.field),
        "tag": tag,
        "added": bool(tag and plan.after),
        "before": [(_value_said(plan.field, value), count) for value, count in first],
        "more": sum(count for _value, count in plan.before[MOST_VALUES:]),
        "after": _value_said(plan.field, plan.after),
    }


def _value_said(field: str, value: str) -> str:
    if field == "status" and value:
        return str(Article.Status(value).label)
    return value or _("unknown")


def _changed(request: HttpRequest, chosen: Chosen, changes: Changes) -> HttpResponse:
    with acting(kind=_kind(changes), curator=curator_of(request), note=chosen.said) as act:
        number = curate_many(
            articles=chosen.articles, changes=changes, curator=curator_of(request), note=chosen.said
        )
    text = ngettext("%(n)s article was set.", "%(n)s articles were set.", number) % {"n": f"{number:,}"}
    if not act.articles:
        messages.info(request, _("All of them were so already: nothing changed."))
        return redirect("admin:archive_article_changelist")
    messages.success(request, text)
    return redirect("admin:archive_act_change", act.pk)


def _kind(changes: Changes) -> Act.Kind:
    """What a change of many is called in the history: a withdrawal where it is nothing else."""
    alone = Changes(status=Article.Status.WITHDRAWN, reason=changes.reason)
    return Act.Kind.WITHDRAW if changes == alone else Act.Kind.BULK
