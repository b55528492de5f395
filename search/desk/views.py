"""The desk itself: what the browser keeps, told and taken away when the reader asks; and what an account
keeps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from search.desk.forms import AddForm
from search.desk.kept import kept_articles, shown_uids
from search.desk.lists import entries_of, lists_of
from search.desk.presentation import search_views
from search.desk.searches import searches_of
from search.desk.uids import MOST_MARKS, MOST_SHOWN, uids_in
from search.taking import MOST_IN_PDF, chosen_by_hand
from search.templatetags.taking import forms_of
from search.views_export import send_in_turn


class SignedIn(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The reader's own page. Marks and recent searches are not in it: the browser puts them there."""
    context: dict[str, Any] = {
        "forms": forms_of(MOST_MARKS),
        "most_marks": MOST_MARKS,
        "most_shown": MOST_SHOWN,
        "most_in_pdf": MOST_IN_PDF,
    }
    if isinstance(request.user, User):
        context |= {
            "lists": list(lists_of(request.user)),
            "searches": search_views(searches_of(request.user)),
            "add_form": AddForm(owner=request.user, prefix="marks"),
        }
    return render(request, "desk/desk.html", context)


@never_cache
@require_POST
def marked(request: HttpRequest) -> HttpResponse:
    """The articles of so many marks, as a part of the desk: outlet, date, headline, or that one is withdrawn.

    Status 400 where more are asked for than MOST_SHOWN.
    """
    uids = uids_in(request.POST.getlist("uids"))
    if len(uids) > MOST_SHOWN:
        said = _("At most %(n)d marks at once.") % {"n": MOST_SHOWN}
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    return render(request, "desk/marked.html", {"kept": kept_articles(uids)})


@require_POST
def take_marked(request: HttpRequest, form: str) -> HttpResponseBase:
    """The marked articles as one file; withdrawn ones are not in it."""
    uids = shown_uids(uids_in(request.POST.getlist("uids"))[:MOST_MARKS])
    if not uids:
        return redirect("search:desk")
    return send_in_turn(
        request,
        form,
        lambda wanted: chosen_by_hand(uids, wanted, name=_("Marked articles")),
        again=reverse("search:desk"),
    )


@never_cache
@login_required
@require_safe
def account_file(request: SignedIn) -> HttpResponse:
    """All that an account keeps as one JSON file: lists with their notes, and saved searches."""
    lists = [
        {
            "name": chosen.name,
            "articles": [
                {"uid": entry.article.uid, "note": entry.note, "added": entry.added}
                for entry in entries_of(chosen)
            ],
        }
        for chosen in lists_of(request.user)
    ]
    searches = [{"name": one.name, "asked": one.asked} for one in searches_of(request.user)]
    response = JsonResponse(
        {"arshif": "account", "lists": lists, "searches": searches},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    name = f"arshif-account-{timezone.localdate().isoformat()}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
