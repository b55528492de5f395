"""The names that a reader can choose from."""

from __future__ import annotations

from archive.models import Agency, Outlet


def outlet_choices() -> list[Outlet]:
    """Every outlet, by name; one query."""
    return list(Outlet.objects.order_by("name").only("slug", "name", "name_latin"))


def agency_choices() -> list[Agency]:
    """Every agency, by name; one query."""
    return list(Agency.objects.order_by("name").only("slug", "name", "name_latin"))
