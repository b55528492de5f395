"""Guessing passwords takes long: after some wrong ones for a name from one address, more are not looked at.

Counted by each process for itself, and by the address that the server sees: behind a proxy that is the
proxy's, so then by name alone.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MOST_GUESSES: Final = 10
WAIT: Final = 600
"""Seconds after the first wrong guess in which no more than MOST_GUESSES are looked at."""


class GuessLimit:
    """The first of the authentication backends: it knows nobody, and ends the asking of the others."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **_: Any) -> None:
        """Raises: PermissionDenied: there were too many wrong guesses."""
        if request is not None and username is not None and too_many(request, username):
            raise PermissionDenied("too many wrong guesses")


def too_many(request: HttpRequest, username: str) -> bool:
    """Whether no further guess at this name is looked at for now."""
    return bool(cache.get(_key(request, username), 0) >= MOST_GUESSES)


def watch_guesses() -> None:
    """Count wrong guesses from now on, on every page where somebody signs in."""
    user_login_failed.connect(_count, dispatch_uid="search.desk.guesses.count")
    user_logged_in.connect(_forget, dispatch_uid="search.desk.guesses.forget")


def _count(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    username = credentials.get("username")
    if request is None or not username or too_many(request, username):
        return
    key = _key(request, username)
    if not cache.add(key, 1, WAIT):
        cache.incr(key)


def _forget(request: HttpRequest | None, user: Any, **_: object) -> None:
    if request is not None:
        cache.delete(_key(request, user.get_username()))


def _key(request: HttpRequest, username: str) -> str:
    """A name for a cache of any kind: letters of any script become figures."""
    address = request.META.get("REMOTE_ADDR", "")
    return f"guesses-{address}-{username.casefold().encode().hex()}"[:240]
