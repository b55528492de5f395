"""The index as it was committed at one moment:
arrays over it, and its posting lists by word and step of the ladder.
"""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.reading import TermNotFound

from search.engines.whoosh.columns import Columns, SegmentColumns, read_segment
from search.engines.whoosh.lexicon import SegmentLexicon, segments_of
from search.engines.whoosh.postings import (
    NOTHING,
    Floats,
    Ints,
    Longs,
    Mask,
    Postings,
    PostingsCache,
    read_raw,
)
from search.engines.whoosh.schema import GAP, forms_of_key, range_key
from search.query.tree import Prefix, Scored
from search.types import Level

K1: Final = 1.2
B: Final = 0.75
TITLE_WEIGHT: Final = 3
"""A word of the title counts as often as if the title stood so many times in the text."""
MAX_PREFIX_FORMS: Final = 300
"""Spellings that a prefix stands for at most: the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of the index: its reader, the number of its first document, its columns and its words."""

    leaf: Any
    base: int
    columns: SegmentColumns
    lexicon: SegmentLexicon


class Snapshot:
    """The index as committed at one moment."""

    def __init__(self, reader: Any, segments: Sequence[Segment], cache_bytes: int) -> None:
        self.close = weakref.finalize(self, reader.close)
        """Close the files, by call or when the snapshot is let go of; Whoosh itself would leave them open."""
        self.segments = segments
        self.columns = Columns([segment.columns for segment in segments])
        self.cache = PostingsCache(cache_bytes)
        self._spellings: dict[tuple[int, bytes], Longs | None] = {}

    # -- arrays over the documents ----------------------------------------------------------------------

    @property
    def documents(self) -> int:
        """How many document numbers there are; some may be deleted."""
        return self.columns.documents

    @cached_property
    def live(self) -> Mask:
        """The documents that are not deleted."""
        live = np.ones(self.documents, np.bool_)
        for segment in self.segments:
            if segment.leaf.has_deletions():
                live[[segment.base + number for number in segment.leaf.segment().deleted_docs()]] = False
        return live

    @cached_property
    def live_count(self) -> int:
        return int(np.count_nonzero(self.live))

    @cached_property
    def first_place(self) -> Longs:
        """The place of each document's first word, in a numbering of all places of the index."""
        spans = self.columns.facts["span"].astype(np.int64) + GAP
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(spans)[:-1]]) if len(spans) else spans

    @cached_property
    def places(self) -> int:
        """How many places there are."""
        return int((self.columns.facts["span"].astype(np.int64) + GAP).sum()) + GAP

    @cached_property
    def flags(self) -> Mask:
        """One flag a place, all down; who raises some takes them down again."""
        return np.zeros(self.places + GAP, np.bool_)

    @cached_property
    def length_norm(self) -> Floats:
        """BM25's k1·(1 − b + b·length/average) of each document, the title counted as often as it weighs."""
        facts = self.columns.facts
        lengths = facts["words"] + (TITLE_WEIGHT - 1) * facts["title_words"]
        average = float(lengths[self.live].mean()) if self.live_count else 1.0
        norm: Floats = (K1 * (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)
        return norm

    def docs_of(self, places: Longs) -> Ints:
        """The document of each place."""
        return (np.searchsorted(self.first_place, places, side="right") - 1).astype(np.int32)

    def in_title(self, places: Longs) -> Longs:
        """Those of these places that are in a title."""
        docs = self.docs_of(places)
        return places[places - self.first_place[docs] < self.columns.facts["title_words"][docs]]

    # -- posting lists ----------------------------------------------------------------------------------

    def postings(self, word: Scored, level: Level) -> Postings:
        """Where a word stands, at a step of the ladder (any: as inflected)."""
        if isinstance(word, Prefix):
            at = Level.EXACT if level is Level.EXACT else Level.FOLDED
            return self.cache.get(
                (at, word.normal, word.exact), lambda: self._decode(self._prefix_keys(word, at))
            )
        key, is_range = range_key(word, level)
        return self.cache.get((key, is_range), lambda: self._decode(self._range_keys(key, is_range)))

    def _range_keys(self, key: bytes, is_range: bool) -> Iterable[tuple[Segment, bytes]]:
        for segment in self.segments:
            keys = segment.leaf.expand_prefix("words", key) if is_range else (key,)
            for found in list(keys):
                yield segment, found

    def _prefix_keys(self, prefix: Prefix, level: Level) -> Iterable[tuple[Segment, bytes]]:
        forms = set(self.prefix_forms(prefix.normal)[0])
        for segment in self.segments:
            for spelling in segment.lexicon.starting(prefix.normal):
                exact = forms_of_key(spelling.key)[0]
                if spelling.normal in forms and (level is not Level.EXACT or exact.startswith(prefix.exact)):
                    yield segment, spelling.key

    def prefix_forms(self, start: str) -> tuple[list[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than the limit."""
        counts: Counter[str] = Counter()
        for segment in self.segments:
            for spelling in segment.lexicon.starting(start):
                counts[spelling.normal] += spelling.documents
        forms = [form for form, _count in counts.most_common(MAX_PREFIX_FORMS)]
        return forms, len(counts) > MAX_PREFIX_FORMS

    def _decode(self, keys: Iterable[tuple[Segment, bytes]]) -> Postings:
        places = [found for segment, key in keys if (found := self._places(segment, key)) is not None]
        if not places:
            return NOTHING
        together = places[0] if len(places) == 1 else np.sort(np.concatenate(places))
        return self._counted(together)

    def _places(self, segment: Segment, key: bytes) -> Longs | None:
        """Where one spelling stands; kept until `settle`, for one question asks for it at three steps."""
        known = segment.base, key
        if known not in self._spellings:
            self._spellings[known] = self._read_places(segment, key)
        return self._spellings[known]

    def settle(self) -> None:
        """Let go of what only one question needed."""
        self._spellings.clear()

    def _read_places(self, segment: Segment, key: bytes) -> Longs | None:
        try:
            raw = read_raw(segment.leaf.postings("words", key))
        except TermNotFound:
            return None
        starts = self.first_place[segment.base + raw.docs]
        places = np.repeat(starts, raw.counts) + raw.places
        if not segment.leaf.has_deletions():
            return places
        kept: Longs = places[np.repeat(self.live[segment.base + raw.docs], raw.counts)]
        return kept

    def _counted(self, places: Longs) -> Postings:
        """Count places by document and weigh them."""
        docs_of_places = self.docs_of(places)
        facts = self.columns.facts
        in_title = places - self.first_place[docs_of_places] < facts["title_words"][docs_of_places]
        weights = np.where(in_title, TITLE_WEIGHT, 1)
        counts = np.bincount(docs_of_places, weights=weights, minlength=self.documents)
        docs = np.flatnonzero(counts).astype(np.int32)
        return Postings(places, docs, self.impacts(docs, counts[docs]))

    def impacts(self, docs: Ints, counts: Any) -> Floats:
        """BM25 of a word that stands `counts` times in `docs` and nowhere else, with Lucene's idf."""
        rarity = np.log(1 + (self.live_count - len(docs) + 0.5) / (len(docs) + 0.5))
        frequencies = counts.astype(np.float32)
        impact: Floats = (rarity * frequencies / (frequencies + self.length_norm[docs])).astype(np.float32)
        return impact


def open_snapshot(reader: Any, known: dict[str, Segment], folder: Path, cache_bytes: int) -> Snapshot:
    """A snapshot of an open reader.

    `known`: segments of an earlier one by id, whose columns need not be read again.
    """
    segments = []
    for leaf, base in segments_of(reader):
        name = leaf.segment().segment_id()
        earlier = known.get(name)
        columns = earlier.columns if earlier else read_segment(leaf)
        lexicon = earlier.lexicon.reopened(leaf) if earlier else SegmentLexicon(leaf, folder)
        segments.append(Segment(leaf, base, columns, lexicon))
    return Snapshot(reader, segments, cache_bytes)
