"""The words of the collection: for what a misspelled word was to be."""

from __future__ import annotations

from array import array

from arabic import normal_form
from search.engines.base import Words
from search.engines.tantivy.snapshot import Snapshot


def count_words(snapshot: Snapshot, limit: int) -> Words:
    """The `limit` words of most documents, with how each is mostly written; a rare one as it is folded."""
    written: dict[str, str] = {}
    for exact, _documents in snapshot.terms("exact", limit=limit):
        normal = normal_form(exact)
        # the one word where both are alike: many thousands of strings need not be kept twice
        written.setdefault(normal, normal if normal == exact else exact)
    found = sorted(snapshot.terms("normal", limit=limit))
    normals = [normal for normal, _documents in found]
    return Words(
        normals,
        [written.get(normal, normal) for normal in normals],
        array("I", (documents for _normal, documents in found)),
    )
