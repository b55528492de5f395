"""The words of a segment in alphabetical order, for prefixes.

The keys of the index are ordered by stem, where كتاب and والكتاب stand together; a prefix asks for the order of the
letters. The list is made once a segment (segments never change) and read only when somebody asks for a prefix.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from search.engines.whoosh.schema import forms_of_key
from search.types import Level

LAST_LETTER = "\U0010ffff"


class SegmentLexicon:
    """The forms of one segment."""

    def __init__(self, leaf: Any) -> None:
        self._leaf = leaf
        self._lists: dict[Level, _Forms] = {}

    def of(self, leaf: Any) -> SegmentLexicon:
        """The same words, read through a newer reader of the same segment."""
        self._leaf = leaf
        return self

    def starting(self, start: str, level: Level) -> Iterator[tuple[str, int]]:
        """The forms that begin so, with the number of documents of each."""
        forms = self._forms(level)
        first, last = bisect_left(forms.names, start), bisect_left(forms.names, start + LAST_LETTER)
        for name in forms.names[first:last]:
            yield name, sum(self._leaf.doc_frequency("words", key) for key in forms.keys[name])

    def keys(self, form: str, level: Level) -> tuple[bytes, ...]:
        """The keys of a form."""
        return self._forms(level).keys.get(form, ())

    def _forms(self, level: Level) -> _Forms:
        if level not in self._lists:
            self._lists[level] = _Forms(self._leaf, level)
        return self._lists[level]


class _Forms:
    def __init__(self, leaf: Any, level: Level) -> None:
        keys: dict[str, tuple[bytes, ...]] = {}
        for key in leaf.lexicon("words"):
            exact, normal, _ = forms_of_key(key)
            form = exact if level is Level.EXACT else normal
            keys[form] = (*keys.get(form, ()), key)
        self.keys = keys
        self.names = sorted(keys)
