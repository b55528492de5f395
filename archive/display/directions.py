"""Which way a text runs."""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL"})


def direction_of(text: str) -> str:
    """`rtl` where the text holds any letter of a right-to-left script, else `ltr`."""
    return (
        "rtl" if any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT_CLASSES for letter in text) else "ltr"
    )
