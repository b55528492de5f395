"""The words of the collection: for what a misspelled word was to be."""

from __future__ import annotations

from array import array

from arabic import normal_form
from search.engines.base import Words
from search.engines.tantivy.snapshot import Snapshot


def count_words(snapshot: Snapshot, limit: int) -> Words:
    """The `limit` words of most documents, with how each is mostly written."""
    documents = dict(snapshot.terms("normal", limit=limit))
    written: dict[str, str] = {}
    for exact, _documents in snapshot.terms("exact", limit=2 * limit):
        written.setdefault(normal_form(exact), exact)
    normals = sorted(documents)
    return Words(
        normals,
        [written.get(normal, normal) for normal in normals],
        array("I", map(documents.__getitem__, normals)),
    )
