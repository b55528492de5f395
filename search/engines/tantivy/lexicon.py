"""The words of the collection, from tantivy's own list of terms."""

from __future__ import annotations

from collections.abc import Iterator

from arabic import normal_form
from search.engines.kept_words import MOST_WORDS, Counted
from search.engines.tantivy.snapshot import Snapshot


def counted_words(snapshot: Snapshot) -> Iterator[Counted]:
    """The words of most documents in alphabetical order; a rare one as it is folded."""
    written: dict[str, str] = {}
    for exact, _documents in snapshot.terms("exact", limit=MOST_WORDS):
        written.setdefault(normal_form(exact), exact)
    for normal, documents in sorted(snapshot.terms("normal", limit=MOST_WORDS)):
        yield normal, written.get(normal, normal), documents
