"""What is stored of a text: its words without the characters that print nothing or turn lines round."""

from __future__ import annotations

import re
from typing import Final

NEL: Final = "\u0085"
LINE_SEPARATOR: Final = "\u2028"
PARAGRAPH_SEPARATOR: Final = "\u2029"
DIRECTION_OVERRIDES: Final = "\u202a-\u202e\u2066-\u2069"
BYTE_ORDER_MARK: Final = "\ufeff"
REPLACEMENT: Final = "\ufffd"
NO_BREAK_SPACE: Final = "\u00a0"

_LINE_END: Final = re.compile(f"\r\n?|[{NEL}\x0b\x0c{LINE_SEPARATOR}{PARAGRAPH_SEPARATOR}]")
# Joiners (U+200C, U+200D) and the plain direction marks (U+200E, U+200F) stay: they are how words are
# written.
_NO_CHARACTERS: Final = (
    f"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{DIRECTION_OVERRIDES}{BYTE_ORDER_MARK}\ufff9-\ufffb"
)
_SURROGATES: Final = "\ud800-\udfff"
_UNUSUAL: Final = re.compile(f"[{_NO_CHARACTERS}{_SURROGATES}]")
_UNPRINTED: Final = re.compile(f"[{_NO_CHARACTERS}]")
_LONE_SURROGATE: Final = re.compile(f"[{_SURROGATES}]")
_BLANK_RUN: Final = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """A body as it is stored: control and direction-override characters removed, line ends made one kind,
    spaces at
    line edges dropped, runs of blank lines folded into one. The words are untouched."""
    text = without_unprinted(_LINE_END.sub("\n", text))
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK_RUN.sub("\n\n", lines).strip()


def clean_line(text: str) -> str:
    """A title or name as it is stored: cleaned, and on one line."""
    return " ".join(without_unprinted(text).split())


def without_unprinted(text: str) -> str:
    """The text without control and direction-override characters; half characters become U+FFFD."""
    if _UNUSUAL.search(text) is None:
        return text
    return _LONE_SURROGATE.sub(REPLACEMENT, _UNPRINTED.sub("", text))
