"""Words of a text, each with its place in it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from arabic import letters as l

_LETTER: Final = f"[{l.regex_class(*l.ARABIC_WORD_LETTERS)}]"
_MARK: Final = f"[{l.TATWEEL}{l.regex_class(*l.MARKS, *l.PRINTED_MARKS, l.LATIN_MARKS)}]"
_JOINER: Final = f"[{l.TATWEEL}{l.regex_class(*l.MARKS, *l.PRINTED_MARKS, l.LATIN_MARKS, *l.INVISIBLES)}]"
_OTHER: Final = rf"[^\W_{l.TATWEEL}{l.regex_class(*l.ARABIC_WORD_LETTERS, *l.MARKS, *l.PRINTED_MARKS)}]"

# An Arabic word, or a run of other letters and digits. They part where they meet, so that 1436هـ is found
# by its number and الـBBC by its name. A mark at the end belongs to the word; an invisible sign there does
# not.
TOKEN: Final = re.compile(
    f"{_LETTER}++(?:{_JOINER}++{_LETTER}++)*+{_MARK}*+|{_OTHER}++(?:{_JOINER}++{_OTHER}++)*+{_MARK}*+"
)
"""One word: vowel marks, tatweel and joiners inside it are part of it."""


class Token(NamedTuple):
    """A word as it stands in a text: ``text == original[start:end]``."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> Iterator[Token]:
    """The words of a text in order, with offsets (characters) into the text as given; they never overlap.

    Numbers part at their signs: ``9:59`` is two tokens, ``42%`` one.
    """
    for match in TOKEN.finditer(text):
        yield Token(match.group(), match.start(), match.end())
