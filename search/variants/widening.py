"""Give the words of a query the other spellings of the names that they are, and their other number."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from search.query import Parsed
from search.query.tree import And, InTitle, Node, Not, Or, Word
from search.variants.book import Book, Stems
from search.variants.held import current_book
from search.variants.numbers import other_numbers, written


def with_other_spellings(parsed: Parsed, book: Book) -> Parsed:
    """The query with `also` set on every word that is a name of the book, or part of one, and on every noun
    with a plural that changes inside.

    What stands in quotation marks and what ends in a star stays as typed.
    """
    if parsed.tree is None:
        return parsed
    # side by side, for a copy of two lists of thousands takes as long as all else here; nobody writes to them
    shown = ChainMap(book.shown, cast("dict[Stems, str]", written()))
    return replace(parsed, tree=widened(parsed.tree, book), shown=shown)


def with_held_spellings(parsed: Parsed) -> Parsed:
    """The query with the other spellings that the archive's list gives. Asks the database once, or not at all
    where there are no words.
    """
    return parsed if parsed.tree is None else with_other_spellings(parsed, current_book())


def widened(node: Node, book: Book) -> Node:
    """The same tree with `also` set; the parts keep their order and places."""
    match node:
        case Word():
            return _side_by_side([node], book)[0]
        case And():
            return replace(node, children=tuple(_all_of(node.children, book)))
        case Or():
            return replace(node, children=tuple(widened(child, book) for child in node.children))
        case Not() | InTitle():
            return replace(node, child=widened(node.child, book))
        case _:
            return node


def _all_of(children: Sequence[Node], book: Book) -> list[Node]:
    """Children of an And: words side by side may be one name (أبو ظبي)."""
    done: list[Node] = []
    run: list[Word] = []
    for child in children:
        if isinstance(child, Word):
            run.append(child)
            continue
        done += _side_by_side(run, book)
        run = []
        done.append(widened(child, book))
    return [*done, *_side_by_side(run, book)]


def _side_by_side(words: Sequence[Word], book: Book) -> list[Word]:
    done: list[Word] = []
    while len(done) < len(words):
        found = book.name_at(words, len(done))
        if found is None:
            word = words[len(done)]
            done.append(replace(word, also=other_numbers(word)))
            continue
        group, length = found
        name = words[len(done) : len(done) + length]
        typed = tuple(word.stem for word in name)
        # each word of a longer name: where the other spelling stands, all of them are answered
        also = tuple(form for form in group.forms if form != typed)
        done += [replace(word, also=also) for word in name]
    return done
