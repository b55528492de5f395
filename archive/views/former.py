"""Addresses of names that were merged with others."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from archive.models import Agency, FormerName, Outlet
from archive.selectors.former import called_now
from archive.selectors.named import NameKind


def to_what_it_is_now(request: HttpRequest, kind: FormerName.Kind, key: str) -> HttpResponse:
    """Lead on, for good, to the name that this one was merged with. Raises: Http404: it never was one."""
    now = called_now(kind=kind, key=key)
    if now is None:
        raise Http404(key)
    if isinstance(now, Outlet):
        address = now.get_absolute_url()
    elif isinstance(now, Agency):
        address = reverse("archive:name", args=[NameKind.AGENCY, now.slug])
    else:
        address = reverse("archive:name", args=[NameKind.AUTHOR, now.name])
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{asked}" if asked else address, permanent=True)
