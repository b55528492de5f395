"""Spreadsheets on the desk: articles out, and back in after the difference was shown and agreed to."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.admin.base import asked_for, curator_of, desk_page
from archive.display.fields import field_in_words
from archive.export.sheets import CONTENT_TYPES, EDITED, MOST_BYTES, SheetUnreadable
from archive.models import Act, Article
from archive.services.acting import acting
from archive.services.spreadsheets import SheetPlan, import_sheet, plan_sheet

MAY_CURATE: Final = "archive.change_article"
KEPT: Final = "desk_sheet"
"""Where the session keeps which file was looked at, and what it was called."""
MOST_SHOWN: Final = 100


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Spreadsheet (CSV or XLSX)"),
        help_text=gettext_lazy(
            "As it was exported here, and edited; the columns uid and version as they were."
        ),
    )

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MOST_BYTES:
            raise ValidationError(_("More than %(n)d MB: import it in parts.") % {"n": MOST_BYTES >> 20})
        return sheet


def sheet_response(articles: QuerySet[Article], form: str) -> HttpResponse:
    """A spreadsheet of these articles, as a download."""
    from archive.export.sheet_files import sheet_of

    name = f"arshif-{timezone.localdate().isoformat()}.{form}"
    return HttpResponse(
        sheet_of(articles, form),
        content_type=CONTENT_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@asked_for(MAY_CURATE)
def import_page(request: HttpRequest) -> HttpResponse:
    """The form, what a spreadsheet would change, or the change: as the buttons of the page say."""
    if "confirm" in request.POST and KEPT in request.session:
        return _confirmed(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _keep(request, form.cleaned_data["sheet"])
        if (plan := _plan(request)) is not None:
            return _shown(request, plan)
    return desk_page(request, "admin/sheets/form.html", _("Import a spreadsheet"), {"form": form})


def _keep(request: HttpRequest, sheet: UploadedFile[Any]) -> None:
    """Keep the file until it is agreed to; one for each curator at a time."""
    _forget(request)
    above = Path(settings.ARSHIF_UPLOAD_DIR)
    above.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="sheet-", dir=above))
    with (folder / "sheet").open("wb") as file:
        file.writelines(sheet.chunks())
    request.session[KEPT] = [folder.name, (sheet.name or "")[:200]]


def _plan(request: HttpRequest) -> SheetPlan | None:
    """What the kept file comes to; None where it cannot be read, and the page was told why."""
    from archive.export.sheet_files import rows_of

    folder, _name = request.session[KEPT]
    try:
        return plan_sheet(rows_of(Path(settings.ARSHIF_UPLOAD_DIR) / folder / "sheet"))
    except SheetUnreadable as error:
        messages.error(request, _("This cannot be read as a spreadsheet: %(why)s") % {"why": error})
        _forget(request)
        return None


def _shown(request: HttpRequest, plan: SheetPlan) -> HttpResponse:
    names = {column: field_in_words(field) for column, field in EDITED.items()}
    context = {
        "plan": plan,
        "changed": [
            (row, [(names[cell.column], cell) for cell in row.cells]) for row in plan.changed[:MOST_SHOWN]
        ],
        "refused": plan.refused[:MOST_SHOWN],
        "file": request.session[KEPT][1],
    }
    return desk_page(request, "admin/sheets/preview.html", _("What will change"), context)


def _confirmed(request: HttpRequest) -> HttpResponse:
    plan = _plan(request)
    if plan is None:
        return redirect("admin:archive_act_import")
    if plan.mark != request.POST.get("mark"):
        messages.warning(request, _("The archive has changed since you looked: look again."))
        return _shown(request, plan)
    with acting(kind=Act.Kind.SPREADSHEET, curator=curator_of(request), note=request.session[KEPT][1]) as act:
        number = import_sheet(plan=plan, curator=curator_of(request), note="")
    _forget(request)
    text = ngettext("%(n)s article was changed.", "%(n)s articles were changed.", number)
    messages.success(request, text % {"n": f"{number:,}"})
    if not act.articles:
        return redirect("admin:archive_act_changelist")
    return redirect("admin:archive_act_change", act.pk)


def _forget(request: HttpRequest) -> None:
    kept = request.session.pop(KEPT, None)
    if kept:
        shutil.rmtree(Path(settings.ARSHIF_UPLOAD_DIR) / kept[0], ignore_errors=True)
