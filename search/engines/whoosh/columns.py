"""What an article is filtered, sorted and counted by, as arrays over all documents of a generation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engines.entries import LIST_SEPARATOR
from search.engines.whoosh.postings import Ints, Mask
from search.engines.whoosh.schema import FACTS, FACTS_COLUMN

TEXT_COLUMNS = ("uid", "outlet", "section", "agencies", "authors")


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """The columns of one segment. Segments never change, so these are read once."""

    facts: npt.NDArray[Any]
    texts: dict[str, list[str]]


def read_facts(column: Any, documents: int) -> npt.NDArray[Any]:
    """The numbers of so many articles from a column's reader."""
    return np.frombuffer(b"".join(column[number] for number in range(documents)), FACTS)


def read_segment(leaf: Any) -> SegmentColumns:
    """Read the columns of a segment's reader."""
    count = leaf.doc_count_all()
    facts = read_facts(leaf.column_reader(FACTS_COLUMN, translate=False), count)
    return SegmentColumns(facts, {name: _read_texts(leaf, name, count) for name in TEXT_COLUMNS})


def _read_texts(leaf: Any, name: str, documents: int) -> list[str]:
    """The texts of so many articles; equal ones, as names of outlets are, are one object."""
    column = leaf.column_reader(name, translate=False)
    known: dict[bytes, str] = {}
    return [
        known.setdefault(raw, raw.decode("utf-8", "replace")) for raw in (column[n] for n in range(documents))
    ]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of one value each: `values[codes[document]]`; code 0 is "", unknown."""

    values: list[str]
    codes: Ints

    def mask(self, wanted: Sequence[str]) -> Mask:
        """The documents with one of these values."""
        codes = [code for code, value in enumerate(self.values) if value in wanted]
        return np.isin(self.codes, codes)

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the documents have each value."""
        found = np.bincount(self.codes[mask], minlength=len(self.values))
        return {self.values[code]: int(found[code]) for code in np.flatnonzero(found)}


@dataclass(frozen=True, slots=True)
class CodedLists:
    """A column of any number of values each:
    document `docs[i]` has `values[codes[i]]`. Code 0 is "", none at all.
    """

    values: list[str]
    docs: Ints
    codes: Ints

    def mask(self, wanted: Sequence[str], documents: int) -> Mask:
        """The documents with one of these values."""
        codes = [code for code, value in enumerate(self.values) if value in wanted]
        mask = np.zeros(documents, np.bool_)
        mask[self.docs[np.isin(self.codes, codes)]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the documents have each value; a document counts once under each of its own."""
        found = np.bincount(self.codes[mask[self.docs]], minlength=len(self.values))
        return {self.values[code]: int(found[code]) for code in np.flatnonzero(found)}


class Columns:
    """The columns of all segments, one after the other: document numbers count through."""

    def __init__(self, segments: Sequence[SegmentColumns]) -> None:
        self._segments = segments
        self.facts = np.concatenate([segment.facts for segment in segments] or [np.empty(0, FACTS)])
        self.documents = len(self.facts)

    def _texts(self, name: str) -> list[str]:
        return [text for segment in self._segments for text in segment.texts[name]]

    @cached_property
    def uids(self) -> list[str]:
        return self._texts("uid")

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Document numbers by UID; of two with one UID (the first is deleted then) the last."""
        return {uid: number for number, uid in enumerate(self.uids)}

    @cached_property
    def outlet(self) -> Coded:
        return _coded(self._texts("outlet"))

    @cached_property
    def section(self) -> Coded:
        return _coded(self._texts("section"))

    @cached_property
    def agencies(self) -> CodedLists:
        return _coded_lists(self._texts("agencies"))

    @cached_property
    def authors(self) -> CodedLists:
        return _coded_lists(self._texts("authors"))

    @cached_property
    def year(self) -> Ints:
        """The year; 0 where no date is known."""
        dates = _as_dates(self.facts["first_day"])
        years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
        return np.where(self.dated, years, 0).astype(np.int32)

    @cached_property
    def month(self) -> Ints:
        """Year * 12 + month - 1; 0 where the month is not known."""
        months = _as_dates(self.facts["first_day"]).astype("datetime64[M]").astype(np.int64) + 1970 * 12
        return np.where(self.facts["precision"] >= 2, months, 0).astype(np.int32)

    @cached_property
    def day(self) -> Ints:
        """The proleptic ordinal of the day; 0 where the day is not known."""
        return np.where(self.facts["precision"] >= 3, self.facts["first_day"], 0).astype(np.int32)

    @cached_property
    def dated(self) -> Mask:
        return np.asarray(self.facts["precision"] > 0)

    @cached_property
    def moment(self) -> npt.NDArray[np.int64]:
        """Minutes since the year 1, for sorting."""
        minutes: npt.NDArray[np.int64] = (
            self.facts["first_day"].astype(np.int64) * 1440 + self.facts["minute"]
        )
        return minutes


def _as_dates(ordinals: npt.NDArray[Any]) -> npt.NDArray[np.datetime64]:
    """Proleptic ordinals as numpy's days since 1970."""
    return (ordinals.astype(np.int64) - 719_163).astype("datetime64[D]")


def _coded(texts: list[str]) -> Coded:
    codes = {"": 0}
    numbers = [codes.setdefault(text, len(codes)) for text in texts]
    return Coded(list(codes), np.array(numbers, np.int32))


def _coded_lists(texts: list[str]) -> CodedLists:
    codes = {"": 0}
    docs: list[int] = []
    numbers: list[int] = []
    for number, text in enumerate(texts):
        for value in text.split(LIST_SEPARATOR):
            docs.append(number)
            numbers.append(codes.setdefault(value, len(codes)))
    return CodedLists(list(codes), np.array(docs, np.int32), np.array(numbers, np.int32))
