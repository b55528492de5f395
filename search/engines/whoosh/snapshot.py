"""The index as it was committed at one moment:
arrays over it, and its posting lists by word and step of the ladder.
"""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.engines.base import MAX_PREFIX_FORMS
from search.engines.entries import GAP
from search.engines.whoosh.codec import first_places
from search.engines.whoosh.columns import Columns, SegmentColumns, read_segment
from search.engines.whoosh.opening import segments_of
from search.engines.whoosh.postings import NOTHING, Floats, Ints, Mask, Places, Postings, PostingsCache
from search.engines.whoosh.schema import forms_of_key, range_of, skeleton_range, stem_range
from search.engines.whoosh.spellings import SegmentWords, Spelling, Stretch
from search.query.tree import Prefix, Scored, Word
from search.ranking import OPENING_LETTERS, RANKING, opening_of
from search.types import Level

LEAD: Final = 512
"""Words of a text from which on the lead has faded to nothing."""
WEIGHTS: Final = np.array(
    [RANKING.places.title, *(RANKING.places.in_text(before) for before in range(LEAD))], np.float32
)
"""What a place counts: in a title, and by how many words of the text stand before."""
KEPT_PREFIXES: Final = 32
BLOCK_BITS: Final = 6
"""Two documents never begin within so many places (2⁶): each has the gaps behind its parts."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of the index: its reader, the number of its first document, its columns and its words."""

    leaf: Any
    base: int
    columns: SegmentColumns
    words: SegmentWords

    @property
    def name(self) -> str:
        return str(self.leaf.segment().segment_id())


@dataclass(frozen=True, slots=True)
class Starting:
    """The most frequent normal forms that begin in some way, whether there are more, and how they are
    spelled in each segment."""

    forms: list[str]
    more: bool
    spellings: list[tuple[Segment, Spelling]]


@dataclass(frozen=True, slots=True)
class Part:
    """Places of the index in any order, the document of each, and for how many occurrences it counts: none
    where the document is deleted. `stretches`: where they stand in each segment."""

    places: Places
    docs: Ints
    weights: Floats
    stretches: Sequence[Stretch] = ()

    def within(self, stretches: Sequence[Stretch]) -> Part:
        """The part of this that stands in narrower stretches."""
        cuts, at = [], 0
        for own, narrower in zip(self.stretches, stretches, strict=True):
            cuts.append(slice(at + narrower.start - own.start, at + narrower.end - own.start))
            at += own.end - own.start
        places, docs, weights = (_cut(array, cuts) for array in (self.places, self.docs, self.weights))
        return Part(places, docs, weights, stretches)


def _cut(array: Any, cuts: Sequence[slice]) -> Any:
    return array[cuts[0]] if len(cuts) == 1 else np.concatenate([array[:0], *(array[cut] for cut in cuts)])


