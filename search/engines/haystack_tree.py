"""From what a `SearchQuerySet` was told to the tree that every engine answers.

Nothing is ever made a query string.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any, Final

from haystack.backends import SearchNode
from haystack.exceptions import SearchFieldError
from haystack.inputs import AutoQuery, BaseInput, Exact

from arabic import analyse
from search.query import parse
from search.query.tree import And, DateRange, InTitle, Named, NameKind, Node, Not, Or, Phrase, Prefix, Word

TEXT_FIELDS: Final = frozenset({"content", "text", "title"})
NAME_FIELDS: Final[dict[str, NameKind]] = {
    "outlet": "outlet",
    "agencies": "agency",
    "authors": "author",
    "section": "section",
}
MATCH_WORDS: Final = frozenset({"content", "contains", "exact", "in", "fuzzy", "endswith"})
ONE_DAY: Final = datetime.timedelta(days=1)


def tree_of(node: SearchNode) -> Node | None:
    """The tree of a `SearchNode`; None where it asks for nothing, which means everything.

    Raises: SearchFieldError: a field or a lookup that the index does not have.
    """
    parts = [part for child in node.children if (part := _child(node, child)) is not None]
    if not parts:
        return None
    joined = parts[0] if len(parts) == 1 else _join(Or if node.connector == "OR" else And, parts)
    return Not(joined, 0, 0) if node.negated else joined


def _child(node: SearchNode, child: Any) -> Node | None:
    if isinstance(child, SearchNode):
        return tree_of(child)
    expression, value = child
    field, lookup = node.split_expression(expression)
    return condition(field.removesuffix("_exact"), lookup, value)


def _join(kind: type[And | Or], parts: Iterable[Node]) -> Node:
    return kind(tuple(parts), 0, 0)


def condition(field: str, lookup: str, value: Any) -> Node | None:
    """The tree of one condition, `field__lookup=value`.

    Raises: SearchFieldError: the index has no such field or lookup.
    """
    if field in TEXT_FIELDS:
        found = _text(lookup, value)
        return InTitle(found, 0, 0) if field == "title" and found else found
    if field in NAME_FIELDS:
        return _name(field, lookup, _plain(value))
    if field == "published":
        return _days(lookup, _plain(value))
    known = ", ".join(sorted([*TEXT_FIELDS, *NAME_FIELDS, "published"]))
    raise SearchFieldError(f"{field}: the index has {known}")


def _plain(value: Any) -> Any:
    return value.query_string if isinstance(value, BaseInput) else value


def _text(lookup: str, value: Any) -> Node | None:
    if isinstance(value, AutoQuery):
        return parse(value.query_string).tree
    if lookup == "in":
        return _any(_text("content", one) for one in value)
    words = tuple(_words(str(_plain(value))))
    if not words:
        return None
    if isinstance(value, Exact) or lookup == "exact":
        return Phrase(words, 0, 0)
    if lookup == "startswith":
        last = words[-1]
        return _all([*words[:-1], Prefix(last.text, last.exact, last.normal, 0, 0)])
    if lookup not in MATCH_WORDS:
        raise SearchFieldError(f"{lookup}: text can be asked for by content, exact, startswith and in")
    return _all(words)


def _words(text: str) -> Iterable[Word]:
    for term in analyse(text):
        yield Word(text[term.start : term.end], term.exact, term.normal, term.stem, term.start, term.end)


def _all(parts: Iterable[Node]) -> Node:
    found = tuple(parts)
    return found[0] if len(found) == 1 else And(found, 0, 0)


def _any(parts: Iterable[Node | None]) -> Node | None:
    found = tuple(part for part in parts if part is not None)
    return Or(found, 0, 0) if found else None


def _name(field: str, lookup: str, value: Any) -> Node:
    values = tuple(str(one) for one in value) if lookup == "in" else (str(value),)
    if NAME_FIELDS[field] != "author":
        return Named(NAME_FIELDS[field], ", ".join(values), values, 0, 0)
    authors = [Named("author", name, tuple(term.normal for term in analyse(name)), 0, 0) for name in values]
    return authors[0] if len(authors) == 1 else Or(tuple(authors), 0, 0)


def _days(lookup: str, value: Any) -> Node:
    ranges: dict[str, Callable[[datetime.date], tuple[datetime.date | None, datetime.date | None]]] = {
        "gte": lambda day: (day, None),
        "gt": lambda day: (day + ONE_DAY, None),
        "lte": lambda day: (None, day),
        "lt": lambda day: (None, day - ONE_DAY),
        "exact": lambda day: (day, day),
        "content": lambda day: (day, day),
    }
    if lookup == "range":
        first, last = (_day(one) for one in value)
    elif lookup in ranges:
        first, last = ranges[lookup](_day(value))  # type: ignore[assignment]
    else:
        raise SearchFieldError(f"{lookup}: dates can be asked for by gte, gt, lte, lt, range and exact")
    return DateRange(first, last, 0, 0)


def _day(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise SearchFieldError(f"{value}: a date such as 2015-11-21 is expected") from error
