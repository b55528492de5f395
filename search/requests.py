"""Whether this thread is answering a web request: then somebody waits, and the indexer does long work."""

from __future__ import annotations

from typing import Final

from asgiref.local import Local
from django.core.signals import request_finished, request_started

_here: Final = Local()


def answering() -> bool:
    """Whether a request has begun here and its answer has not been sent yet."""
    return bool(getattr(_here, "answering", False))


def watch_requests() -> None:
    """Follow the beginning and end of every request from now on."""
    request_started.connect(_begin, dispatch_uid="search.requests.begin")
    request_finished.connect(_end, dispatch_uid="search.requests.end")


def _begin(**_: object) -> None:
    _here.answering = True


def _end(**_: object) -> None:
    _here.answering = False
