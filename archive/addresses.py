"""Addresses of single things, for pages that have a hundred of them: Django is asked for each form once."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.urls import get_script_prefix, reverse

_PLACE: Final = "0"


def address_of(view: str, name: str) -> str:
    """What `reverse(view, args=[name])` answers, for a name of letters, digits, hyphens and underscores."""
    before, after = _around(view, get_script_prefix())
    return before + name + after


@lru_cache(maxsize=64)
def _around(view: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the name in such addresses; `prefix`: where the archive is mounted."""
    before, _, after = reverse(view, args=[_PLACE]).removeprefix(prefix).partition(_PLACE)
    return prefix + before, after


@lru_cache(maxsize=64)
def _whole(view: str, prefix: str) -> str:
    return prefix + reverse(view).removeprefix(prefix)


def address_of_page(view: str) -> str:
    """What `reverse(view)` answers."""
    return _whole(view, get_script_prefix())
