"""Named lists of articles: pages, and forms that change them. Another reader's list is not there."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.desk import lists
from search.desk.forms import AddForm, NameForm
from search.desk.kept import kept_articles, notes_on_shown, shown_for
from search.desk.models import ArticleList
from search.desk.naming import deleted, name_form, renamed
from search.desk.presentation import links_of_list
from search.desk.uids import uids_in
from search.desk.views import SignedIn
from search.taking import chosen_by_hand
from search.views_export import part_of, send_in_turn

PAGE_SIZE: Final = 50
REMOVED: Final = "desk_removed"
"""Where the session keeps what was last taken out of a list, until the list is changed again."""
MOVED: Final = "desk_moved"
"""Where it keeps which marks became part of a list, until that is said."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Put articles (`uid` in the address, or `uids` of a form) into a list, or into a new one."""
    prefix = "marks" if "marks-uids" in request.POST else None
    if request.method == "POST":
        form = AddForm(request.POST, owner=request.user, prefix=prefix)
        if form.is_valid():
            return _added(request, form.cleaned_data, of_the_browser=prefix is not None)
    else:
        form = AddForm(owner=request.user, initial={"uids": " ".join(uids_in(request.GET.getlist("uid")))})
    uids = uids_in([form["uids"].value() or ""])
    context = {"form": form, "kept": kept_articles(uids[:PAGE_SIZE]), "number": len(uids)}
    return render(request, "desk/add.html", context, status=400 if form.is_bound else 200)


def _added(request: SignedIn, asked: dict[str, Any], *, of_the_browser: bool) -> HttpResponse:
    chosen = asked["chosen"]
    if chosen is None:  # a form sent twice makes one list
        chosen, _new = ArticleList.objects.get_or_create(owner=request.user, name=asked["name"])
    added = lists.add_articles(chosen=chosen, uids=asked["uids"])
    if of_the_browser and not added.no_room:
        request.session[MOVED] = asked["uids"]
    request.session["desk_added"] = [added.new, added.already, added.no_room, added.unknown]
    return redirect(chosen)


@never_cache
@login_required
@require_safe
def list_page(request: SignedIn, pk: int) -> HttpResponse:
    """A list in its order, with its notes, and what can be done with it."""
    return _page(request, _owned(request, pk))


def _page(request: SignedIn, chosen: ArticleList, form: NameForm | None = None) -> HttpResponse:
    paginator = Paginator(lists.entries_of(chosen), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    added = request.session.pop("desk_added", None)
    removed = request.session.get(REMOVED)
    context = {
        "list": chosen,
        "page": page,
        "pages": paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "total": paginator.count,
        "links": links_of_list(chosen, paginator.count),
        "form": form or name_form(request, chosen),
        "added": lists.Added(*added) if added else None,
        "moved": " ".join(request.session.pop(MOVED, [])),
        "removed": removed if removed and removed["list"] == chosen.pk else None,
    }
    return render(request, "desk/list.html", context, status=400 if form else 200)


@login_required
@require_POST
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Write the notes of a page, then do what its button says: up, down, take out, or nothing more."""
    chosen = _owned(request, pk)
    lists.save_notes(chosen=chosen, notes=_notes(request))
    request.session.pop(REMOVED, None)
    if entry := _number(request.POST.get("remove")):
        removed = lists.remove(chosen=chosen, entry=entry)
        if removed is not None:
            request.session[REMOVED] = {
                "list": removed.list, "uid": removed.uid, "place": removed.place, "note": removed.note,
            }  # fmt: skip
        return _back(request, chosen, "removed" if removed else "")
    for button, by in (("up", -1), ("down", 1)):
        if entry := _number(request.POST.get(button)):
            return _moved(request, chosen, entry, by)
    return _back(request, chosen)


def _moved(request: SignedIn, chosen: ArticleList, entry: int, by: int) -> HttpResponse:
    there = get_object_or_404(lists.entries_of(chosen), pk=entry)
    lists.move(chosen=chosen, entry=entry, to=there.place + by)
    return _back(request, chosen, f"entry-{entry}")


@login_required
@require_POST
def put_back(request: SignedIn, pk: int) -> HttpResponse:
    """Undo the last removal from a list."""
    chosen = _owned(request, pk)
    removed = request.session.pop(REMOVED, None)
    if removed and removed["list"] == chosen.pk:
        lists.put_back(chosen=chosen, removed=lists.Removed(**removed))
    return _back(request, chosen)


@login_required
@require_POST
def rename(request: SignedIn, pk: int) -> HttpResponse:
    """Give a list another name."""
    chosen = _owned(request, pk)
    return renamed(request, chosen, lambda form: _page(request, chosen, form))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedIn, pk: int) -> HttpResponse:
    """Ask whether a list is to go, and delete it when that is said."""
    chosen = _owned(request, pk)
    return deleted(request, chosen, articles=lists.entries_of(chosen).count())


@login_required
@require_safe
def take_list(request: SignedIn, pk: int, form: str) -> HttpResponseBase:
    """A list as one file, in its order; withdrawn articles are not in it."""
    chosen = _owned(request, pk)
    notes = dict(chosen.entries.order_by("place", "pk").values_list("article__uid", "note"))
    shown = shown_for(list(notes))
    uids = list(dict.fromkeys(shown.values()))
    noted = notes_on_shown(notes, shown)
    where = request.build_absolute_uri(chosen.get_absolute_url())
    part = part_of(request)
    return send_in_turn(
        request,
        form,
        lambda wanted: chosen_by_hand(uids, wanted, name=chosen.name, address=where, notes=noted, part=part),
        again=chosen.get_absolute_url(),
    )


def _owned(request: SignedIn, pk: int) -> ArticleList:
    """Raises: Http404: there is no such list, or it is another reader's."""
    return get_object_or_404(ArticleList, pk=pk, owner=request.user)


def _notes(request: HttpRequest) -> dict[int, str]:
    named = ((name.removeprefix("note-"), name) for name in request.POST if name.startswith("note-"))
    return {int(number): request.POST[name] for number, name in named if _number(number)}


def _number(text: str | None) -> int | None:
    """The number of an entry as a form sends it; None for anything else."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 18:
        return None
    return int(text)


def _back(request: HttpRequest, chosen: ArticleList, place: str = "") -> HttpResponse:
    page = _number(request.GET.get("page"))
    query, fragment = f"?page={page}" if page else "", f"#{place}" if place else ""
    return redirect(f"{chosen.get_absolute_url()}{query}{fragment}")
