"""How the archive is: index, room, last run, last check; and what to do, first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.admin.base import asked_for, desk_page
from archive.admin.taking_in import waiting_outcomes
from archive.models import Article, ArticlePair, IngestRun, NameSuggestion, SourceFile
from search.checking import Checked, is_running, last_result, start_check
from search.checks import outgrown
from search.service import IndexState, index_state
from search.upkeep import being_built

MAY_LOOK: Final = "archive.view_ingestrun"
LITTLE_ROOM: Final = 1 << 30
"""Bytes free below which the page says so: a rebuild of the index needs room for a second one."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something to do: why, and the command, if there is one."""

    why: str
    command: str = ""


@asked_for(MAY_LOOK)
def health(request: HttpRequest) -> HttpResponse:
    """The one page that says whether all is well; a POST has the archive checked beside the server."""
    if request.method == "POST":
        _begin_check(request)
        return redirect("curation:health")
    state, checked = index_state(), last_result()
    free = shutil.disk_usage(_data_folder()).free
    context = {
        "state": state,
        "built_now": not state.current and being_built(),
        "remedies": list(_remedies(state, checked, free)),
        "checked": checked,
        "checking": is_running(),
        "run": IngestRun.objects.first(),
        "held": _held(),
        "waiting": _waiting(),
        "sizes": _sizes(free),
    }
    return desk_page(request, "admin/health.html", _("Health of the archive"), context)


def _begin_check(request: HttpRequest) -> None:
    if is_running():
        messages.info(request, _("A check is under way."))
    elif start_check():
        messages.success(request, _("The check has begun; this page shows its result when it is done."))
    else:
        messages.error(request, _("The check cannot be started from here: run the command instead."))


def _remedies(state: IndexState, checked: Checked | None, free: int) -> Iterator[Remedy]:
    if not state.current:
        yield _remedy_of_index(state)
    if checked is None:
        yield Remedy(_("The archive was never checked as a whole."), "manage.py check_archive")
    elif checked.found:
        text = ngettext(
            "The last check found %(n)s difference.", "The last check found %(n)s differences.", checked.found
        )
        yield Remedy(text % {"n": f"{checked.found:,}"})
    if free < LITTLE_ROOM:
        yield Remedy(
            _("Less than 1 GB is free on the disk: make room, or move the data folder (ARSHIF_DATA_DIR).")
        )
    if outgrown(state.documents):
        yield Remedy(
            _("The collection has outgrown Whoosh: set ARSHIF_ENGINE=tantivy."), "manage.py index --rebuild"
        )
    last = IngestRun.objects.first()
    if last is not None and last.status in {IngestRun.Status.FAILED, IngestRun.Status.STOPPED}:
        yield Remedy(_("The last run ended before its work was done: ingest the same files again."))


def _remedy_of_index(state: IndexState) -> Remedy:
    if state.pending and "--rebuild" not in state.remedy:
        text = ngettext(
            "%(n)s changed article waits for the index.",
            "%(n)s changed articles wait for the index.",
            state.pending,
        )
        return Remedy(text % {"n": f"{state.pending:,}"}, "manage.py index")
    return Remedy(
        _("The index does not fit the archive and must be built anew."), "manage.py index --rebuild"
    )


def _held() -> dict[str, int]:
    by_status = dict(Article.objects.order_by().values_list("status").annotate(Count("pk")))
    return {
        "shown": Article.objects.shown().count(),
        "in_review": by_status.get(Article.Status.IN_REVIEW, 0),
        "read": by_status.get(Article.Status.PUBLISHED, 0),
        "withdrawn": by_status.get(Article.Status.WITHDRAWN, 0),
        "sources": SourceFile.objects.count(),
    }


def _waiting() -> dict[str, int]:
    """What waits for a curator."""
    return {
        "files": waiting_outcomes().count(),
        "names": NameSuggestion.objects.filter(status=NameSuggestion.Status.OPEN).count(),
        "pairs": ArticlePair.objects.filter(status=ArticlePair.Status.SUGGESTED).count(),
    }


def _sizes(free: int) -> dict[str, int]:
    """Bytes on the disk."""
    return {
        "originals": SourceFile.objects.aggregate(bytes=Sum("size", default=0))["bytes"],
        "database": _size_of_database(),
        "index": _size_of(Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])),
        "free": free,
    }


def _size_of_database() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    name = str(connection.settings_dict["NAME"])
    return sum(path.stat().st_size for path in (Path(name), Path(f"{name}-wal")) if path.is_file())


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _data_folder() -> Path:
    folder = Path(settings.ARSHIF_ORIGINALS_DIR)
    return next(place for place in (folder, *folder.parents) if place.exists())
