"""The lines that a page prints and the article does not: signs, remains of markup, buttons, menus,
mastheads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from archive.ingest.reading.page import Piece
from archive.ingest.reading.profiles import matches
from archive.ingest.reading.signatures import is_date_label
from archive.ingest.reading.types import SegmentKind

MAX_FURNITURE: Final = 24
"""Words up to which a line can be furniture by a pattern."""
MENU_LINES: Final = 5
"""Lines in a row from which on short ones are a menu."""
MENU_WORDS: Final = 3
MENU_PARTS: Final = 4
"""Parts between strokes from which on one line is a menu."""
ATTRIBUTE_LINES: Final = 6
"""Lines over which an attribute's value can run before its tag closes."""

_COUNTER: Final = re.compile(r"^[\W_]*\d{1,2}:\d\d(?::\d\d)?[\W_]*$|^[•·*]\s*\d+$|^\d+ of \d+$")
_PLAYER: Final = re.compile(r"play-circle(?:\s+\d{1,2}:\d\d)?$")
_TAG_END: Final = ">"
_STROKES: Final = re.compile(r"\s*[|»›>•·]+\s*")


def is_marks(piece: Piece, number: int) -> bool:
    """Nothing but signs (the `&` that a page's blanks became, rulers, empty date fields), or the remains of
    a tag."""
    line = piece.lines[number]
    return not line.key or line.is_attribute or _is_in_attribute(piece, number)


def is_furniture(piece: Piece, number: int) -> bool:
    """A button, a counter, a player's time, a menu, a call to follow; what the site's profile calls its
    own."""
    line = piece.lines[number]
    if line.key in piece.lexicon.furniture or _COUNTER.match(line.text):
        return True
    if piece.profile and piece.profile.is_furniture(line) and not piece.dates(number):
        return True
    if line.words > MAX_FURNITURE or line.ends_sentence:
        return False
    if _PLAYER.search(line.text):
        return True
    return piece.is_edge(number) and (
        _is_menu_line(line.text)
        or _is_masthead(piece, number)
        or (number > 0 and _matches_pattern(piece, number))
    )


def with_menus(piece: Piece, early: tuple[SegmentKind | None, ...]) -> tuple[SegmentKind | None, ...]:
    """The kinds with menus marked."""
    menus = set(menu_lines(piece))
    return tuple(SegmentKind.FURNITURE if n in menus else kind for n, kind in enumerate(early))


def menu_lines(piece: Piece) -> Iterator[int]:
    """The lines of menus: five or more in a row of three words at most, above the text or below it."""
    if max((line.words for line in piece.lines), default=0) <= MENU_WORDS * 2:
        return
    for short, run in groupby(range(len(piece.lines)), key=lambda number: _can_be_of_menu(piece, number)):
        numbers = list(run)
        if short and len(numbers) >= MENU_LINES:
            yield from numbers


def _can_be_of_menu(piece: Piece, number: int) -> bool:
    line = piece.lines[number]
    return (
        0 < line.words <= MENU_WORDS
        and not line.ends_sentence
        and piece.is_edge(number)
        and not piece.dates(number)
        and not is_date_label(piece, number)
        and not _is_copied_headline(piece, number)
    )


def _is_copied_headline(piece: Piece, number: int) -> bool:
    """Whether the line of the page's own title, the first, ends or begins with this one."""
    key, first = piece.lines[number].key, piece.lines[0].key
    return number > 0 and piece.lines[number].words > 1 and first != key and first.endswith(key)


def _is_in_attribute(piece: Piece, number: int) -> bool:
    """Whether the line is where the value of an attribute goes on that began above and did not close."""
    if not _ends_tag(piece, number):
        return False
    above = range(number - 1, max(-1, number - ATTRIBUTE_LINES), -1)
    opener = next((n for n in above if piece.lines[n].is_attribute), None)
    return opener is not None and not any(_ends_tag(piece, n) for n in range(opener, number))


def _ends_tag(piece: Piece, number: int) -> bool:
    return piece.lines[number].text.endswith(_TAG_END)


def _is_menu_line(text: str) -> bool:
    """`الرئيسية | أخبار | رياضة | ثقافة`: a menu on one line."""
    parts = [part for part in _STROKES.split(text) if part]
    return len(parts) >= MENU_PARTS and all(len(part.split()) <= MENU_WORDS for part in parts)


def _matches_pattern(piece: Piece, number: int) -> bool:
    return matches(piece.lexicon.furniture_patterns, piece.lines[number])


def _is_masthead(piece: Piece, number: int) -> bool:
    """The page's own line above everything, with its date: editor, clock, weather."""
    if number > 1 or not piece.dates(number):
        return False
    clock = piece.lexicon.labels.clock.search(piece.lines[number].normal)
    return _matches_pattern(piece, number) or clock is not None
