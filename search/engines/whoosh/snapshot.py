"""The index as it was committed at one moment:
arrays over it, and its posting lists by word and step of the ladder.
"""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.reading import TermNotFound

from search.engines.base import MAX_PREFIX_FORMS
from search.engines.entries import GAP
from search.engines.whoosh.columns import Columns, SegmentColumns, read_segment
from search.engines.whoosh.lexicon import SegmentLexicon, Spelling, segments_of
from search.engines.whoosh.postings import (
    NOTHING,
    Floats,
    Ints,
    Mask,
    Places,
    Postings,
    PostingsCache,
    read_raw,
)
from search.engines.whoosh.schema import forms_of_key, range_key, skeleton_range, stem_range
from search.query.tree import Prefix, Scored, Word
from search.ranking import OPENING_LETTERS, RANKING, opening_of
from search.types import Level

TEXT_WEIGHTS: Final = np.array([RANKING.places.in_text(before) for before in range(512)], np.float32)
"""By how many words of the text stand before; from the last on, the lead has faded to nothing."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of the index: its reader, the number of its first document, its columns and its words."""

    leaf: Any
    base: int
    columns: SegmentColumns
    lexicon: SegmentLexicon

    @property
    def name(self) -> str:
        return str(self.leaf.segment().segment_id())


