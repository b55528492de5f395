"""Files that could not be read: the reason, how they begin, and the way to read them after all."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from archive.desk.pages import for_curators, queue_page
from archive.desk.place import place_of, put_off_one
from archive.models import IngestOutcome
from archive.selectors.queue import Kind
from archive.services.originals import OriginalMissing, read_slice

FIRST_BYTES: Final = 1_500
_CONTROLS: Final = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)}
"""Control characters as the signs that stand for them."""


@for_curators
def file(request: HttpRequest, key: int) -> HttpResponse:
    """One file that was set aside."""
    place = place_of(request, Kind.FILES, key)
    outcome = IngestOutcome.objects.select_related("run").filter(pk=key).first()
    if outcome is None:
        raise Http404
    if request.POST.get("do") == "later":
        put_off_one(request, Kind.FILES, key)
        return redirect(place.next_address)
    retry = reverse("admin:archive_ingestoutcome_retry", args=[key]) if outcome.kept else ""
    context = {"outcome": outcome, "begins": _begins(outcome), "retry": retry}
    return queue_page(request, "admin/queue/file.html", place, context)


def _begins(outcome: IngestOutcome) -> str:
    """The first bytes of a kept file as a text; empty where none were kept."""
    if not outcome.kept:
        return ""
    try:
        data = read_slice(outcome.sha256, 0, FIRST_BYTES)
    except OriginalMissing:
        return ""
    return data.decode("utf-8", errors="replace").translate(_CONTROLS)
