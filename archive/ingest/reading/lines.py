"""What each line of a page is: one small rule for each kind, asked in order; the first that says yes decides.

The order goes from what is certain whatever stands around it (marks, buttons, lists of other stories) over
what the
headline settles (its repetitions) to what is told only by place (subheads).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from archive.ingest.reading.furniture import is_furniture, is_marks, with_menus
from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Piece
from archive.ingest.reading.related import with_related
from archive.ingest.reading.signatures import is_byline, is_date, is_dateline, is_signature
from archive.ingest.reading.titles import Headline, find_headline
from archive.ingest.reading.types import SegmentKind
from archive.ingest.reading.units import Line

K = SegmentKind

MAX_HEAD: Final = 12
"""Lines below the headline within which its subtitle stands."""
MAX_CAPTION: Final = 40
MAX_SUBHEAD: Final = 9
KICKER_WORDS: Final = range(3, 13)
PULL_QUOTE_LINES: Final = range(2, 6)
PULL_QUOTE_WORDS: Final = 7
QUOTED_WORDS: Final = range(6, 60)
"""Words of a paragraph that can be a pull quote because another paragraph holds them all."""

_QUOTES: Final = '"«“”'
_CREDITED: Final = re.compile(r"\(([^()]{2,60})\)\s*$")


@dataclass(frozen=True, slots=True)
class Sorting:
    """A piece while its lines are sorted: what is known before the rules that need the headline are asked."""

    piece: Piece
    early: tuple[SegmentKind | None, ...]
    headline: Headline | None


def sort_lines(piece: Piece) -> tuple[tuple[SegmentKind, ...], Headline | None]:
    """The kind of each line, and the headline where there is one."""
    early = tuple(_first_of(_EARLY, piece, number) for number in range(len(piece.lines)))
    early = with_related(piece, with_menus(piece, early))
    candidates = [n for n in range(piece.first_paragraph) if early[n] is None and not _is_late_head(piece, n)]
    headline = find_headline(piece, candidates)
    sorting = Sorting(piece, early, headline)
    return tuple(early[n] or _late_kind(sorting, n) for n in range(len(piece.lines))), headline


def is_title(sorting: Sorting, number: int) -> bool:
    """The headline and its repetitions, with a site's name beside it or without."""
    if sorting.headline is None:
        return False
    line, key = sorting.piece.lines[number], sorting.headline.key
    return (
        number == sorting.headline.line
        or line.key == key
        or line.key == sorting.headline.bare_key
        or (number < sorting.piece.first_paragraph and line.key.startswith(key) and line.words <= 40)
    )


def is_caption(sorting: Sorting, number: int) -> bool:
    """A picture's words: printed twice, or with a credit in brackets at the end and no full stop."""
    piece, line = sorting.piece, sorting.piece.lines[number]
    if line.words > MAX_CAPTION or (line.is_paragraph and line.ends_sentence):
        return False
    if piece.counts[line.key] > 1:
        return line.text[0] not in _QUOTES or not line.is_paragraph
    return line.words > 3 and not line.ends_sentence and _is_credited(piece, line)


def is_subtitle(sorting: Sorting, number: int) -> bool:
    """The line under the headline, above date and byline, of four words or more and without a full stop."""
    piece, headline = sorting.piece, sorting.headline
    line = piece.lines[number]
    if headline is None or number >= piece.first_paragraph or line.words < 4 or line.ends_sentence:
        return False
    between = range(headline.line + 1, number)
    return 0 < number - headline.line <= MAX_HEAD and all(_is_nothing_between(sorting, n) for n in between)


def is_kicker(sorting: Sorting, number: int) -> bool:
    """The line right above the headline, longer than a section's name."""
    piece, headline = sorting.piece, sorting.headline
    line = piece.lines[number]
    if headline is None or number >= piece.first_paragraph or line.words not in KICKER_WORDS:
        return False
    if line.key in piece.lexicon.sections:
        return False
    return number < headline.line and all(
        _is_nothing_between(sorting, n) for n in range(number + 1, headline.line)
    )


def is_page_rest(sorting: Sorting, number: int) -> bool:
    """What else stands around a headline: section names, other lines over it."""
    piece, headline = sorting.piece, sorting.headline
    if headline is None or number >= piece.first_paragraph:
        return False
    return number < headline.line or piece.lines[number].words < 4


