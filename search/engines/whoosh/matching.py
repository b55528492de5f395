"""Which articles a query tree finds, as one flag a document; everything is arithmetic on arrays."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np

from search.engines.base import Filters
from search.engines.counts import words_of_name, years_of
from search.engines.whoosh.postings import Mask, Places
from search.engines.whoosh.snapshot import Snapshot
from search.query import any_of
from search.query.tree import And, DateRange, InTitle, Named, Near, Node, Not, Or, Phrase, Prefix, Word
from search.types import UNKNOWN, Level


class Matcher:
    """Finds the documents of a snapshot that a tree asks for: of one tree, whose parts it remembers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._found: dict[tuple[int, Level, bool], Mask] = {}

    def at_level(self, tree: Node | None, level: Level) -> Mask:
        """The documents that a query finds at a step of the ladder;
        each step finds all that the one before finds.
        """
        if tree is None:
            return np.ones(self.snapshot.documents, np.bool_)
        if level is Level.ANY:
            return self.mask(any_of(tree), Level.INFLECTED)
        return self.mask(tree, level)

    def mask(self, node: Node, level: Level, title: bool = False) -> Mask:
        """The documents that one part of a query finds (`title`: within the title)."""
        match node:
            case And():
                return reduce(np.logical_and, [self.mask(child, level, title) for child in node.children])
            case Or():
                return reduce(np.logical_or, [self.mask(child, level, title) for child in node.children])
            case Not():
                # always at one step: if it excluded less at a stricter one, that step could find more
                return ~self.mask(node.child, Level.INFLECTED, title)
            case InTitle():
                return self.mask(node.child, level, title=True)
            case Named():
                return self._once((id(node), Level.ANY, title), lambda: self._named(node))
            case DateRange():
                return self._printed_between(node)
            case _:
                return self._standing(node, level, title)

    def _standing(self, node: Word | Prefix | Phrase | Near, level: Level, title: bool) -> Mask:
        """Found once for all steps of the ladder at which it is the same."""
        at = _spelled(level) if isinstance(node, Prefix | Phrase) else level
        return self._once((id(node), at, title), lambda: self._find(node, at, title))

    def _once(self, key: tuple[int, Level, bool], find: Callable[[], Mask]) -> Mask:
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]

    def _find(self, node: Word | Prefix | Phrase | Near, level: Level, title: bool) -> Mask:
        snapshot = self.snapshot
        mask = np.zeros(snapshot.documents, np.bool_)
        if isinstance(node, Word | Prefix) and not title:
            mask[snapshot.postings(node, level).docs] = True
            return mask
        places = self.places(node, level)
        mask[snapshot.docs_of(snapshot.in_title(places) if title else places)] = True
        return mask

    # -- places -----------------------------------------------------------------------------------------

    def places(self, node: Word | Prefix | Phrase | Near, level: Level) -> Places:
        """Where a word stands, a phrase begins, or the first word of a group stands with the others
        near it."""
        match node:
            case Phrase():
                return self._phrase(node, level)
            case Near():
                return self._near(node, level)
            case _:
                return self.snapshot.in_order(node, level)

    def _phrase(self, phrase: Phrase, level: Level) -> Places:
        at = _spelled(level)
        lists = [self.snapshot.in_order(word, at) - place for place, word in enumerate(phrase.words)]
        lists.sort(key=len)
        begins = lists[0]
        for others in lists[1:]:
            begins = begins[_among(begins, others)]
        return begins

    def _near(self, near: Near, level: Level) -> Places:
        first, *others = (self.snapshot.in_order(word, level) for word in near.words)
        different = {id(other): other for other in others if other is not first}
        for other in different.values():
            first = first[_within(first, other, near.distance)]
        return first

    # -- columns ----------------------------------------------------------------------------------------

    def _named(self, node: Named) -> Mask:
        columns = self.snapshot.columns
        if node.kind == "outlet":
            return columns.outlet.mask(node.values)
        if node.kind == "section":
            return columns.section.mask(node.values)
        if node.kind == "agency":
            return columns.agencies.mask(node.values, columns.documents)
        wanted = set(node.values)
        names = [name for name in columns.authors.values if wanted <= words_of_name(name)]
        return columns.authors.mask(names, columns.documents)

    def _printed_between(self, node: DateRange) -> Mask:
        return printed_between(
            self.snapshot,
            node.first.toordinal() if node.first else None,
            node.last.toordinal() if node.last else None,
        )


def printed_between(snapshot: Snapshot, first: int | None, last: int | None) -> Mask:
    """The articles of which all that is known of the date lies between two days:
    "2015" is not in November 2015.
    """
    columns = snapshot.columns
    mask = columns.dated.copy()
    if first is not None:
        mask &= columns.facts["first_day"] >= first
    if last is not None:
        mask &= columns.facts["last_day"] <= last
    return mask


def allowed(snapshot: Snapshot, filters: Filters, hidden: frozenset[str]) -> Mask:
    """The documents that the filters let through and readers may see."""
    columns = snapshot.columns
    mask = snapshot.live.copy()
    mask[[columns.number_of[uid] for uid in hidden if uid in columns.number_of]] = False
    if filters.outlets:
        mask &= columns.outlet.mask(_known(filters.outlets))
    if filters.sections:
        mask &= columns.section.mask(_known(filters.sections))
    if filters.agencies:
        mask &= columns.agencies.mask(_known(filters.agencies), columns.documents)
    if filters.authors:
        mask &= columns.authors.mask(_known(filters.authors), columns.documents)
    if filters.years:
        mask &= np.isin(columns.year, years_of(filters.years))
    if filters.date_from or filters.date_to:
        first, last = filters.date_from, filters.date_to
        mask &= printed_between(
            snapshot, first.toordinal() if first else None, last.toordinal() if last else None
        )
    return mask


def _spelled(level: Level) -> Level:
    """The step at which phrases and prefixes are looked for: by spelling, never by stem."""
    return Level.EXACT if level is Level.EXACT else Level.FOLDED


def _known(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if value == UNKNOWN else value for value in values)


def _among(places: Places, others: Places) -> Mask:
    """Which of `places` are also among `others` (both ascending)."""
    if not len(others):
        return np.zeros(len(places), np.bool_)
    at = np.minimum(np.searchsorted(others, places), len(others) - 1)
    return np.asarray(others[at] == places)


def _within(places: Places, others: Places, distance: int) -> Mask:
    """Which of `places` have one of `others` (ascending) at most so far away."""
    if not len(others):
        return np.zeros(len(places), np.bool_)
    after = np.searchsorted(others, places - distance)
    nearest = others[np.minimum(after, len(others) - 1)]
    return np.asarray((after < len(others)) & (nearest <= places + distance))
