"""Saved searches: kept under a name, looked at for what is new, renamed, deleted. Another reader's is not
there."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.selectors.articles import articles_by_uid
from search.conditions import in_words, narrowed_to
from search.desk import searches
from search.desk.forms import NameForm, SaveSearchForm
from search.desk.models import SavedSearch
from search.desk.naming import deleted, name_form, renamed
from search.desk.presentation import search_view
from search.desk.views import SignedIn
from search.engines.base import Found, IndexMissing
from search.forms import parse_address
from search.presentation.links import address

PAGE_SIZE: Final = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: SignedIn) -> HttpResponse:
    """Keep the search that this address asks, under a name."""
    if request.method == "POST":
        form = SaveSearchForm(request.POST, owner=request.user)
        if form.is_valid():
            asked = form.cleaned_data["asked"]
            as_kept = {"asked": asked, "seen": searches.last_found(asked)}
            # a form sent twice is kept once
            SavedSearch.objects.get_or_create(
                owner=request.user, name=form.cleaned_data["name"], defaults=as_kept
            )
            return redirect("search:desk")
    else:
        asked_for = parse_address(request.GET).request
        initial = {"name": in_words(asked_for)[:100], "asked": searches.asked_by(asked_for)}
        form = SaveSearchForm(owner=request.user, initial=initial)
    wanted = searches.request_of(form["asked"].value() or "")
    context = {
        "form": form,
        "query": wanted.query,
        "narrowed": narrowed_to(wanted),
        "url": address(wanted),
    }
    return render(request, "desk/save.html", context, status=400 if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def search_page(request: SignedIn, pk: int) -> HttpResponse:
    """What a saved search finds that came in since the last look."""
    return _page(request, _owned(request, pk))


def _page(request: SignedIn, kept: SavedSearch, form: NameForm | None = None) -> HttpResponse:
    try:
        found = searches.new_ones(kept)
    except IndexMissing:
        found = []
    context = {
        "kept": kept,
        "search": search_view(kept),
        "seen": max((one.pk for one in found), default=0),
        "form": form or name_form(request, kept),
        **_shown(request, found),
    }
    return render(request, "desk/search.html", context, status=400 if form else 200)


def _shown(request: SignedIn, found: list[Found]) -> dict[str, Any]:
    paginator = Paginator(found, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    held = articles_by_uid(uids=[one.uid for one in page])
    return {
        "page": page,
        "pages": paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "articles": [held[one.uid] for one in page if one.uid in held],
    }


@login_required
@require_POST
def looked(request: SignedIn, pk: int) -> HttpResponse:
    """Note that all up to the article `seen` was looked at."""
    kept = _owned(request, pk)
    seen = request.POST.get("seen", "")
    if seen.isascii() and seen.isdecimal() and len(seen) <= 18:
        searches.look(kept, seen=int(seen))
    return redirect("search:desk")


@login_required
@require_POST
def rename(request: SignedIn, pk: int) -> HttpResponse:
    """Give a saved search another name."""
    kept = _owned(request, pk)
    return renamed(request, kept, lambda form: _page(request, kept, form))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedIn, pk: int) -> HttpResponse:
    """Ask whether a saved search is to go, and delete it when that is said."""
    kept = _owned(request, pk)
    return deleted(request, kept)


def _owned(request: SignedIn, pk: int) -> SavedSearch:
    """Raises: Http404: there is no such search, or it is another reader's."""
    return get_object_or_404(SavedSearch, pk=pk, owner=request.user)
