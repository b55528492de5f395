"""The last step of the ladder: any of the words instead of all of them."""

from __future__ import annotations

from dataclasses import replace

from arabic import is_stopword
from search.query.tree import And, DateRange, InTitle, Named, Node, Not, Or, Word


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
