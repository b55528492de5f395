"""The order of the hits: `search.ranking.RANKING` as arithmetic on posting lists.

The index holds places of spellings and nothing else. Stems and openings are ranges of its keys, and pairs are
counted from places when a question is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.postings import NOTHING, Floats, Mask, Places, Postings
from search.engines.whoosh.snapshot import Snapshot
from search.query.ladder import is_particle, paired
from search.query.tree import Scored, Word
from search.ranking import RANKING, Form
from search.types import Level, Sort

_POSTINGS: Final[dict[Form, Callable[[Snapshot, Scored], Postings]]] = {
    Form.NORMAL: lambda snapshot, word: snapshot.postings(word, Level.FOLDED),
    Form.STEM: lambda snapshot, word: snapshot.postings(word, Level.INFLECTED),
    Form.SKELETON: lambda snapshot, word: _kin(snapshot, word, snapshot.of_skeleton),
    Form.OPENING: lambda snapshot, word: _kin(snapshot, word, snapshot.of_opening),
}


def scores(snapshot: Snapshot, words: Sequence[Scored]) -> Floats:
    """The score of every document of the snapshot (0 where none of the words stands)."""
    total = np.zeros(snapshot.documents, np.float32)
    for word in words:
        if isinstance(word, Word):
            snapshot.read_kin(word)
        share = RANKING.particles if is_particle(word) else 1.0
        for form, weight in RANKING.forms.items():
            postings = _POSTINGS[form](snapshot, word)
            total[postings.docs] += share * weight * postings.impacts
    _add_pairs(snapshot, words, total)
    return total


def _kin(snapshot: Snapshot, word: Scored, postings: Callable[[str], Postings]) -> Postings:
    """Where the kin of a word stand; nowhere for a beginning with a star, which has all its kin itself."""
    return postings(word.stem) if isinstance(word, Word) else NOTHING


def _add_pairs(snapshot: Snapshot, words: Sequence[Scored], total: Floats) -> None:
    flags = snapshot.flags
    for second, firsts in paired(words, RANKING.pairs.distance):
        there = snapshot.places_of(second, Level.INFLECTED)
        flags[there] = True
        for first in firsts:
            _add_pair(snapshot, snapshot.places_of(first, Level.INFLECTED), total)
        flags[there] = False


def _add_pair(snapshot: Snapshot, firsts: Places, total: Floats) -> None:
    flags = snapshot.flags
    steps = range(1, RANKING.pairs.distance + 1)
    places = np.concatenate([firsts[flags[firsts + step]] for step in steps])
    if not len(places):
        return
    counts = np.bincount(snapshot.docs_of(places), minlength=snapshot.documents)
    docs = np.flatnonzero(counts > 0).astype(np.int32)
    total[docs] += RANKING.pairs.weight * snapshot.impacts(docs, counts[docs])


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
