"""The places of a text that a query means as units: a phrase, a nearness or a name of two words is one place.

The words of these places are the words that `search.marking` marks, no more and no fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arabic import Term
from search.marking import Leaf, form_of, goes_by_stem, leaves, near_groups, phrase_begins, spelled, stream_of
from search.query.tree import Near, Node, Phrase, Prefix, Word
from search.types import Level

PREFIX_SIGN: Final = "*"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A place: the numbers of its first and its last word in the text."""

    first: int
    last: int


class Units:
    """Finds the places of a query, or of one part of it, at one step of the ladder."""

    def __init__(self, tree: Node | None, level: Level, only: int | None = None) -> None:
        """`only`: the part of the query that is looked for, from 1, in the order of `parts_of`."""
        parts = leaves(tree)
        chosen = parts if only is None else parts[only - 1 : only]
        self._finders = [_Finder(leaf, level, in_title) for leaf, in_title in chosen]

    def find(self, terms: Sequence[Term], *, title: bool = False) -> tuple[Unit, ...]:
        """The places among the words of a text (`title`: it is a title), in order; none inside another."""
        finders = [finder for finder in self._finders if title or not finder.in_title]
        streams = {level: stream_of(terms, level) for level in {finder.level for finder in finders}}
        found = {unit for finder in finders for unit in finder.units(streams)}
        return tuple(_outermost(sorted(found, key=lambda unit: (unit.first, -unit.last))))


def parts_of(tree: Node | None) -> tuple[str, ...]:
    """What the parts of a query that are looked for are called, in the order typed."""
    return tuple(_name(leaf) for leaf, _in_title in leaves(tree))


def _name(leaf: Leaf) -> str:
    match leaf:
        case Word():
            return leaf.text
        case Prefix():
            return leaf.text.rstrip(PREFIX_SIGN) + PREFIX_SIGN
        case Phrase() | Near():
            return " ".join(word.text for word in leaf.words)


def _outermost(units: Sequence[Unit]) -> Iterator[Unit]:
    """Without those that stand inside the one before, as a word does in a phrase that is looked for too."""
    furthest = -1
    for unit in units:
        if unit.last > furthest:
            yield unit
            furthest = unit.last


class _Finder:
    """Finds one part of a query; `level`: the step whose forms it looks at."""

    def __init__(self, leaf: Leaf, level: Level, in_title: bool) -> None:
        self.in_title = in_title
        self._leaf = leaf
        self.level = spelled(level) if isinstance(leaf, Phrase | Prefix) else level
        self._names: list[list[str]] = []
        self._forms: frozenset[str] = frozenset()
        if isinstance(leaf, Word):
            also = leaf.also if goes_by_stem(level) else ()
            self._forms = frozenset({form_of(leaf, level), *(stems[0] for stems in also if len(stems) == 1)})
            self._names = [list(stems) for stems in also if len(stems) > 1]

    def units(self, streams: dict[Level, list[str]]) -> Iterator[Unit]:
        stream, leaf = streams[self.level], self._leaf
        match leaf:
            case Word():
                yield from (Unit(n, n) for n, form in enumerate(stream) if form in self._forms)
                for name in self._names:
                    yield from _runs(name, stream)
            case Prefix():
                start = leaf.exact if self.level is Level.EXACT else leaf.normal
                yield from (Unit(n, n) for n, form in enumerate(stream) if form.startswith(start))
            case Phrase():
                yield from _runs([form_of(word, self.level) for word in leaf.words], stream)
            case Near():
                wanted = [form_of(word, self.level) for word in leaf.words]
                for together in near_groups(wanted, stream, leaf.distance):
                    yield Unit(min(together), max(together))


def _runs(wanted: list[str], stream: list[str]) -> Iterator[Unit]:
    return (Unit(first, first + len(wanted) - 1) for first in phrase_begins(wanted, stream))
