"""How a segment is written: Whoosh's own way but for the words, which go to files of ours (`spellings`).

Whoosh's lists of postings are made to be read one posting after another, a block of pickled numbers at a
time; a search here needs whole lists, of hundreds of spellings. Everything else stays with Whoosh: which
segments there are, what of them is deleted, columns, and the list of UIDs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
from whoosh.reading import SegmentReader

from search.engines.entries import GAP
from search.engines.whoosh.columns import read_facts
from search.engines.whoosh.postings import Places
from search.engines.whoosh.schema import FACTS, FACTS_COLUMN, TAB, WORDS, forms_of_key
from search.engines.whoosh.spellings import (
    END,
    FORMS,
    KEYS,
    NUMBER,
    PLACES,
    SegmentWords,
    words_path,
)

Posting = tuple[str, bytes, int, float, bytes]
"""Whoosh's: field, key, document, weight, value."""
AT_ONCE: Final = 50_000
"""Postings whose places are moved to the numbering of the segment together."""


class PlacesCodec(W3Codec):  # type: ignore[misc]
    """The codec of an index of articles. Whoosh keeps it in the list of segments, by name."""

    def field_writer(self, storage: Any, segment: Any) -> WordsWriter:
        """A writer of all that is looked up."""
        return WordsWriter(self, storage, segment)


class WordsWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the lists of a segment: words to files of their own, others as Whoosh does."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Posting]) -> None:
        """Write postings, which come ordered by field, key and document; `lengths` reads the documents."""
        starts = first_places(_facts_of(schema, lengths))
        folder = Path(self._storage.folder)
        with PlacesFile(words_path(folder, self._segment, PLACES), starts) as places:
            written: list[bytes] = []
            for name, postings in groupby(items, key=itemgetter(0)):
                if name == WORDS:
                    written += [places.add(key, of_key) for key, of_key in groupby(postings, itemgetter(1))]
                else:
                    super().add_postings(schema, lengths, postings)
        words_path(folder, self._segment, KEYS).write_bytes(b"".join(written))
        written[:] = sorted(_by_letters(line) for line in written)
        words_path(folder, self._segment, FORMS).write_bytes(b"".join(written))


def _facts_of(schema: Any, documents: Any) -> Any:
    """The numbers of the articles just written; Whoosh makes no column of none."""
    if not documents.has_column(FACTS_COLUMN):
        return np.empty(0, FACTS)
    column = documents.column_reader(FACTS_COLUMN, schema[FACTS_COLUMN].column_type)
    return read_facts(column, documents.doc_count_all())


class PlacesFile:
    """Writes the places of one spelling after another. `starts`: the first place of each document."""

    def __init__(self, path: Path, starts: Places) -> None:
        self._path, self._starts = path, starts
        self._written = 0
        self._documents, self._counts = array("i"), array("i")
        self._values: list[bytes] = []

    def __enter__(self) -> PlacesFile:
        self._file: BinaryIO = self._path.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._file.close()

    def add(self, key: bytes, postings: Iterable[Posting]) -> bytes:
        """Write the places of a spelling; its line in the list of keys."""
        earlier, begin = len(self._values), self._written
        for _field, _key, document, _weight, value in postings:
            self._documents.append(document)
            self._values.append(value)
            self._counts.append(len(value) // NUMBER.itemsize)
        number, documents = sum(self._counts[earlier:]), len(self._values) - earlier
        self._written += number
        if len(self._values) > AT_ONCE:
            self._flush()
        return TAB.join((key, b"%d" % begin, b"%d" % number, b"%d" % documents)) + END

    def _flush(self) -> None:
        starts = self._starts[np.frombuffer(self._documents, np.int32)]
        places = np.frombuffer(b"".join(self._values), NUMBER) + np.repeat(starts, self._counts)
        self._file.write(places.astype(NUMBER).tobytes())
        self._documents, self._counts = array("i"), array("i")
        self._values.clear()


def _by_letters(line: bytes) -> bytes:
    return forms_of_key(line[: line.index(TAB)])[1].encode() + TAB + line


def first_places(facts: Any) -> Places:
    """The place of each document's first word, in a numbering of all places of these documents."""
    spans: Places = facts["span"] + np.int32(GAP)
    return np.cumsum(spans, dtype=np.int32) - spans


class WordsReader(SegmentReader):  # type: ignore[misc]
    """A segment with its words, to be written anew as part of another one."""

    def iter_postings(self) -> Iterator[Posting]:
        """All postings of documents that are not deleted."""
        yield from super().iter_postings()
        facts = read_facts(self.column_reader(FACTS_COLUMN, translate=False), self.doc_count_all())
        starts, deleted = first_places(facts), frozenset(self._perdoc.deleted_docs())
        words = SegmentWords(Path(self._storage.folder), self.segment())
        for key, stretch in words.by_key():
            for document, places in by_document(words.places(stretch), starts):
                if document not in deleted:
                    yield WORDS, key, document, 1.0, places


def by_document(places: Places, starts: Places) -> Iterator[tuple[int, bytes]]:
    """The documents in which a spelling stands, each with its places in it, as `entries` gave them."""
    documents = np.searchsorted(starts, places, side="right") - 1
    within = (places - starts[documents]).astype("I")
    borders = np.flatnonzero(np.diff(documents)) + 1
    first = documents[np.concatenate(([0], borders))]
    for document, part in zip(first.tolist(), np.split(within, borders), strict=True):
        yield document, part.tobytes()
