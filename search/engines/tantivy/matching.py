"""From a query tree to tantivy's query objects: which articles are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from tantivy import FieldType, Occur, Query

from search.engines.base import Filters
from search.engines.counts import words_of_name, years_of
from search.engines.tantivy.nearness import Forms, Nearness, alternatives, different_words, form_of
from search.engines.tantivy.schema import FORMS, SCHEMA, UNKNOWN_VALUE, in_title
from search.engines.tantivy.snapshot import (
    Address,
    Snapshot,
    all_but,
    all_of,
    any_of,
    any_term,
    term,
    unscored,
)
from search.query import any_of as loosened
from search.query.tree import And, DateRange, InTitle, Named, Near, Node, Not, Or, Phrase, Prefix, Word
from search.types import UNKNOWN, Level

MOST_READ: Final = 600
"""Articles that are read for all nearness of three and more words in a query: half a second's worth."""
_LOOSER: Final = {Level.EXACT: Level.FOLDED, Level.FOLDED: Level.INFLECTED}
_NAME_FIELDS = {"outlet": "outlet", "section": "section", "agency": "agencies", "author": "authors"}


class At(NamedTuple):
    """How a part of a query is read: at which step, whether within the title, and whether what it finds is
    left out of what the whole finds."""

    level: Level
    title: bool = False
    excluded: bool = False

    @property
    def field(self) -> str:
        """The field of the words that count so."""
        form = FORMS[self.level]
        return in_title(form) if self.title else form

    def negated(self) -> At:
        """What is not to be found: always at one step, for if less were excluded at a stricter one, that step
        could find more."""
        return At(Level.INFLECTED, self.title, not self.excluded)