def is_pull_quote(sorting: Sorting, number: int) -> bool:
    """Words of the text set large beside it: two to five short lines of one sentence between blank lines, or
    a quotation whose words all stand in another paragraph."""
    piece = sorting.piece
    if number < piece.first_paragraph or number > piece.last_paragraph:
        return False
    return _is_quoted_again(piece, number) or _is_short_block(piece, number)


def is_subhead(sorting: Sorting, number: int) -> bool:
    """A short line without a full stop between paragraphs."""
    piece, line = sorting.piece, sorting.piece.lines[number]
    inside = piece.first_paragraph < number < piece.last_paragraph
    return inside and line.words <= MAX_SUBHEAD and not line.ends_sentence


_EARLY: Final[tuple[tuple[SegmentKind, Callable[[Piece, int], bool]], ...]] = (
    (K.MARKUP, is_marks),
    (K.FURNITURE, is_furniture),
    (K.DATE, is_date),
    (K.CREDIT, is_signature),
    (K.DATELINE, is_dateline),
)
_LATE: Final[tuple[tuple[SegmentKind, Callable[[Sorting, int], bool]], ...]] = (
    (K.TITLE, is_title),
    (K.BYLINE, lambda sorting, number: is_byline(sorting.piece, number)),
    (K.CAPTION, is_caption),
    (K.KICKER, is_kicker),
    (K.SUBTITLE, is_subtitle),
    (K.FURNITURE, is_page_rest),
    (K.PULL_QUOTE, is_pull_quote),
    (K.SUBHEAD, is_subhead),
)


def _first_of(
    rules: tuple[tuple[SegmentKind, Callable[[Piece, int], bool]], ...], piece: Piece, number: int
) -> SegmentKind | None:
    return next((kind for kind, rule in rules if rule(piece, number)), None)


def _late_kind(sorting: Sorting, number: int) -> SegmentKind:
    return next((kind for kind, rule in _LATE if rule(sorting, number)), K.BODY)


def _is_late_head(piece: Piece, number: int) -> bool:
    """Whether a line above the text can be no headline: a caption, a byline, a sentence."""
    line = piece.lines[number]
    pairs = pairwise(piece.lines[max(0, number - 1) : number + 2])
    flat = piece.is_flat and number > 0
    doubled = any(one.key == two.key == line.key and (flat or not two.blank_before) for one, two in pairs)
    is_sentence = line.ends_sentence and not line.text.endswith(("..", "…"))
    return doubled or is_sentence or is_byline(piece, number) or _is_by_agency(piece, line)


def _is_nothing_between(sorting: Sorting, number: int) -> bool:
    kind = sorting.early[number]
    return kind in (K.MARKUP, K.FURNITURE) or is_title(sorting, number)


def _is_quoted_again(piece: Piece, number: int) -> bool:
    line = piece.lines[number]
    if line.text[0] not in _QUOTES or line.words not in QUOTED_WORDS:
        return False
    others = ((n, other.key) for n, other in enumerate(piece.lines) if n != number)
    return any(line.key in key and (n > number or line.key != key) for n, key in others)


def _is_by_agency(piece: Piece, line: Line) -> bool:
    """Whether a line ends with an agency in brackets, as captions do and headlines do not."""
    match = _CREDITED.search(line.text)
    return match is not None and piece.lexicon.agency(match.group(1)) is not None


def _is_credited(piece: Piece, line: Line) -> bool:
    """Whether a line ends with a credit in brackets, and not with a button (`(المزيد)`) after a sentence."""
    match = _CREDITED.search(line.text)
    if match is None or name_key(match.group(1)) in piece.lexicon.furniture:
        return False
    return not line.text[: match.start()].rstrip().endswith(".")


def _is_short_block(piece: Piece, number: int) -> bool:
    first, last = _block(piece, number)
    block = piece.lines[first : last + 1]
    short = all(line.words <= PULL_QUOTE_WORDS and line.text[0] not in "-–•*" for line in block)
    return len(block) in PULL_QUOTE_LINES and short and not any(line.ends_sentence for line in block[:-1])


def _block(piece: Piece, number: int) -> tuple[int, int]:
    """The first and last line of the block between blank lines around a line, as far as it matters."""
    first, last = number, number
    nearest = max(0, number - PULL_QUOTE_LINES.stop)
    farthest = min(len(piece.lines), number + PULL_QUOTE_LINES.stop)
    while first > nearest and not piece.lines[first].blank_before:
        first -= 1
    while last + 1 < farthest and not piece.lines[last + 1].blank_before:
        last += 1
    return first, last
