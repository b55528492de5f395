"""What a query says, as a tree of plain values.

`start` and `end` say where in the typed text each part stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

NameKind = Literal["outlet", "agency", "author", "section"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word in the three forms that it can be looked for in.

    `also`: other spellings of the same name, each as the stems that stand one after the other (نيويورك: نيو,
    يورك). From the inflected step on they are found and ranked as if they were this word.
    """

    text: str
    exact: str
    normal: str
    stem: str
    start: int
    end: int
    also: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin so: `exact` and `normal` are the beginning in these forms."""

    text: str
    exact: str
    normal: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, one after the other, as they are spelled (folded): a phrase finds only the phrase."""

    words: tuple[Word, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """These words in any order, with at most `distance` places between the first of them and each
    other one."""

    words: tuple[Word, ...]
    distance: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """All articles but those that the child finds at the inflected step, whatever step is searched."""

    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class InTitle:
    """What the child says, within the title."""

    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """Articles of an outlet or agency (`values`:
    slugs), or by an author (`values`: words of the name, folded).
    """

    kind: NameKind
    name: str
    values: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles printed from the first to the last day, both included; None is open."""

    first: datetime.date | None
    last: datetime.date | None
    start: int
    end: int


Node = Word | Prefix | Phrase | Near | Not | And | Or | InTitle | Named | DateRange
Scored = Word | Prefix


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node that are nodes themselves."""
    match node:
        case And() | Or():
            return node.children
        case Not() | InTitle():
            return (node.child,)
        case Phrase() | Near():
            return node.words
        case _:
            return ()


def walk(node: Node | None) -> Iterator[Node]:
    """A node and all below it, from left to right."""
    if node is not None:
        yield node
        for child in children(node):
            yield from walk(child)


def wanted(node: Node | None) -> Iterator[Node]:
    """Like `walk`, without what the query excludes."""
    if node is not None and not isinstance(node, Not):
        yield node
        for child in children(node):
            yield from wanted(child)


def scored_words(node: Node | None) -> tuple[Scored, ...]:
    """The words that rank the hits, in the order typed."""
    return tuple(part for part in wanted(node) if isinstance(part, Word | Prefix))
