"""What a reader can do with anything kept under a name: give it another one, delete it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from search.desk.forms import NameForm
from search.desk.models import ArticleList, SavedSearch
from search.desk.views import SignedIn

Kept = SavedSearch | ArticleList


def name_form(request: SignedIn, kept: Kept, data: Any = None) -> NameForm:
    """The form for another name."""
    return NameForm(data, kind=type(kept), owner=request.user, named=kept, initial={"name": kept.name})


def renamed(request: SignedIn, kept: Kept, page: Callable[[NameForm], HttpResponse]) -> HttpResponse:
    """Give it the name that was sent; where that cannot be, its `page` with the form that says why."""
    form = name_form(request, kept, request.POST)
    if not form.is_valid():
        return page(form)
    kept.name = form.cleaned_data["name"]
    kept.save(update_fields=["name"])
    return redirect(kept)


def deleted(request: SignedIn, kept: Kept, **context: Any) -> HttpResponse:
    """Ask whether it is to go, and delete it when that is said."""
    if request.method == "POST":
        kept.delete()
        return redirect("search:desk")
    return render(request, "desk/delete.html", {"kept": kept, **context})
