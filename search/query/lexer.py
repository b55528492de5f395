"""Cut what was typed into signs and words, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from arabic import normal_form

QUOTES: Final = '"“”„«»＂'
"""What opens a phrase; any of them closes it."""
MINUS: Final = "-−"
_SIGNS: Final = f"{QUOTES}()|"
_CHUNK: Final = re.compile(rf"[^\s{re.escape(_SIGNS)}]+")
_NEARNESS: Final = re.compile(r"~(\d+)")
_FIELD: Final = re.compile(rf"([^\W\d_]+):(?=[^\s{re.escape(')|')}])")

FIELDS: Final = {
    normal_form(name): field
    for field, names in {
        "title": ("title", "عنوان", "العنوان"),
        "outlet": ("outlet", "صحيفة", "الصحيفة"),
        "agency": ("agency", "وكالة", "الوكالة"),
        "author": ("author", "كاتب", "الكاتب"),
        "date": ("date", "تاريخ", "التاريخ"),
    }.items()
    for name in names
}
"""The fields that a query can name, by the folded form of each name."""
OR_WORDS: Final = frozenset({"OR", "أو", "او", "||"})
AND_WORDS: Final = frozenset({"AND", "&", "&&"})
NOT_WORDS: Final = frozenset({"NOT"})


class Sign(Enum):
    """What a lexeme is."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    FIELD = auto()
    PHRASE = auto()
    CHUNK = auto()
    LONE_QUOTE = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A sign or a run of letters. `text`: the inside of a phrase, the letters of a chunk, a field's name.

    `inner`: where `text` begins. `distance`: what stands behind a phrase as `~n`.
    """

    sign: Sign
    text: str
    start: int
    end: int
    inner: int
    distance: int | None = None


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query in order; blanks between them are left out."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        lexeme = _lexeme_at(text, place)
        yield lexeme
        place = lexeme.end


def _lexeme_at(text: str, place: int) -> Lexeme:
    letter = text[place]
    if letter in QUOTES:
        return _phrase_at(text, place)
    if letter in "()|":
        sign = {"(": Sign.OPEN, ")": Sign.CLOSE, "|": Sign.OR}[letter]
        return Lexeme(sign, letter, place, place + 1, place)
    if letter in MINUS and _begins_something(text, place + 1):
        return Lexeme(Sign.NOT, letter, place, place + 1, place)
    field = _FIELD.match(text, place)
    if field and normal_form(field[1]) in FIELDS:
        return Lexeme(Sign.FIELD, FIELDS[normal_form(field[1])], place, field.end(), place)
    return _chunk_at(text, place)


def _begins_something(text: str, place: int) -> bool:
    return place < len(text) and not text[place].isspace() and text[place] not in f"{MINUS})|*~"


def _phrase_at(text: str, place: int) -> Lexeme:
    closing = min((at for quote in QUOTES if (at := text.find(quote, place + 1)) >= 0), default=-1)
    if closing < 0:
        return Lexeme(Sign.LONE_QUOTE, text[place], place, place + 1, place)
    nearness = _NEARNESS.match(text, closing + 1)
    return Lexeme(
        Sign.PHRASE,
        text[place + 1 : closing],
        place,
        nearness.end() if nearness else closing + 1,
        place + 1,
        int(nearness[1]) if nearness else None,
    )


def _chunk_at(text: str, place: int) -> Lexeme:
    found = _CHUNK.match(text, place)
    if found is None:
        return Lexeme(Sign.CHUNK, text[place], place, place + 1, place)
    chunk = found.group()
    sign = Sign.CHUNK
    for words, meaning in ((OR_WORDS, Sign.OR), (AND_WORDS, Sign.AND), (NOT_WORDS, Sign.NOT)):
        if chunk in words:
            sign = meaning
    return Lexeme(sign, chunk, place, found.end(), place)