class Matcher:
    """Compiles one tree for a snapshot, and remembers what it had to look up."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._everything = Query.all_query()
        self._known: dict[tuple[int, At], Query] = {}
        self._near_read: dict[tuple[int, bool, bool], Mapping[Level, Sequence[int]] | None] = {}
        self._may_read = MOST_READ
        self.paired_only = False
        """Whether nearness of three and more words was looked for by pairs alone, for too many have those."""
        self.left_in = False
        """Whether some articles may not have been excluded that have words so near each other."""

    def at_level(self, tree: Node | None, level: Level) -> Query:
        """What a query finds at a step of the ladder; each step finds all that the one before finds.

        Steps that must find the same have one answer: it need be asked for once only.
        """
        if tree is None:
            return self._everything
        if level is not Level.ANY:
            return self.query(tree, At(level))
        looser = loosened(tree)
        return self.query(tree if looser == tree else looser, At(Level.INFLECTED))

    def query(self, node: Node, at: At) -> Query:
        """What one part of a query finds."""
        match node:
            case And():
                return self._all(node, at)
            case Or():
                return any_of([self.query(child, at) for child in node.children])
            case Not():
                return all_but(self.query(node.child, at.negated()))
            case InTitle():
                return self.query(node.child, at._replace(title=True))
            case Named():
                return self._named(node)
            case DateRange():
                first, last = node.first, node.last
                return printed_between(
                    first.toordinal() if first else None, last.toordinal() if last else None
                )
            case _:
                return self._standing(node, at)

    def _all(self, node: And, at: At) -> Query:
        clauses = [
            (Occur.MustNot, self.query(child.child, at.negated()))
            if isinstance(child, Not)
            else (Occur.Must, self.query(child, at))
            for child in node.children
        ]
        if all(occur == Occur.MustNot for occur, _query in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _standing(self, node: Word | Prefix | Phrase | Near, at: At) -> Query:
        """What stands in the text; made once for all steps of the ladder at which it is the same."""
        if isinstance(node, Prefix | Phrase):
            at = at._replace(level=_spelled(at.level))
        key = id(node), at
        if key not in self._known:
            self._known[key] = self._find(node, at)
        return self._known[key]

    def _find(self, node: Word | Prefix | Phrase | Near, at: At) -> Query:
        match node:
            case Word():
                return any_of([run(at.field, forms) for forms in alternatives(node, at.level)])
            case Prefix():
                return any_term(at.field, self.snapshot.forms_of_prefix(node, at.level))
            case Phrase():
                return run(at.field, tuple(form_of(word, at.level) for word in node.words))
            case Near():
                return self._near(node, at)

    def _near(self, node: Near, at: At) -> Query:
        words = different_words(node, at.level)
        if len(words) == 1:
            return any_of([run(at.field, forms) for forms in words[0]])
        if len(words) == 2 and all(len(forms) == 1 for word in words for forms in word):
            return near_first(words, at.field, node.distance)
        read = self._read(node, at)
        if read is not None:
            return any_term("pk", read[at.level])
        pairs = near_first(words, at.field, node.distance)
        looser = _LOOSER.get(at.level)
        return all_of([pairs, self._standing(node, at._replace(level=looser))]) if looser else pairs

    def _read(self, node: Near, at: At) -> Mapping[Level, Sequence[int]] | None:
        """The articles (keys) in which the words really stand so, at each step, for tantivy knows nearness of
        two single words only; each is read once. None where more would have to be read than there is time
        for: then the first word's nearness to each other one must do. Of what is excluded only what was read
        is found, for else articles would be hidden that the query does not exclude."""
        key = id(node), at.title, at.excluded
        if key not in self._near_read:
            loosest = at._replace(level=Level.INFLECTED)
            pairs = near_first(different_words(node, loosest.level), loosest.field, node.distance)
            self._near_read[key] = self._read_within_budget(node, pairs, at)
        return self._near_read[key]

    def _read_within_budget(self, node: Near, pairs: Query, at: At) -> Mapping[Level, Sequence[int]] | None:
        found, may_read = self.snapshot.count(pairs), self._may_read
        if found > may_read and not at.excluded:
            self.paired_only = True
            return None
        self.left_in |= found > may_read
        reading = min(found, may_read)
        self._may_read -= reading
        # a page without hits asks for the same nearness again with each thing that it suggests
        words = tuple((word.exact, word.normal, word.stem, word.also) for word in node.words)
        read: Mapping[Level, Sequence[int]] = self.snapshot.kept(
            (words, node.distance, at.title, reading),
            lambda: self._read_articles(node, self.snapshot.every(unscored(pairs))[:reading], at),
        )
        return read

    def _read_articles(self, node: Near, near: Sequence[Address], at: At) -> Mapping[Level, Sequence[int]]:
        nearness = Nearness(node)
        found: dict[Level, list[int]] = {level: [] for level in FORMS}
        for address, pk in zip(near, self.snapshot.pks(near), strict=True):
            parts = self.snapshot.spelled(address)
            for level in nearness.steps(parts[:1] if at.title else parts):
                found[level].append(pk)
        return found

    def _named(self, node: Named) -> Query:
        field = _NAME_FIELDS[node.kind]
        if node.kind != "author":
            return any_term(field, node.values)
        wanted = set(node.values)
        return any_term(field, [name for name in self.snapshot.authors if wanted <= words_of_name(name)])


def run(field: str, forms: Forms) -> Query:
    """The articles in which these words stand one after the other."""
    if len(forms) == 1:
        return term(field, forms[0])
    return Query.phrase_query(SCHEMA, field, list(forms))


def near_first(words: Sequence[tuple[Forms, ...]], field: str, distance: int) -> Query:
    """The articles in which each word stands somewhere near the first one."""
    return all_of([_near_pair(field, words[0], other, distance) for other in words[1:]])


def _near_pair(field: str, one: Sequence[Forms], other: Sequence[Forms], distance: int) -> Query:
    """The articles in which first words of two words' spellings stand near each other.

    Two words of one place of a phrase, with some slop, are at most so far apart, in either order.
    """
    starts = {(first[0], second[0]) for first, second in product(one, other)}
    return any_of(
        [
            term(field, first)
            if first == second
            else Query.phrase_query(SCHEMA, field, [(0, first), (0, second)], slop=distance)
            for first, second in sorted(starts)
        ]
    )


def printed_between(first: int | None, last: int | None) -> Query:
    """The articles of which all that is known of the date lies between two days:
    "2015" is not in November 2015.
    """
    ranges = []
    if first is not None:
        ranges.append(Query.range_query(SCHEMA, "first_day", FieldType.Integer, first, None))
    if last is not None:
        ranges.append(Query.range_query(SCHEMA, "last_day", FieldType.Integer, None, last))
    return all_of(ranges) if ranges else Query.exists_query("first_day")


def written_by(authors: Sequence[str]) -> Query:
    """The articles of one of these authors; the unknown one stands for those that name none."""
    queries = [any_term("authors", [name for name in authors if name != UNKNOWN])]
    if UNKNOWN in authors:
        queries.append(all_but(Query.exists_query("authors")))
    return any_of(queries)


def visible(query: Query, filters: Filters, hidden: frozenset[str]) -> Query:
    """What a query finds, without scores, among what the filters let through and readers may see."""
    clauses = [(Occur.Must, query), *((Occur.Must, one) for one in _narrowing(filters))]
    if hidden:
        clauses.append((Occur.MustNot, any_term("uid", sorted(hidden))))
    return unscored(Query.boolean_query(clauses) if len(clauses) > 1 else query)


def _narrowing(filters: Filters) -> list[Query]:
    names = {"outlet": filters.outlets, "section": filters.sections, "agencies": filters.agencies}
    found = [any_term(field, map(_kept, values)) for field, values in names.items() if values]
    if filters.authors:
        found.append(written_by(filters.authors))
    if filters.years:
        found.append(any_term("year", years_of(filters.years)))
    first, last = filters.date_from, filters.date_to
    if first or last:
        found.append(
            printed_between(first.toordinal() if first else None, last.toordinal() if last else None)
        )
    return found


def _kept(value: str) -> str:
    return UNKNOWN_VALUE if value == UNKNOWN else value


def _spelled(level: Level) -> Level:
    """The step at which phrases and prefixes are looked for: by spelling, never by stem."""
    return Level.EXACT if level is Level.EXACT else Level.FOLDED
