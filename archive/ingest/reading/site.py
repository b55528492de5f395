"""The outlet whose site a text was taken from, told by who signs the related stories beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from archive.ingest.reading.page import Piece
from archive.ingest.reading.types import Confidence, Finding, NameRef

_SIGNED: Final = re.compile(r"^[«“\"]([^«»“”\"]{2,40})[»”\"]\s*\([^()]{2,30}\)$")


def find_site(pieces: Sequence[Piece]) -> Finding[NameRef] | None:
    """The one known outlet that signs all related stories (`«الشرق الأوسط» (موسكو)`); None if none or several
    do."""
    signed = [
        (known, line.span)
        for piece in pieces
        for line in piece.lines
        if (match := _SIGNED.match(line.text)) and (known := piece.lexicon.outlet(match.group(1)))
    ]
    if len({known.slug for known, _ in signed}) != 1:
        return None
    known, span = signed[0]
    return Finding(NameRef(known.name, known.slug), "signature of related stories", Confidence.MEDIUM, span)