class Snapshot:
    """The index as committed at one moment.

    `earlier`: the snapshot before the last commit; its posting lists serve on in the segments of both.
    """

    def __init__(
        self, reader: Any, segments: Sequence[Segment], cache_bytes: int, earlier: Snapshot | None = None
    ) -> None:
        self.close = weakref.finalize(self, reader.close)
        """Close the files, by call or when the snapshot is let go of; Whoosh itself would leave them open."""
        self.segments = segments
        self.columns = Columns([segment.columns for segment in segments])
        self.cache: PostingsCache = PostingsCache(cache_bytes, earlier.cache if earlier else None)
        self._earlier_spans = earlier.spans if earlier else {}
        self._spellings: dict[tuple[int, bytes], Places | None] = {}
        self._starting: dict[str, list[tuple[Segment, Spelling]]] = {}

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
    def first_place(self) -> Places:
        """The place of each document's first word, in a numbering of all places of the index."""
        spans: Places = self.columns.facts["span"] + np.int32(GAP)
        return np.cumsum(spans, dtype=np.int32) - spans

    @cached_property
    def places(self) -> int:
        """How many places there are."""
        return int((self.columns.facts["span"].astype(np.int64) + GAP).sum()) + GAP

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """The first place of each segment, and the first place behind it, by the segment's name."""
        ends = np.append(self.first_place, self.places - GAP)
        return {
            segment.name: (int(ends[segment.base]), int(ends[segment.base + len(segment.columns.facts)]))
            for segment in self.segments
        }

    @cached_property
    def flags(self) -> Mask:
        """One flag a place, all down; who raises some takes them down again."""
        return np.zeros(self.places + GAP, np.bool_)

    @cached_property
    def length_norm(self) -> Floats:
        """BM25's k1·(1 − b + b·length/average) of each document, the title counted as often as it weighs."""
        facts = self.columns.facts
        k1, b = RANKING.bm25.k1, RANKING.bm25.b
        lengths = facts["words"] + (RANKING.places.title - 1) * facts["title_words"]
        average = float(lengths[self.live].mean()) if self.live_count else 1.0
        norm: Floats = (k1 * (1 - b + b * lengths / max(average, 1.0))).astype(np.float32)
        return norm

    def docs_of(self, places: Places) -> Ints:
        """The document of each place."""
        return (np.searchsorted(self.first_place, places, side="right") - 1).astype(np.int32)

    def in_title(self, places: Places) -> Places:
        """Those of these places that are in a title."""
        docs = self.docs_of(places)
        return places[places - self.first_place[docs] < self.columns.facts["title_words"][docs]]

    # -- posting lists ----------------------------------------------------------------------------------

    def postings(self, word: Scored, level: Level) -> Postings:
        """Where a word stands, at a step of the ladder (any: as inflected)."""
        if isinstance(word, Prefix):
            at = Level.EXACT if level is Level.EXACT else Level.FOLDED
            return self.cache.get(
                (at, word.normal, word.exact),
                lambda: self._counted(self._read_keys(self._prefix_keys(word, at))),
            )
        if word.also and level in (Level.INFLECTED, Level.ANY):
            return self.cache.get((word.stem, word.also), lambda: self._united(word))
        key, is_range = range_key(word, level)
        return self._of_key(key, is_range)

    def of_skeleton(self, stem: str) -> Postings:
        """Where words stand whose stems have the same skeleton."""
        return self._of_key(skeleton_range(stem), True)

    def of_opening(self, stem: str) -> Postings:
        """Where words stand whose skeletons have the same first letters."""
        opening = opening_of(stem)
        if len(opening) < OPENING_LETTERS:
            return self.of_skeleton(stem) if opening else NOTHING
        return self._of_key(opening.encode("utf-8", "replace"), True)

    def _of_key(self, key: bytes, is_range: bool) -> Postings:
        return self.cache.get((key, is_range), lambda: self._gathered(key, is_range))

    def _united(self, word: Word) -> Postings:
        """Where a word stands in any of its spellings, one of several words where its first one stands."""
        own = self._of_key(*range_key(word, Level.INFLECTED)).places
        return self._counted(np.unique(np.concatenate([own, *map(self._run, word.also)])))

    def _run(self, stems: tuple[str, ...]) -> Places:
        """Where these stems stand one after the other."""
        lists = [self._of_key(stem_range(stem), True).places - place for place, stem in enumerate(stems)]
        return reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), lists)

    def _gathered(self, key: bytes, is_range: bool) -> Postings:
        """The list of a key or a range of keys, segment by segment: what was known before the last commit is
        moved to its place of now, and only new segments are read."""
        earlier = self.cache.take_earlier((key, is_range))
        parts = [
            self._moved(segment, earlier)
            if earlier is not None and segment.name in self._earlier_spans
            else self._read_keys(_keys(segment, key, is_range))
            for segment in self.segments
        ]
        return self._counted(np.concatenate(parts)) if parts else NOTHING

    def _moved(self, segment: Segment, earlier: Postings) -> Places:
        """The places that an earlier snapshot knew in a segment, without what has been deleted since."""
        start, end = self._earlier_spans[segment.name]
        first, last = np.searchsorted(earlier.places, (start, end))
        places: Places = earlier.places[first:last] + (self.spans[segment.name][0] - start)
        return places[self.live[self.docs_of(places)]] if segment.leaf.has_deletions() else places

    def _prefix_keys(self, prefix: Prefix, level: Level) -> Iterable[tuple[Segment, bytes]]:
        forms = set(self.prefix_forms(prefix.normal)[0])
        for segment, spelling in self._spellings_starting(prefix.normal):
            if spelling.normal in forms and (
                level is not Level.EXACT or forms_of_key(spelling.key)[0].startswith(prefix.exact)
            ):
                yield segment, spelling.key

    def _spellings_starting(self, start: str) -> list[tuple[Segment, Spelling]]:
        """The spellings whose normal form begins so; kept until `settle`, for every step asks for them."""
        if start not in self._starting:
            self._starting[start] = [
                (segment, spelling)
                for segment in self.segments
                for spelling in segment.lexicon.starting(start)
            ]
        return self._starting[start]

    def prefix_forms(self, start: str) -> tuple[list[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than the limit."""
        counts: Counter[str] = Counter()
        for _segment, spelling in self._spellings_starting(start):
            counts[spelling.normal] += spelling.documents
        forms = [form for form, _count in counts.most_common(MAX_PREFIX_FORMS)]
        return forms, len(counts) > MAX_PREFIX_FORMS

    def _read_keys(self, keys: Iterable[tuple[Segment, bytes]]) -> Places:
        """All places of these spellings, ascending."""
        places = [found for segment, key in keys if (found := self._places(segment, key)) is not None]
        if len(places) > 1:
            return np.sort(np.concatenate(places))
        return places[0] if places else NOTHING.places

    def _places(self, segment: Segment, key: bytes) -> Places | None:
        """Where one spelling stands; kept until `settle`, for one question asks for it at three steps."""
        known = segment.base, key
        if known not in self._spellings:
            self._spellings[known] = self._read_places(segment, key)
        return self._spellings[known]

    def settle(self) -> None:
        """Let go of what only one question needed."""
        self._spellings.clear()
        self._starting.clear()

    def _read_places(self, segment: Segment, key: bytes) -> Places | None:
        try:
            raw = read_raw(segment.leaf.postings("words", key))
        except TermNotFound:
            return None
        starts = self.first_place[segment.base + raw.docs]
        places = np.repeat(starts, raw.counts) + raw.places
        if not segment.leaf.has_deletions():
            return places
        kept: Places = places[np.repeat(self.live[segment.base + raw.docs], raw.counts)]
        return kept

    def _counted(self, places: Places) -> Postings:
        """Count places by document and weigh them."""
        if not len(places):
            return NOTHING
        docs_of_places = self.docs_of(places)
        weights = self._weights(places, docs_of_places)
        counts = np.bincount(docs_of_places, weights=weights, minlength=self.documents)
        docs = np.flatnonzero(counts).astype(np.int32)
        return Postings(places, docs, self.impacts(docs, counts[docs]))

    def _weights(self, places: Places, docs: Ints) -> Floats:
        """For how many occurrences each place counts (`search.ranking.Places`)."""
        facts = self.columns.facts
        within = places - self.first_place[docs]
        before = within - facts["title_words"][docs] - GAP
        in_body = before >= facts["subtitle_words"][docs]
        before = np.clip(before - GAP * in_body, 0, len(TEXT_WEIGHTS) - 1)
        weights: Floats = TEXT_WEIGHTS[before]
        return np.where(within < facts["title_words"][docs], np.float32(RANKING.places.title), weights)

    def impacts(self, docs: Ints, counts: Any) -> Floats:
        """BM25 of a word that stands `counts` times in `docs` and nowhere else, with Lucene's idf."""
        rarity = np.log(1 + (self.live_count - len(docs) + 0.5) / (len(docs) + 0.5))
        frequencies = counts.astype(np.float32)
        impact: Floats = (rarity * frequencies / (frequencies + self.length_norm[docs])).astype(np.float32)
        return impact


def _keys(segment: Segment, key: bytes, is_range: bool) -> Iterable[tuple[Segment, bytes]]:
    keys = segment.leaf.expand_prefix("words", key) if is_range else (key,)
    return [(segment, found) for found in keys]


def open_snapshot(reader: Any, earlier: Snapshot | None, folder: Path, cache_bytes: int) -> Snapshot:
    """A snapshot of an open reader.

    `earlier`: one of the same generation, whose segments need not be read again.
    """
    known = {segment.name: segment for segment in earlier.segments} if earlier else {}
    segments = []
    for leaf, base in segments_of(reader):
        same = known.get(leaf.segment().segment_id())
        columns = same.columns if same else read_segment(leaf)
        lexicon = same.lexicon.reopened(leaf) if same else SegmentLexicon(leaf, folder)
        segments.append(Segment(leaf, base, columns, lexicon))
    return Snapshot(reader, segments, cache_bytes, earlier)
