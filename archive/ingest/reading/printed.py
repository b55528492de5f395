"""What a line of a page says: its letters as the page showed them, whatever stands for them in the file.

Three things stand for letters: entities that a scraper left (`&#34;`), marks that only turn lines round, and
the presentation forms of text copied out of a set page, where the shape of each letter is kept instead of
the letter, lines are stretched with tatweel, and digits and paired signs come out in the order of the eye.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from arabic import ascii_digits
from arabic import letters as l

DIRECTION_MARKS: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Without the honorifics (U+FDF0 to U+FDFF), which are signs of their own in plain text.
LETTER_SHAPES: Final = "\ufb50-\ufdcf\ufe70-\ufefc"
MIN_SHAPES: Final = 4
"""Shapes of letters that a line must hold before it is taken for one of a set page, stretched and turned."""
FIRST_YEAR, LAST_YEAR = 1300, 2099

_UNUSUAL: Final = re.compile(f"[&{DIRECTION_MARKS}{LETTER_SHAPES}]")
_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_DIRECTION_MARK: Final = re.compile(f"[{DIRECTION_MARKS}]")
_SHAPES: Final = re.compile(f"[{LETTER_SHAPES}]+")
_STRETCH: Final = re.compile(rf"(?<=[^\W\d_]){l.TATWEEL}+(?=[^\W\d_])")
_ARABIC_DIGITS: Final = re.compile("[\u0660-\u0669]+(?:[.,:/\u066b][\u0660-\u0669]+)*")
_YEAR_LENGTH: Final = 4
_PAIRS: Final = ("«»", "()", "[]")


def as_printed(raw: str) -> str:
    """A line's text as its page showed it."""
    if _UNUSUAL.search(raw) is None:
        return raw
    text = _DIRECTION_MARK.sub("", without_entities(raw))
    return of_set_page(text) if _is_of_set_page(text) else _in_plain_letters(text)


def without_entities(raw: str) -> str:
    """A text with the letters that its entities stand for; an ampersand that begins none stays."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), raw) if "&" in raw else raw


def of_set_page(line: str) -> str:
    """A line of letter shapes in plain letters, unstretched, its digits and paired signs in reading order.

    The digits are written 0-9, as newspapers that are set so print them; shapes do not tell.
    """
    return _with_pairs_turned(_with_digits_turned(_STRETCH.sub("", _in_plain_letters(line))))


def _in_plain_letters(line: str) -> str:
    return _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), line)


def _is_of_set_page(line: str) -> bool:
    return sum(len(run) for run in _SHAPES.findall(line)) >= MIN_SHAPES


def _with_digits_turned(line: str) -> str:
    """Numbers in Arabic digits the other way round, unless one of them is a year as it stands and none would
    be."""
    numbers = [ascii_digits(number) for number in _ARABIC_DIGITS.findall(line)]
    as_it_stands = any(map(_is_year, numbers)) and not any(_is_year(number[::-1]) for number in numbers)
    step = 1 if as_it_stands else -1
    return _ARABIC_DIGITS.sub(lambda match: ascii_digits(match.group())[::step], line)


def _is_year(number: str) -> bool:
    return len(number) == _YEAR_LENGTH and number.isdigit() and FIRST_YEAR <= int(number) <= LAST_YEAR


def _with_pairs_turned(line: str) -> str:
    """Each pair of signs the right way, where the first of its kind is one that closes."""
    for opening, closing in _PAIRS:
        first = min((place for sign in (opening, closing) if (place := line.find(sign)) >= 0), default=-1)
        if first >= 0 and line[first] == closing:
            line = line.translate({ord(opening): closing, ord(closing): opening})
    return line
