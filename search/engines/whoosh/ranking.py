"""The order of the hits.

P2G: BM25 over normal forms, plus 1.5 times BM25 over stems, plus half of BM25 over pairs, where a pair is two
stems of the query, neither of them a particle and at most three words apart in it, that stand in the same
order at most three places apart in the text. Pairs are counted from places when a question is asked; the
index holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.postings import Floats, Longs, Mask
from search.engines.whoosh.snapshot import Snapshot
from search.query.ladder import is_particle
from search.query.tree import Scored
from search.types import Level, Sort

NORMAL_WEIGHT: Final = 1.0
STEM_WEIGHT: Final = 1.5
PAIR_WEIGHT: Final = 0.5
PAIR_DISTANCE: Final = 3


def scores(snapshot: Snapshot, words: Sequence[Scored]) -> Floats:
    """The score of every document of the snapshot (0 where none of the words stands)."""
    total = np.zeros(snapshot.documents, np.float32)
    for word in words:
        for level, weight in ((Level.FOLDED, NORMAL_WEIGHT), (Level.INFLECTED, STEM_WEIGHT)):
            postings = snapshot.postings(word, level)
            total[postings.docs] += weight * postings.impacts
    _add_pairs(snapshot, words, total)
    return total


def _add_pairs(snapshot: Snapshot, words: Sequence[Scored], total: Floats) -> None:
    flags = snapshot.flags
    for number, second in enumerate(words):
        firsts = [word for word in words[max(0, number - PAIR_DISTANCE) : number] if not is_particle(word)]
        if not firsts or is_particle(second):
            continue
        there = snapshot.postings(second, Level.INFLECTED).places
        flags[there] = True
        for first in firsts:
            _add_pair(snapshot, snapshot.postings(first, Level.INFLECTED).places, total)
        flags[there] = False


def _add_pair(snapshot: Snapshot, firsts: Longs, total: Floats) -> None:
    flags = snapshot.flags
    places = np.concatenate([firsts[flags[firsts + step]] for step in range(1, PAIR_DISTANCE + 1)])
    if not len(places):
        return
    docs, counts = np.unique(snapshot.docs_of(places), return_counts=True)
    total[docs] += PAIR_WEIGHT * snapshot.impacts(docs, counts)


def ordered(
    snapshot: Snapshot, mask: Mask, sort: Sort, ranks: Floats | None, best: int | None
) -> npt.NDArray[np.intp]:
    """The documents of a mask in order: the `best` first ones, or all. Equals stand as in the index.

    Undated articles are last, whether the newest or the oldest are asked for.
    """
    docs = np.flatnonzero(mask)
    if sort is Sort.RELEVANCE and ranks is None:
        return docs[:best]
    keys = (
        -ranks[docs].astype(np.float64)
        if sort is Sort.RELEVANCE and ranks is not None
        else _ages(snapshot, docs, sort)
    )
    if best is not None and best < len(docs):
        last = np.partition(keys, best - 1)[best - 1] if best else -np.inf
        kept = keys <= last
        docs, keys = docs[kept], keys[kept]
    return docs[np.argsort(keys, kind="stable")][:best]


def _ages(snapshot: Snapshot, docs: npt.NDArray[np.intp], sort: Sort) -> npt.NDArray[np.float64]:
    moments = snapshot.columns.moment[docs].astype(np.float64)
    keys = -moments if sort is Sort.NEWEST else moments
    return np.where(snapshot.columns.dated[docs], keys, np.inf)
