"""The outbox: every write to an article leaves a note for the index in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from archive.models import ArticleChange
from archive.services.inserting import insert_rows
from archive.signals import articles_changed


def note_changes(*, uids: Iterable[str]) -> None:
    """Note that these articles' index entries are out of date, in the transaction that changed them."""
    insert_rows(ArticleChange, ("article_uid",), ((uid,) for uid in uids))


def announce_changes() -> None:
    """Tell whoever listens, once the transaction is committed, that there are notes to work off."""
    transaction.on_commit(lambda: articles_changed.send(sender=ArticleChange))
