"""The lines of other stories that a page names beside an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Piece
from archive.ingest.reading.types import SegmentKind
from archive.ingest.reading.units import Line

BODY_AGAIN: Final = 35
"""Words from which on a paragraph cannot be the teaser of a related story, so that the article goes on with
it."""
SENTENCE_WORDS: Final = 6
AND: Final = "\u0648"


def with_related(piece: Piece, early: tuple[SegmentKind | None, ...]) -> tuple[SegmentKind | None, ...]:
    """The kinds with lists of other stories marked: from their heading to the end, or to where the text goes
    on."""
    related = set(related_lines(piece))
    return tuple(SegmentKind.RELATED if n in related else kind for n, kind in enumerate(early))


def related_lines(piece: Piece) -> Iterator[int]:
    """The lines of lists of other stories, their headings among them, and of all that stands below the
    page's end."""
    inside = over = False
    for number, line in enumerate(piece.lines):
        over = over or (piece.profile is not None and piece.profile.is_end(line))
        if line.key in piece.lexicon.related_headings:
            inside = True
        elif inside and goes_on(piece, number):
            inside = False
        if inside or over or _is_link(piece, line):
            yield number


def goes_on(piece: Piece, number: int) -> bool:
    """Whether the article goes on below a list of other stories: with a paragraph too long for a teaser, one
    that follows on something said before, or one right above another."""
    line = piece.lines[number]
    if line.words >= BODY_AGAIN:
        return True
    if not _is_sentence(line):
        return False
    following = piece.lines[number + 1] if number + 1 < len(piece.lines) else None
    return _follows_on(piece, line) or (following is not None and _is_sentence(following))


def _is_sentence(line: Line) -> bool:
    return line.words >= SENTENCE_WORDS and (line.ends_sentence or line.text.endswith(":"))


def _follows_on(piece: Piece, line: Line) -> bool:
    """Whether a paragraph opens with *and* or another word that joins it to what stands before."""
    first = name_key(line.text.split(maxsplit=1)[0])
    opens = piece.lexicon.joining_words
    return first in opens or (first.startswith(AND) and first not in piece.lexicon.words_in_waw)


def _is_link(piece: Piece, line: Line) -> bool:
    """`اقرأ أيضا: ...` with the other story's headline on the same line."""
    head, colon, rest = line.text.partition(":")
    return (
        bool(colon and rest) and line.words < BODY_AGAIN and name_key(head) in piece.lexicon.related_headings
    )
