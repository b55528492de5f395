"""The list as the archive holds it now, read once a process and again when a curator changed it."""

from __future__ import annotations

import datetime

from django.db.models import Count, Max

from archive.unchanged import while_unchanged
from search.models import SpellingGroup
from search.variants.book import Book

Stamp = tuple[datetime.datetime | None, int]
_read: tuple[Stamp, Book] = ((None, 0), Book(()))


def current_book() -> Book:
    """The groups in use. Asks the database once, for when the list last changed; twice where it has."""
    global _read
    stamp = _last_change()
    known, book = _read
    if known != stamp:
        # own groups first: where a curator says otherwise than the project's list, the curator is right
        rows = SpellingGroup.objects.filter(in_use=True).order_by("shipped_as", "pk")
        book = Book([row.texts for row in rows.only("spellings")])
        _read = stamp, book
    return book


@while_unchanged(most=1)
def _last_change() -> Stamp:
    asked = SpellingGroup.objects.aggregate(last=Max("changed"), number=Count("pk"))
    return asked["last"], asked["number"]


def book_as_last_read() -> Book:
    """The groups as `current_book` last answered, without asking: for counts beside a search just made."""
    return _read[1]