class Snapshot:
    """The index as committed at one moment."""

    def __init__(self, reader: Any, segments: Sequence[Segment], cache_bytes: int) -> None:
        self.close = weakref.finalize(self, reader.close)
        """Close the files, by call or when the snapshot is let go of; Whoosh itself would leave them open."""
        self.segments = segments
        self.columns = Columns([segment.columns for segment in segments])
        self.cache: PostingsCache = PostingsCache(cache_bytes)
        self._ranges: dict[bytes, Part] = {}
        self._parts: dict[Hashable, Part] = {}
        self._ordered: dict[Hashable, Places] = {}
        self._starting: dict[str, Starting] = {}

    # -- arrays over the documents ----------------------------------------------------------------------

    @property
    def documents(self) -> int:
        """How many document numbers there are; some may be deleted."""
        return self.columns.documents

    @cached_property
    def live(self) -> Mask:
        """Which document numbers are not deleted."""
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
        return first_places(self.columns.facts)

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
        k1, b = RANKING.bm25.k1, RANKING.bm25.b
        lengths = facts["words"] + (RANKING.places.title - 1) * facts["title_words"]
        average = float(lengths[self.live].mean()) if self.live_count else 1.0
        norm: Floats = (k1 * (1 - b + b * lengths / max(average, 1.0))).astype(np.float32)
        return norm

    @cached_property
    def _borders(self) -> tuple[Ints, Places]:
        """The document at the begin of each block of places, and the first place behind each document."""
        begins = np.arange(0, self.places + GAP, 1 << BLOCK_BITS)
        docs = np.searchsorted(self.first_place, begins, side="right") - 1
        behind = np.append(self.first_place[1:], np.int32(np.iinfo(np.int32).max))
        return docs.astype(np.int32), behind.astype(np.int32)

    def docs_of(self, places: Places) -> Ints:
        """The document of each place."""
        at_block, behind = self._borders
        docs: Ints = at_block[places >> BLOCK_BITS]
        docs += behind[docs] <= places
        return docs

    def in_title(self, places: Places) -> Places:
        """Those of these places that are in a title."""
        docs = self.docs_of(places)
        return places[places - self.first_place[docs] < self.columns.facts["title_words"][docs]]

    # -- posting lists ----------------------------------------------------------------------------------

    def postings(self, word: Scored, level: Level) -> Postings:
        """The documents of a word, at a step of the ladder (any: as inflected)."""
        key, read = self._reading(word, level)
        return self.cache.get(key, lambda: self._counted(read()))

    def places_of(self, word: Scored, level: Level) -> Places:
        """Where a word stands, at a step of the ladder, in any order."""
        part = self._reading(word, level)[1]()
        return part.places if self.live_count == self.documents else part.places[part.weights > 0]

    def in_order(self, word: Scored, level: Level) -> Places:
        """The same, ascending; the same object as long as one question is answered."""
        key = self._reading(word, level)[0]
        if key not in self._ordered:
            # they are runs of ascending places, which a stable sort merges
            self._ordered[key] = np.sort(self.places_of(word, level), kind="stable")
        return self._ordered[key]

    def of_skeleton(self, stem: str) -> Postings:
        """The documents of words whose stems have the same skeleton."""
        return self._of_range(skeleton_range(stem))

    def of_opening(self, stem: str) -> Postings:
        """The documents of words whose skeletons have the same first letters."""
        start = self._opening(stem)
        return self._of_range(start) if start else NOTHING

    def read_kin(self, word: Word) -> None:
        """Read all that will be asked of a word at once: all of it is part of its widest range."""
        start = self._opening(word.stem)
        if start and not self.cache.holds(start):
            self._range(start)

    def settle(self) -> None:
        """Let go of what only one question needed."""
        self._ranges.clear()
        self._parts.clear()
        self._ordered.clear()

    @staticmethod
    def _opening(stem: str) -> bytes:
        opening = opening_of(stem)
        if len(opening) < OPENING_LETTERS:
            return skeleton_range(stem) if opening else b""
        return opening.encode("utf-8", "replace")

    def _of_range(self, start: bytes) -> Postings:
        return self.cache.get(start, lambda: self._counted(self._range(start)))

    def _reading(self, word: Scored, level: Level) -> tuple[Hashable, Callable[[], Part]]:
        """What the places of a word are known by, and how they are read."""
        if isinstance(word, Prefix):
            at = Level.EXACT if level is Level.EXACT else Level.FOLDED
            key: Hashable = (at, word.normal, word.exact)
            return key, lambda: self._once(key, lambda: self._of_prefix(word, at))
        if word.also and level in (Level.INFLECTED, Level.ANY):
            key = (word.stem, word.also)
            return key, lambda: self._once(key, lambda: self._united(word))
        start = range_of(word, level)
        return start, lambda: self._range(start)

    def _once(self, key: Hashable, read: Callable[[], Places]) -> Part:
        if key not in self._parts:
            self._parts[key] = self._weighed(read())
        return self._parts[key]

    def _range(self, start: bytes) -> Part:
        """All places of the spellings whose keys begin so: read, or cut out of what was read for the same
        question."""
        if start not in self._ranges:
            stretches = [segment.words.stretch(start) for segment in self.segments]
            wider = next((part for known, part in self._ranges.items() if start.startswith(known)), None)
            self._ranges[start] = wider.within(stretches) if wider else self._read(stretches)
        return self._ranges[start]

    def _read(self, stretches: Sequence[Stretch]) -> Part:
        places = [self._places(*one) for one in zip(self.segments, stretches, strict=True)]
        return self._weighed(np.concatenate(places) if places else np.empty(0, np.int32), stretches)

    def _places(self, segment: Segment, stretch: Stretch) -> Places:
        """The places of a stretch in the numbering of the index."""
        # of an empty segment behind all others there is no first place, and no place
        places: Places = segment.words.places(stretch) + self.first_place[segment.base : segment.base + 1]
        return places

    def _united(self, word: Word) -> Places:
        """Where a word stands in any of its spellings, one of several words where its first one stands."""
        own = self._range(range_of(word, Level.INFLECTED)).places
        places: Places = np.sort(np.concatenate([own, *map(self._run, word.also)]), kind="stable")
        is_new: Mask = np.diff(places, prepend=np.int32(-1)) > 0
        return places[is_new]

    def _run(self, stems: tuple[str, ...]) -> Places:
        """Where these stems stand one after the other."""
        lists = [self._range(stem_range(stem)).places - place for place, stem in enumerate(stems)]
        return reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), lists)

    def _of_prefix(self, prefix: Prefix, level: Level) -> Places:
        places = [
            self._places(segment, spelling.places)
            for segment, spelling in self._words_starting(prefix.normal).spellings
            if level is not Level.EXACT or forms_of_key(spelling.key)[0].startswith(prefix.exact)
        ]
        return np.concatenate(places) if places else np.empty(0, np.int32)

    def _words_starting(self, start: str) -> Starting:
        """The words that begin so; kept of the prefixes asked for last, for every step asks for them, and so
        does each thing that a page without hits suggests."""
        if start not in self._starting:
            every = [(one, spelling) for one in self.segments for spelling in one.words.starting(start)]
            counts: Counter[str] = Counter()
            for _segment, spelling in every:
                counts[spelling.normal] += spelling.documents
            forms = [form for form, _count in counts.most_common(MAX_PREFIX_FORMS)]
            among = frozenset(forms)
            spellings = [pair for pair in every if pair[1].normal in among]
            if len(self._starting) >= KEPT_PREFIXES:
                del self._starting[next(iter(self._starting))]
            self._starting[start] = Starting(forms, len(counts) > len(forms), spellings)
        return self._starting[start]

    def prefix_forms(self, start: str) -> tuple[list[str], bool]:
        """The normal forms that begin so, most frequent first, and whether there are more than the limit."""
        found = self._words_starting(start)
        return found.forms, found.more

    # -- weights ----------------------------------------------------------------------------------------

    def _weighed(self, places: Places, stretches: Sequence[Stretch] = ()) -> Part:
        """Places with their documents and for how many occurrences each counts (`search.ranking.Places`)."""
        docs = self.docs_of(places)
        text, subtitle = self._texts
        before = places - text[docs]
        before -= GAP * (before >= subtitle[docs])
        weights: Floats = WEIGHTS[np.clip(before, -1, LEAD - 1) + 1]
        if self.live_count < self.documents:
            weights *= self.live[docs]
        return Part(places, docs, weights, stretches)

    @cached_property
    def _texts(self) -> tuple[Places, Ints]:
        """Where the text of each document begins behind its title, and how many words of it are subtitle."""
        facts = self.columns.facts
        begins: Places = self.first_place + facts["title_words"] + np.int32(GAP)
        return begins, np.ascontiguousarray(facts["subtitle_words"])

    def _counted(self, part: Part) -> Postings:
        """Count places by document and weigh them."""
        if not len(part.places):
            return NOTHING
        counts = np.bincount(part.docs, weights=part.weights, minlength=self.documents)
        docs = np.flatnonzero(counts > 0).astype(np.int32)
        return Postings(docs, self.impacts(docs, counts[docs]))

    def impacts(self, docs: Ints, counts: Any) -> Floats:
        """BM25 of a word that stands `counts` times in `docs` and nowhere else, with Lucene's idf."""
        rarity = np.log(1 + (self.live_count - len(docs) + 0.5) / (len(docs) + 0.5))
        frequencies = counts.astype(np.float32)
        impact: Floats = (rarity * frequencies / (frequencies + self.length_norm[docs])).astype(np.float32)
        return impact


def open_snapshot(reader: Any, earlier: Snapshot | None, folder: Path, cache_bytes: int) -> Snapshot:
    """A snapshot of an open reader.

    `earlier`: one of the same generation, whose segments need not be read again.
    """
    known = {segment.name: segment for segment in earlier.segments} if earlier else {}
    segments = []
    for leaf, base in segments_of(reader):
        same = known.get(leaf.segment().segment_id())
        columns = same.columns if same else read_segment(leaf)
        words = same.words if same else SegmentWords(folder, leaf.segment())
        segments.append(Segment(leaf, base, columns, words))
    return Snapshot(reader, segments, cache_bytes)
