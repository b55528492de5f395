"""The words of a collection, counted when first asked for and kept until there is much news."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from search.engines.base import Words

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
                news = abs(documents - its_documents)
                if (its_generation, its_limit) == (generation, limit) and news <= NEW_SHARE * its_documents:
                    return words
            words = count()
            self._known = generation, documents, limit, words
            return words
