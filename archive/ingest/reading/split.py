"""Where one article ends and the next begins in a plain text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from archive.ingest.reading.names import Lexicon
from archive.ingest.reading.page import Piece
from archive.ingest.reading.signatures import is_date
from archive.ingest.reading.types import Span
from archive.ingest.reading.units import Line

MAX_HEAD_LINES: Final = 8
"""Lines within which a headline is printed again above its text."""
MAX_HEADLINE_WORDS: Final = 32


def split_text(text: str, lines: Sequence[Line], lexicon: Lexicon) -> list[Piece]:
    """The articles of a text, its span divided among them without holes.

    A new one begins only where a headline cannot be anything else: printed again under a doubled caption, or
    right
    above a date on its own line, with paragraphs before and after.
    """
    whole = Piece(text, Span(0, len(text)), lines, lexicon)
    starts = [0, *_beginnings(whole)]
    pieces = []
    for first, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        start = lines[first].start if first else 0
        end = lines[after].start if after < len(lines) else len(text)
        pieces.append(Piece(text, Span(start, end), lines[first:after], lexicon))
    return pieces


def _beginnings(whole: Piece) -> Iterator[int]:
    """The lines, other than the first, where an article begins."""
    paragraphs = [number for number, line in enumerate(whole.lines) if line.is_paragraph]
    since = 0
    for number in range(1, len(whole.lines)):
        before = bisect_left(paragraphs, number) > bisect_left(paragraphs, since)
        after = bool(paragraphs) and paragraphs[-1] > number
        if before and after and (_has_doubled_head(whole, number) or _stands_over_date(whole, number)):
            since = number
            yield number


def _has_doubled_head(whole: Piece, number: int) -> bool:
    """A headline, a line doubled below it (its picture's caption), and the headline again."""
    lines = whole.lines
    line = lines[number]
    if line.is_paragraph or line.words > MAX_HEADLINE_WORDS:
        return False
    below = lines[number + 1 : number + 1 + MAX_HEAD_LINES]
    again = next((n for n, other in enumerate(below) if other.key == line.key), None)
    if again is None:
        return False
    return any(first.key == second.key != line.key for first, second in pairwise(below[:again]))


def _stands_over_date(whole: Piece, number: int) -> bool:
    """A short line without a full stop right above a full date that stands alone, and right below a
    paragraph."""
    lines = whole.lines
    line = lines[number]
    if (
        number + 1 >= len(lines)
        or line.is_paragraph
        or line.ends_sentence
        or not 3 <= line.words <= MAX_HEADLINE_WORDS
    ):
        return False
    head = Piece(whole.text, whole.span, lines[number : number + 2], whole.lexicon)
    dates = head.dates(1)
    is_full = any(date.precision in ("day", "time") for date in dates)
    return (
        lines[number - 1].is_paragraph and not lines[number + 1].blank_before and is_full and is_date(head, 1)
    )
