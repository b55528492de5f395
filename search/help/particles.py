"""Queries of particles alone (في من على): nearly every article has these words."""

from __future__ import annotations

from search.query.ladder import is_particle
from search.query.tree import Near, Node, Phrase, Prefix, Word, wanted


def only_particles(tree: Node | None) -> bool:
    """Whether all words that a query seeks are without a meaning of their own, and none is in a phrase."""
    sought = [part for part in wanted(tree) if isinstance(part, Word | Prefix | Phrase | Near)]
    return bool(sought) and all(is_particle(part) for part in sought)
