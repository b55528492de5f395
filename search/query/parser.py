"""From what was typed to a tree. Whatever is typed is answered: mistakes become warnings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arabic import analyse, normal_form
from search.query.dates import mistake_in, read_period
from search.query.lexer import FIELDS, Lexeme, Sign, lexemes
from search.query.tree import (
    And,
    DateRange,
    InTitle,
    Named,
    NameKind,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)
from search.types import QueryWarning

MAX_CHARACTERS: Final = 500
MAX_WORDS: Final = 50
MAX_WORD_LENGTH: Final = 60
MAX_DEPTH: Final = 10
MAX_DISTANCE: Final = 30
MIN_PREFIX: Final = 2
MAX_PREFIXES: Final = 4
"""Each can stand for hundreds of words."""
MAX_DATE_WORDS: Final = 6
OTHER_FIELDS: Final = re.compile(
    "text|body|content|subject|section|source|site|place|year|month|url|lang|level|page"
    "|(?:ال)?(?:نص|متن|موضوع|قسم|مصدر|موقع|مكان|سنة|شهر)",
    re.IGNORECASE,
)
"""Names of fields that readers may know from elsewhere."""
_SURROGATES: Final = re.compile("[\ud800-\udfff\x00]")
_OPERATORS: Final = re.compile(r"[-−*~&+^]+|[~^][\d.]+")
_FIELD_LIKE: Final = re.compile(r"([^\W\d_]+):(?!//)(.*)")
_LOWER_CASE: Final = frozenset({"and", "or", "not"})
_ENDS_PART: Final = frozenset({Sign.CHUNK, Sign.PHRASE, Sign.CLOSE})
_BEGINS_PART: Final = frozenset({Sign.CHUNK, Sign.PHRASE, Sign.OPEN, Sign.FIELD, Sign.NOT})
_BEFORE: Final = re.compile(r"[-−~^&]+")
_BEHIND: Final = re.compile(r"[~^][\d.]*$")
"""What other languages write behind a word: likeness and weight."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood. The places in `tree` and `warnings` count in `text`; `tree` None: no words.

    `shown`: how other spellings of its names (`Word.also`) are written; those that are not in it are only
    forms of one that is.
    """

    text: str
    tree: Node | None
    warnings: tuple[QueryWarning, ...]
    shown: Mapping[tuple[str, ...], str] = field(default_factory=dict)


def parse(typed: str) -> Parsed:
    """Understand a query. Every text is answered, in time that its first 500 characters bound."""
    text = _SURROGATES.sub("\ufffd", typed[:MAX_CHARACTERS])
    warnings = []
    if strange := _SURROGATES.search(typed[:MAX_CHARACTERS]):
        message = _("A sign that is no letter of any script was left out.")
        warnings.append(QueryWarning(message, strange.start(), strange.end()))
    if len(typed) > MAX_CHARACTERS:
        message = _("Only the first %(count)d characters of the query were searched.")
        warnings.append(QueryWarning(message % {"count": MAX_CHARACTERS}, len(text), len(text)))
    parser = _Parser(text)
    tree = parser.whole()
    return Parsed(text, tree, tuple(sorted([*warnings, *parser.warnings], key=lambda w: w.start)))


class _Parser:
    """Recursive descent over lexemes; the depth is bounded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = list(lexemes(text))
        self.place = 0
        self.depth = 0
        self.left_open = 0  # brackets too deep to count, whose partners are no mistake
        self.words = 0
        self.prefixes = 0
        self.warnings: list[QueryWarning] = []

    # -- helpers ------------------------------------------------------------

    def warn(self, message: str, start: int, end: int) -> None:
        if all(known.message != message for known in self.warnings):
            self.warnings.append(QueryWarning(message, start, end))

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.place] if self.place < len(self.lexemes) else None

    def take(self) -> Lexeme:
        self.place += 1
        return self.lexemes[self.place - 1]

    # -- grammar ------------------------------------------------------------

    def whole(self) -> Node | None:
        parts = []
        while (lexeme := self.peek()) is not None:
            if lexeme.sign is Sign.CLOSE:
                self.take()
                if self.left_open:
                    self.left_open -= 1
                else:
                    self.warn(_("A bracket closes here that was never opened."), lexeme.start, lexeme.end)
            elif part := self.alternatives():
                parts.append(part)
        return _joined(And, parts)

    def alternatives(self) -> Node | None:
        """`a b OR c d`: OR binds more weakly than the blank between words."""
        parts = [self.sequence()]
        while (lexeme := self.peek()) is not None and lexeme.sign is Sign.OR:
            self.take()
            right = self.sequence()
            if right is None or parts[-1] is None:
                self.warn(_("OR stands between two words; one is missing."), lexeme.start, lexeme.end)
            parts.append(right)
        return _joined(Or, [part for part in parts if part is not None])

    def sequence(self) -> Node | None:
        parts: list[Node] = []
        while (lexeme := self.peek()) is not None and lexeme.sign not in (Sign.OR, Sign.CLOSE):
            if lexeme.sign is Sign.AND:
                self.take()
                self.check_both_sides(lexeme, bool(parts))
            elif part := self.part():
                parts.append(part)
        return _joined(And, parts)

    def check_both_sides(self, sign: Lexeme, something_before: bool) -> None:
        following = self.peek()
        if not something_before or following is None or following.sign in (Sign.OR, Sign.AND, Sign.CLOSE):
            self.warn(_("AND stands between two words; one is missing."), sign.start, sign.end)

    def part(self) -> Node | None:
        lexeme = self.take()
        match lexeme.sign:
            case Sign.NOT:
                return self.exclusion(lexeme)
            case Sign.OPEN:
                return self.group(lexeme)
            case Sign.PHRASE:
                return self.phrase(lexeme)
            case Sign.FIELD:
                return self.field(lexeme)
            case Sign.LONE_QUOTE:
                self.warn(
                    _("This quotation mark has no partner; its words were searched singly."),
                    lexeme.start,
                    lexeme.end,
                )
                return None
            case _:
                return self.chunk(lexeme)

    def exclusion(self, sign: Lexeme) -> Node | None:
        following = self.peek()
        if following is None or following.sign in (Sign.OR, Sign.CLOSE, Sign.AND) or self.too_deep(sign):
            self.warn(_("Nothing follows here that could be excluded."), sign.start, sign.end)
            return None
        self.depth += 1
        child = self.part()
        self.depth -= 1
        if isinstance(child, Not):
            return replace(child.child, start=sign.start)
        return Not(child, sign.start, child.end) if child else None

    def too_deep(self, sign: Lexeme) -> bool:
        if self.depth < MAX_DEPTH:
            return False
        message = _("Brackets are nested more than %(count)d deep; the inner ones were left out.")
        self.warn(message % {"count": MAX_DEPTH}, sign.start, sign.end)
        return True

    def group(self, opening: Lexeme) -> Node | None:
        if self.too_deep(opening):
            self.left_open += 1
            return None
        self.depth += 1
        before = self.place
        inside = self.alternatives()
        self.depth -= 1
        closing = self.peek()
        if closing is None or closing.sign is not Sign.CLOSE:
            self.warn(_("This bracket is never closed."), opening.start, opening.end)
            return inside
        self.take()
        if inside is None and self.place == before + 1:
            self.warn(_("There is no word between these brackets."), opening.start, closing.end)
        return replace(inside, start=opening.start, end=closing.end) if inside else None

    # -- leaves ------------------------------------------------------------

    def analysed(self, text: str, start: int) -> list[Word]:
        words = [
            Word(
                text[term.start : term.end],
                term.exact[:MAX_WORD_LENGTH],
                term.normal[:MAX_WORD_LENGTH],
                term.stem[:MAX_WORD_LENGTH],
                start + term.start,
                start + term.end,
            )
            for term in analyse(text)
        ]
        room = max(0, MAX_WORDS - self.words)
        if len(words) > room:
            message = _("A query can have %(count)d words; the words from here on were left out.")
            self.warn(message % {"count": MAX_WORDS}, words[room].start, len(self.text))
        self.words += len(words[:room])
        return words[:room]

    def phrase(self, lexeme: Lexeme) -> Node | None:
        words = tuple(self.analysed(lexeme.text, lexeme.inner))
        if not words:
            if self.words < MAX_WORDS:
                message = _("There is no word between these quotation marks.")
                self.warn(message, lexeme.start, lexeme.end)
            return None
        if lexeme.distance is None or len(words) == 1:
            return Phrase(words, lexeme.start, lexeme.end)
        if not 1 <= lexeme.distance <= MAX_DISTANCE:
            message = _("Words can be from 1 to %(count)d places apart.")
            self.warn(message % {"count": MAX_DISTANCE}, lexeme.start, lexeme.end)
        distance = max(1, min(lexeme.distance, MAX_DISTANCE))
        return Near(words, distance, lexeme.start, lexeme.end)

    def chunk(self, lexeme: Lexeme) -> Node | None:
        behind = _BEHIND.search(lexeme.text)
        text = lexeme.text[: behind.start()] if behind else lexeme.text
        words: list[Node] = list(self.analysed(text, lexeme.start))
        if not words:
            if _OPERATORS.fullmatch(lexeme.text):
                self.left_out(lexeme.text, lexeme.start)
            return None
        if behind:
            self.left_out(behind.group(), lexeme.start + behind.start())
        if before := _BEFORE.match(text):
            self.left_out(before.group(), lexeme.start)
        self.check_field(text, lexeme)
        self.check_operator(lexeme)
        last, body = words[-1], text.rstrip("*")
        starred = isinstance(last, Word) and last.end == lexeme.start + len(body)
        if "*" in body or not (starred or body == text):
            message = _("A star stands at the end of a word, for any ending; elsewhere it means nothing.")
            self.warn(message, lexeme.start, lexeme.end)
        if isinstance(last, Word) and starred and body != text:
            words[-1] = self.prefix(last, lexeme.start + len(text))
        return _joined(And, words)

    def left_out(self, sign: str, start: int) -> None:
        message = _("“%(sign)s” means nothing here and was left out.")
        self.warn(message % {"sign": sign[:10]}, start, start + len(sign))

    def check_field(self, text: str, lexeme: Lexeme) -> None:
        """A field without its value, or one that only other search engines have."""
        found = _FIELD_LIKE.match(text)
        if found is None:
            return
        name, value = found.groups()
        if not value and normal_form(name) in FIELDS:
            message = _(
                "Nothing stands right behind this colon, so the name of the field was searched as a word."
            )
            self.warn(message, lexeme.start, lexeme.start + len(text))
        elif value and OTHER_FIELDS.fullmatch(name):
            message = _(
                "There is no field “%(name)s”, so it was searched as a word. "
                "The fields are title, outlet, agency, author and date."
            )
            self.warn(message % {"name": name}, lexeme.start, lexeme.start + len(name) + 1)

    def check_operator(self, lexeme: Lexeme) -> None:
        """An operator in small letters between words: it is one of them."""
        if lexeme.text not in _LOWER_CASE:
            return
        around = self.lexemes[max(0, self.place - 2) : self.place + 1 : 2]
        if len(around) == 2 and around[0].sign in _ENDS_PART and around[1].sign in _BEGINS_PART:
            message = _("“%(word)s” was searched as a word; the operator is written %(operator)s.")
            said = {"word": lexeme.text, "operator": lexeme.text.upper()}
            self.warn(message % said, lexeme.start, lexeme.end)

    def prefix(self, word: Word, end: int) -> Node:
        if len(word.normal) < MIN_PREFIX:
            message = ngettext(
                "At least %(count)d letter must stand before the star; the word was searched as it is.",
                "At least %(count)d letters must stand before the star; the word was searched as it is.",
                MIN_PREFIX,
            )
            self.warn(message % {"count": MIN_PREFIX}, word.start, end)
            return replace(word, end=end)
        self.prefixes += 1
        if self.prefixes > MAX_PREFIXES:
            message = _("At most %(count)d words can end in a star; the others were searched as they are.")
            self.warn(message % {"count": MAX_PREFIXES}, word.start, end)
            return replace(word, end=end)
        return Prefix(word.text, word.exact, word.normal, word.start, end)

    # -- fields ------------------------------------------------------------

    def field(self, name: Lexeme) -> Node | None:
        if name.text == "date":
            return self.date(name)
        if self.peek() is None or self.too_deep(name):
            return None
        if name.text == "title":
            self.depth += 1
            child = self.part()
            self.depth -= 1
            return InTitle(child, name.start, child.end) if child else None
        return self.named(name)

    def named(self, name: Lexeme) -> Node | None:
        value = self.take()
        if value.sign not in (Sign.PHRASE, Sign.CHUNK):
            self.place -= 1
            self.warn(_("A name must follow the colon; put it in quotation marks."), name.start, name.end)
            return None
        kinds: dict[str, NameKind] = {"outlet": "outlet", "agency": "agency", "author": "author"}
        folded = tuple(term.normal for term in analyse(value.text))
        if not folded:
            self.warn(_("A name must follow the colon; put it in quotation marks."), name.start, value.end)
            return None
        return Named(kinds[name.text], value.text, folded, name.start, value.end)

    def date(self, name: Lexeme) -> Node | None:
        """The longest run of what follows that is a date; months can be two words."""
        best = None
        values = self.lexemes[self.place : self.place + MAX_DATE_WORDS]
        for count, value in enumerate(values, start=1):
            if value.sign not in (Sign.PHRASE, Sign.CHUNK):
                break
            text = value.text if count == 1 else self.text[values[0].start : value.end]
            if period := read_period(text):
                best = count, DateRange(period.first, period.last, name.start, value.end)
        if best is not None:
            self.place += best[0]
            return best[1]
        self.not_a_date(name, values)
        return None

    def not_a_date(self, name: Lexeme, values: list[Lexeme]) -> None:
        typed, end = "", values[0].end if values else name.end
        if values and values[0].sign in (Sign.PHRASE, Sign.CHUNK):
            typed = self.take().text
        self.warn(mistake_in(typed), name.start, end)


def _joined(kind: type[And | Or], parts: list[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts), parts[0].start, parts[-1].end)
