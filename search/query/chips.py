"""What the reader is shown of a query: its parts, each with the query that is left without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import get_language

from arabic import normal_form
from search.query.lexer import AND_WORDS, NOT_WORDS, OR_WORDS, QUOTES
from search.query.parser import Parsed
from search.query.tree import (
    And,
    DateRange,
    InTitle,
    Named,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    walk,
)
from search.types import Chip

OPERATOR_WORDS = OR_WORDS | AND_WORDS | NOT_WORDS
KIND = {
    Word: "word",
    Prefix: "prefix",
    Phrase: "phrase",
    Near: "near",
    Not: "without",
    Or: "either",
    And: "word",
    InTitle: "title",
    DateRange: "date",
}


def chips_of(parsed: Parsed) -> tuple[Chip, ...]:
    """One chip for each part that can be taken out by itself, in the order typed."""
    text = parsed.text
    return tuple(
        Chip(
            kind=part.kind if isinstance(part, Named) else KIND[type(part)],
            text=_label(part),
            query_without=_without(text, part),
            also=_also(part, parsed.shown),
        )
        for part in _parts(parsed.tree)
    )


def _without(text: str, part: Node) -> str:
    """The query without a part, and without an AND that stood between it and another."""
    before, after = text[: part.start].split(), text[part.end :].split()
    if before and before[-1] in AND_WORDS:
        before.pop()
    elif after and after[0] in AND_WORDS:
        after.pop(0)
    return " ".join((*before, *after))


def _also(part: Node, shown: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    """The other spellings that are searched with a part, each once, without those that are typed in it."""
    words = [word for word in walk(part) if isinstance(word, Word)]
    typed = {word.normal for word in words}
    others = [shown[stems] for word in words for stems in word.also if stems in shown]
    return tuple(other for other in dict.fromkeys(others) if normal_form(other) not in typed)


def _parts(node: Node | None) -> Iterator[Node]:
    if isinstance(node, And):
        for child in node.children:
            yield from _parts(child)
    elif node is not None:
        yield node


def _label(part: Node) -> str:
    match part:
        case Not() | InTitle():
            return render(part.child)
        case Named():
            return part.name
        case DateRange():
            return _days(part)
        case Phrase() | Near():
            return " ".join(word.text for word in part.words)
        case _:
            return render(part)


def _days(part: DateRange) -> str:
    first = part.first.isoformat() if part.first else ""
    last = part.last.isoformat() if part.last else ""
    return first if first == last else f"{first}..{last}"


def render(node: Node | None) -> str:
    """The tree as a query again, in the reader's language: what the archive understood."""
    match node:
        case None:
            return ""
        case And():
            parts = (_bracketed(child) if isinstance(child, Or) else render(child) for child in node.children)
            return " ".join(parts)
        case Or():
            either = " OR " if get_language() == "en" else " أو "
            return either.join(_bracketed(child) for child in node.children)
        case Not():
            return f"-{_bracketed(node.child)}"
        case InTitle():
            return f"{_field('title')}:{_bracketed(node.child)}"
        case _:
            return _leaf(node)


def _leaf(node: Node) -> str:
    match node:
        case Word():
            # the sign before it, which is no part of any word, keeps it from being an operator again
            return f"\\{node.text}" if node.text in OPERATOR_WORDS else node.text
        case Prefix():
            return f"{node.text}*"
        case Named():
            return f'{_field(node.kind)}:"{_unquoted(node.name)}"'
        case DateRange():
            # an open end stands in quotation marks: a number behind it would be read as that end
            days = _days(node) if node.last else f'"{_days(node)}"'
            return f"{_field('date')}:{days}"
        case Near():
            return f'"{" ".join(word.text for word in node.words)}"~{node.distance}'
        case Phrase():
            return f'"{" ".join(word.text for word in node.words)}"'
        case _:
            raise TypeError(node)


def _unquoted(name: str) -> str:
    return "".join(" " if letter in QUOTES else letter for letter in name)


def _bracketed(node: Node) -> str:
    return f"({render(node)})" if isinstance(node, And | Or) else render(node)


def _field(name: str) -> str:
    arabic = {"title": "عنوان", "outlet": "صحيفة", "agency": "وكالة", "author": "كاتب", "date": "تاريخ"}
    return name if get_language() == "en" else arabic.get(name, name)
