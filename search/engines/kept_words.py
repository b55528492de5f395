"""The words of a collection, counted when first asked for and kept until there is much news."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from search.engines.base import Words
from search.engines.packed import Packed

MOST_WORDS: Final = 150_000
"""Words of a collection that are of use: rarer ones are mostly slips themselves."""
NEW_SHARE: Final = 0.01
"""The share of its documents by which a collection may have changed before its words are counted anew."""


class KeptWords:
    """The words of one generation after another. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[str, int, int, Words] | None = None

    def of(self, generation: str, documents: int, limit: int, count: Callable[[], Words]) -> Words:
        """The `limit` words of a generation that has so many documents now; by `count` where they are not
        known."""
        with self._lock:
            if self._known is not None:
                its_generation, its_documents, its_limit, words = self._known
                same = (its_generation, its_limit) == (generation, limit)
                if same and not much_news(documents, its_documents):
                    return words
            words = count()
            self._known = generation, documents, limit, words
            return words


def most_frequent(
    normals: Sequence[str], written: Sequence[str], documents: Sequence[int], limit: int
) -> Words:
    """Of words in alphabetical order the `limit` ones of most documents, of equals the first ones."""
    if len(normals) <= limit:
        return Words(Packed(normals), Packed(written), array("I", documents))
    order = np.argsort(-np.asarray(documents, np.int64), kind="stable")
    kept = np.sort(order[:limit]).tolist()
    return Words(
        Packed(normals[place] for place in kept),
        Packed(written[place] for place in kept),
        array("I", (documents[place] for place in kept)),
    )


def much_news(documents: int, earlier: int) -> bool:
    """Whether a collection that had so many documents earlier has changed so much that its words are to be
    counted anew."""
    return abs(documents - earlier) > NEW_SHARE * earlier
