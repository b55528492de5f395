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
    related, comments = set(related_lines(piece)), set(comment_lines(piece))
    return tuple(
        SegmentKind.RELATED if n in related else SegmentKind.FURNITURE if n in comments else kind
        for n, kind in enumerate(early)
    )


def comment_lines(piece: Piece) -> range:
    """The lines from the heading of the readers' comments on, where it stands below the text's first
    paragraph and no more of the text follows."""
    for number, line in enumerate(piece.lines):
        below = number > piece.first_paragraph and line.key in piece.lexicon.comment_headings
        if below and not any(other.words >= BODY_AGAIN for other in piece.lines[number:]):
            return range(number, len(piece.lines))
    return range(0)


def related_lines(piece: Piece) -> Iterator[int]:
    """The lines of lists of other stories, their headings among them, and of all that stands below the
    page's end."""
    inside = over = False
    for number, line in enumerate(piece.lines):
        over = over or _is_end(piece, number)
        if line.key in piece.lexicon.related_headings:
            inside = True
        elif inside and goes_on(piece, number):
            inside = False
        if inside or over or _is_link(piece, line):
            yield number


def _is_end(piece: Piece, number: int) -> bool:
    """Whether the site's profile knows the line as one below which nothing is of the article."""
    return (
        piece.profile is not None
        and number > piece.first_paragraph
        and piece.profile.is_end(piece.lines[number])
    )


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
