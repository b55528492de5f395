"""The last step of the ladder: any of the words instead of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from arabic import is_stopword
from search.query.tree import And, DateRange, InTitle, Named, Node, Not, Or, Scored, Word


def any_of(node: Node) -> Node:
    """The query that asks for any of the words that `node` asks for all of; it finds all that `node` finds.

    What excludes (`-word`) and what narrows (outlet, agency, author, date) still holds. Particles are left
    out where another word is asked for: almost every article has them.
    """
    match node:
        case And():
            return _any_of_all(node)
        case Or():
            return replace(node, children=tuple(any_of(child) for child in node.children))
        case InTitle():
            return replace(node, child=any_of(node.child))
        case _:
            return node


def _any_of_all(node: And) -> Node:
    narrowing = tuple(child for child in node.children if isinstance(child, Not | Named | DateRange))
    sought = [child for child in node.children if not isinstance(child, Not | Named | DateRange)]
    telling = [child for child in sought if not is_particle(child)] or sought
    if not telling:
        return node
    either = Or(tuple(any_of(child) for child in telling), node.start, node.end)
    return replace(node, children=(either, *narrowing)) if narrowing else either


def is_particle(node: Node) -> bool:
    """Whether this is a word without a meaning of its own."""
    return isinstance(node, Word) and is_stopword(node.normal)


def paired(words: Sequence[Scored], distance: int) -> Iterator[tuple[Scored, list[Scored]]]:
    """Each word of a query with the telling words at most so far before it, as nearness is counted; where
    all are particles, each tells.
    """
    telling = [not is_particle(word) for word in words]
    if not any(telling):
        telling = [True] * len(words)
    for number, second in enumerate(words):
        before = range(max(0, number - distance), number)
        firsts = [words[first] for first in before if telling[first]]
        if firsts and telling[number]:
            yield second, firsts
