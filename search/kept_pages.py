"""Pages of results kept for readers who are not signed in, for as long as neither archive nor index change.

Many readers ask the same, and one reader asks again when he comes back from an article. What is kept is never
out of date: its key says at which moment of the database and of the index it was made.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from archive.middleware import chosen_theme
from archive.unchanged import moment
from search.engine import engine
from search.engines.base import IndexMissing

MOST_BYTES: Final = 4_000_000
"""What is kept at most, compressed: some 500 pages."""
QUICKLY: Final = 1
TOKEN_OF_A_FORM: Final = b"csrfmiddlewaretoken"

View = Callable[[HttpRequest], HttpResponse]


class KeptPages:
    """The pages asked for last, by their keys, within so many bytes. Safe to share between threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._bytes = 0
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        """The page of this key, if it is kept."""
        with self._lock:
            packed = self._pages.get(key)
            if packed is None:
                return None
            self._pages.move_to_end(key)
        return zlib.decompress(packed)

    def put(self, key: Hashable, page: bytes) -> None:
        """Keep a page; the ones not asked for longest go."""
        packed = zlib.compress(page, QUICKLY)
        with self._lock:
            self._bytes += len(packed) - len(self._pages.pop(key, b""))
            self._pages[key] = packed
            while self._bytes > self._most:
                self._bytes -= len(self._pages.popitem(last=False)[1])


def kept_for_readers(but_with: str) -> Callable[[View], View]:
    """Keep the pages of a view by whole address, language and theme. `but_with`: the header of requests for
    something else than the page, which are answered anew each time."""
    pages = KeptPages()

    def keeping(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest) -> HttpResponse:
            key = None if but_with in request.headers else _key(request)
            if key is None:
                return view(request)
            page = pages.get(key)
            if page is not None:
                return HttpResponse(page, headers={"Vary": but_with})
            response = view(request)
            if response.status_code == HTTPStatus.OK and not _is_personal(response):
                pages.put(key, response.content)
            return response

        return answered

    return keeping


def _key(request: HttpRequest) -> Hashable | None:
    """What a page depends on; None where it cannot be said."""
    now = moment()
    if now is None or request.user.is_authenticated:
        return None
    try:
        index = engine().moment()
    except IndexMissing:
        return None
    return now, index, request.build_absolute_uri(), get_language(), chosen_theme(request)


def _is_personal(response: HttpResponse) -> bool:
    """Whether a page holds what is one reader's own: a cookie, or the token of a form."""
    return bool(response.cookies) or TOKEN_OF_A_FORM in response.content
