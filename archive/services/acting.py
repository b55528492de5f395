"""An act of a curator: one transaction, one entry in the history, whatever services are called within."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.models import Act
from archive.services.changes import announce_changes
from archive.services.recording import Recorder, current


@contextmanager
def acting(*, kind: Act.Kind, curator: User, note: str = "", undoes: Act | None = None) -> Iterator[Act]:
    """Do what follows as one act: all of it or nothing, to be taken back as one.

    Within another act, what follows is part of that one. An act that changed nothing leaves no entry: its
    `pk` is None afterwards.
    """
    under_way = current.get()
    if under_way is not None:
        with transaction.atomic():
            yield under_way.act
        return
    with transaction.atomic():
        act = Act.objects.create(kind=kind, curator=curator, at=timezone.now(), note=note, undoes=undoes)
        recorder = Recorder(act)
        token = current.set(recorder)
        try:
            yield act
            recorder.write()
        finally:
            current.reset(token)
        _end(act, recorder)
        announce_changes()


def _end(act: Act, recorder: Recorder) -> None:
    if not recorder.changes:
        act.delete()
        return
    act.articles = len(recorder.articles)
    act.save(update_fields=["articles"])
