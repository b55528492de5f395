"""Two articles of like text, side by side: one article or two?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from archive.admin.base import curator_of
from archive.desk.pages import for_curators, queue_page
from archive.desk.place import place_of, put_off_one, remember_act
from archive.models import Act, ArticlePair
from archive.selectors.queue import Kind
from archive.services.acting import acting
from archive.services.duplicates import decide_pairs

VERDICTS = {"same": ArticlePair.Status.SAME, "different": ArticlePair.Status.DIFFERENT}


@for_curators
def pair(request: HttpRequest, key: int) -> HttpResponse:
    """One suggested pair, to be decided."""
    place = place_of(request, Kind.PAIRS, key)
    found = ArticlePair.objects.select_related(
        "first__outlet", "second__outlet", "first__source", "second__source"
    )
    held = found.filter(pk=key).first()
    if held is None:
        raise Http404
    asked = request.POST.get("do", "")
    if asked == "later":
        put_off_one(request, Kind.PAIRS, key)
        return redirect(place.next_address)
    if asked in VERDICTS:
        curator = curator_of(request)
        with acting(kind=Act.Kind.PAIRS, curator=curator) as act:
            decide_pairs(pairs=[held], status=VERDICTS[asked], curator=curator)
        remember_act(request, act.pk, place.address)
        return redirect(place.next_address)
    both = [(held.first, _own_lines(held.first.body, held.second.body))]
    both.append((held.second, _own_lines(held.second.body, held.first.body)))
    percent = int(100 * held.likeness)
    return queue_page(request, "admin/queue/pair.html", place, {"both": both, "percent": percent})


def _own_lines(body: str, other: str) -> list[tuple[str, bool]]:
    """The paragraphs of a text, each with whether the other text lacks it."""
    there = {" ".join(line.split()) for line in other.splitlines()}
    lines = (" ".join(line.split()) for line in body.splitlines())
    return [(line, line not in there) for line in lines if line]
