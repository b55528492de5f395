"""Another query that the reader may have meant, where this one finds little; offered, never applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Final

from search.counting import Count
from search.engine import engine
from search.engines.base import Question
from search.help.rewriting import HARDLY, Documents, Words, with_other_keyboard, with_other_words
from search.help.vocabulary import MAX_WORDS, Vocabulary, vocabulary_of
from search.query import Parsed
from search.query.tree import Node, Word
from search.types import Level, SearchRequest, Suggestion

FEW: Final = 3
"""Articles with all of the words up to which a query may have been meant otherwise."""
MAX_TRIED: Final = 6
"""Other queries that are counted."""


def suggestions(parsed: Parsed, request: SearchRequest, found: int, count: Count) -> tuple[Suggestion, ...]:
    """What the reader may have meant by a query that finds `found` articles with all of its words.

    Nothing where that is more than a few. Otherwise one query at most, the likeliest that finds more under
    the same filters: as the other keyboard types it, or with words of the collection for those that it has
    not.

    Raises: IndexMissing: there is no index.
    """
    if found > FEW or not parsed.text.strip():
        return ()
    tried = islice(_other_queries(parsed), MAX_TRIED)
    better = (
        Suggestion(kind, text, number)
        for kind, text in tried
        if (number := _more(request, text, found, count))
    )
    return tuple(islice(better, 1))


def _other_queries(parsed: Parsed) -> Iterator[tuple[str, str]]:
    words = cache(_words)
    documents = _documents(words)
    for text in with_other_keyboard(parsed, documents, words):
        yield "keyboard", text
    for text in with_other_words(parsed, documents, words):
        yield "spelling", text


def _more(request: SearchRequest, text: str, found: int, count: Count) -> int:
    """What a query finds under the filters and at the step asked for; 0 where it has no more articles with
    all of its words."""
    other = replace(request, query=text, page=1)
    with_all = count(replace(other, level=Level.INFLECTED))
    if with_all <= found:
        return 0
    return count(other) if request.level else with_all


def _documents(words: Words) -> Documents:
    """A function that says about how many articles a part of a query finds; it remembers what it was asked.

    The engine is asked only for words that are not plainly there: it counts each in all its forms.
    """
    known: dict[str, int] = {}

    def documents(node: Node) -> int:
        key = node.normal if isinstance(node, Word) else repr(node)
        if key not in known:
            known[key] = (
                _plainly_there(node, words) or engine().ask(Question(node, Level.INFLECTED, limit=0)).total
            )
        return known[key]

    return documents


def _plainly_there(node: Node, words: Words) -> int:
    word = words().known(node.normal) if isinstance(node, Word) else None
    return word.documents if word is not None and word.documents > HARDLY else 0


def _words() -> Vocabulary:
    return vocabulary_of(engine().words(MAX_WORDS))
