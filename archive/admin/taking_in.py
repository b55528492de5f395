"""Files taken in from the browser, set-aside ones read again, runs taken back: the same `ingest` as ever."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive.admin.base import asked_for, desk_page
from archive.admin.forms import ReadingForm, UploadForm
from archive.admin.uploading import MOST_BYTES, MOST_FILES, BoundedUpload
from archive.background import start_command
from archive.ingest.errors import AnotherIngestRuns, IngestFailed
from archive.ingest.keepers import ingest_lock
from archive.ingest.reading.types import ReadOptions
from archive.ingest.received import Received, kept_file, take_in
from archive.models import IngestOutcome, IngestRun, SourceFile
from archive.services.changes import announce_changes
from archive.services.originals import OriginalMissing, open_original
from archive.services.runs import recover
from archive.services.undoing import CannotUndo, Undoing, plan_undo, undo_run

MAY_TAKE_IN = "archive.add_sourcefile"
MAY_UNDO = "archive.delete_ingestrun"
SHOWN_CURATED = 50


def waiting_outcomes() -> QuerySet[IngestOutcome]:
    """Files that could not be read, whose bytes are kept and that no later run has taken in."""
    held = SourceFile.objects.filter(sha256=OuterRef("sha256"), undone__isnull=True)
    return IngestOutcome.objects.filter(
        ~Exists(held), outcome=IngestOutcome.Outcome.QUARANTINED, record__isnull=True, kept=True
    )


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponseBase:
    """Files from the browser. They are received within limits, which must be set before a form is read: so
    the token of the form is asked for by the view within."""
    if not request.user.has_perm(MAY_TAKE_IN):
        return _upload(request, None)
    handler = BoundedUpload(request)
    request.upload_handlers = [handler]
    return _upload(request, handler)


@asked_for(MAY_TAKE_IN)
def _upload(request: HttpRequest, handler: BoundedUpload | None) -> HttpResponse:
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if handler is not None and handler.refused:
            messages.error(request, _too_much())
        elif form.is_valid():
            files = [Received(file.name or "", file.chunks()) for file in form.cleaned_data["sent"]]
            if run := _taken_in(request, files, form.reading(), form.cleaned_data["new_outlets"]):
                return redirect("admin:archive_ingestrun_change", run.pk)
    context = {"form": form, "megabytes": MOST_BYTES >> 20, "files": MOST_FILES}
    return desk_page(request, "admin/taking_in/upload.html", _("Take files in"), context)


@asked_for(MAY_TAKE_IN)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that could not be read, tried again as somebody says it should be read."""
    outcome = get_object_or_404(IngestOutcome.objects.select_related("run"), pk=pk, kept=True)
    since = SourceFile.objects.filter(sha256=outcome.sha256, undone__isnull=True).first()
    form = ReadingForm(request.POST or None, initial=_as_it_was_read(outcome.run))
    if request.method == "POST" and form.is_valid() and since is None:
        run = _taken_in(request, [kept_file(outcome)], form.reading(), new_outlets=False)
        if run is not None:
            return redirect("admin:archive_ingestrun_change", run.pk)
    context = {"form": form, "outcome": outcome, "since": since}
    return desk_page(request, "admin/taking_in/retry.html", _("Read a file again"), context)


@asked_for(MAY_TAKE_IN)
def kept_bytes(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a file that could not be read, as they came: never shown, always a download."""
    outcome = get_object_or_404(IngestOutcome, pk=pk, kept=True)
    try:
        original = open_original(outcome.sha256)
    except OriginalMissing as missing:
        raise Http404(str(missing)) from missing
    name = outcome.name.rpartition("/")[2] or outcome.sha256
    return FileResponse(original, as_attachment=True, filename=name, content_type="application/octet-stream")


@asked_for(MAY_UNDO)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking a run back would do, and the button that does it."""
    run = get_object_or_404(IngestRun, pk=pk)
    try:
        undoing: Undoing | None = plan_undo(number=pk)
        refusal = ""
    except CannotUndo:
        undoing, refusal = None, _("This run is undone already. To bring it back, take its files in again.")
    asked = request.method == "POST" and undoing is not None
    if asked and _undone(request, run, including_curated="including_curated" in request.POST):
        return redirect("admin:archive_ingestrun_change", run.pk)
    context = {
        "run": run,
        "undoing": undoing,
        "refusal": refusal,
        "curated": undoing.curated[:SHOWN_CURATED] if undoing else (),
    }
    return desk_page(request, "admin/taking_in/undo.html", _("Take a run back"), context)


def _undone(request: HttpRequest, run: IngestRun, *, including_curated: bool) -> bool:
    try:
        with ingest_lock():
            recover()
            undoing = plan_undo(number=run.pk)
            if undoing.curated and not including_curated:
                messages.error(
                    request,
                    _("Curators have set fields of these articles: say below that you mean them too."),
                )
                return False
            undo_run(undoing=undoing, including_curated=including_curated)
    except (IngestFailed, CannotUndo) as error:
        messages.error(request, _why(error))
        return False
    messages.success(request, _("The run is taken back. To bring it back, take its files in again."))
    return True


def _taken_in(
    request: HttpRequest, files: Sequence[Received], reading: ReadOptions, new_outlets: bool
) -> IngestRun | None:
    """Take files in; the run, or None where it could not be and the page was told why."""
    try:
        counts, run = take_in(files, reading=reading, new_outlets=new_outlets, by=request.user.get_username())
    except (IngestFailed, OriginalMissing) as error:
        messages.error(request, _why(error))
        return None
    if counts.new:
        announce_changes()
        start_command("find_duplicates")
    return run


def _why(error: Exception) -> str:
    if isinstance(error, AnotherIngestRuns):
        return _("Another run is at work now. Wait until it is done, and send the form again.")
    return str(error)


def _too_much() -> str:
    return _(
        "That is more than a page takes at once: %(files)d files and %(megabytes)d MB at most. Send a folder "
        "as one zip; larger collections come in by the command manage.py ingest."
    ) % {"files": MOST_FILES, "megabytes": MOST_BYTES >> 20}


def _as_it_was_read(run: IngestRun) -> dict[str, str]:
    pairs = run.options.get("field_map", {})
    return {
        "format": run.options.get("format", "auto"),
        "encoding": run.options.get("encoding", ""),
        "mapping": "\n".join(f"{theirs}={ours}" for theirs, ours in pairs.items()),
    }
