"""What cannot be used of a call, and the remedy for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from archive.selectors.choices import agency_choices, outlet_choices
from search.forms import Address, Mistake
from search.types import UNKNOWN, SearchRequest


def mistakes_of(asked: Address) -> list[Mistake]:
    """What is wrong with a call; a mistake within the query is none, it is answered with a warning."""
    return [one for one in (*asked.mistakes, *unknown_names(asked.request)) if one.parameter != "q"]


def unknown_names(request: SearchRequest) -> list[Mistake]:
    """The outlets and agencies that a request names and the archive does not know."""
    mistakes = []
    if request.outlets:
        known = {UNKNOWN, *(outlet.slug for outlet in outlet_choices())}
        message = _("The archive knows no outlet by this name.")
        mistakes += [Mistake("outlet", name, message) for name in request.outlets if name not in known]
    if request.agencies:
        known = {UNKNOWN, *(agency.slug for agency in agency_choices())}
        message = _("The archive knows no agency by this name.")
        mistakes += [Mistake("agency", name, message) for name in request.agencies if name not in known]
    return mistakes


def refusal(mistakes: Iterable[Mistake]) -> dict[str, Any]:
    """The body of an answer that refuses."""
    return {
        "error": " ".join(f"{one.parameter}={one.value}: {one.message}" for one in mistakes),
        "mistakes": [
            {"parameter": one.parameter, "value": one.value, "message": one.message} for one in mistakes
        ],
    }
