"""Which way a text runs, and words that stand in a line of another direction."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from archive.display.bidi_lines import DIRECTING

RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL"})
STRONG_CLASSES = RIGHT_TO_LEFT_CLASSES | {"L"}
LEAST_SHARE: Final = 5
"""A text that begins with Latin letters runs from right to left where one letter in so many is Arabic."""
_ARABIC_ALONE: Final = re.compile(r"[\u0600-\u06ff\s!-@\[-`{-~«»–—…]*+")
"""Texts without any letter of another script, as most are: the letters of this block all run leftwards."""
_UNDIRECTED: Final = dict.fromkeys(map(ord, DIRECTING))
_RLI, _LRI, _PDI = "\u2067", "\u2066", "\u2069"


def direction_of(text: str) -> str:
    """`rtl` where the text holds any letter of a right-to-left script, else `ltr`."""
    return (
        "rtl" if any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT_CLASSES for letter in text) else "ltr"
    )


def direction_of_prose(text: str) -> str:
    """The same for a headline or a paragraph, which may begin with, or quote, a name in other letters.

    The first strong letter alone (rules P2 and P3 of the bidirectional algorithm, `dir="auto"`) would turn an
    Arabic headline that begins with "BBC", any letter alone an English one that names الحياة. A text without
    letters runs as the press of this archive does.
    """
    if _ARABIC_ALONE.fullmatch(text):
        return "rtl"
    strong = [kind for kind in map(unicodedata.bidirectional, text) if kind in STRONG_CLASSES]
    leftwards = sum(kind in RIGHT_TO_LEFT_CLASSES for kind in strong)
    begins_leftwards = not strong or strong[0] in RIGHT_TO_LEFT_CLASSES
    return "rtl" if begins_leftwards or LEAST_SHARE * leftwards >= len(strong) else "ltr"


def direction_of_line(text: str) -> str:
    """The same for a line of a source or a value read from it: without letters, it runs as figures do."""
    directed = any(unicodedata.bidirectional(letter) in STRONG_CLASSES for letter in text)
    return direction_of_prose(text) if directed else "ltr"


def isolated(text: str) -> str:
    """Words for a line of plain text or of SVG, where no element can hold them apart from what is round them.

    Signs of their own that direct are left out, or they would end the isolate.
    """
    opening = _RLI if direction_of_prose(text) == "rtl" else _LRI
    return f"{opening}{text.translate(_UNDIRECTED)}{_PDI}"
