"""The switch between a search in all spellings of foreign names and one as typed."""

from __future__ import annotations

from dataclasses import dataclass

from search.presentation.links import address
from search.types import Results


@dataclass(frozen=True, slots=True)
class Spellings:
    """`searched`: other spellings were searched, and `url` is the search as typed; else the reverse."""

    searched: bool
    url: str


def other_spellings(results: Results) -> Spellings | None:
    """The switch, where there is something to switch."""
    request = results.request
    if not request.variants:
        return Spellings(False, address(request, variants=True))
    if any(chip.also for chip in results.understood.chips):
        return Spellings(True, address(request, variants=False))
    return None
