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

from arabic import normal_form
from archive.ingest.reading.bylines import Byline, is_desk_word, is_person, opens_byline
from archive.ingest.reading.names import name_key
from archive.ingest.reading.page import Piece
from archive.ingest.reading.titles import Headline, find_headline
from archive.ingest.reading.types import SegmentKind

K = SegmentKind

BODY_AGAIN: Final = 35
"""Words from which on a paragraph cannot be the teaser of a related story, so that the article goes on with
it."""
MAX_FURNITURE: Final = 12
MAX_DATE_LINE: Final = 18
MAX_DATELINE: Final = 14
MAX_BARE_NAME: Final = 4
MAX_HEAD: Final = 12
"""Lines below the headline within which its subtitle stands."""
MAX_CAPTION: Final = 40
MAX_SUBHEAD: Final = 9
PULL_QUOTE_LINES: Final = range(2, 6)
PULL_QUOTE_WORDS: Final = 7

_DASHED: Final = re.compile(r"^[^،,:.]+\s[-–—]\s[^،,:.]+$")
_COUNTER: Final = re.compile(r"^[\W_]*\d{1,2}:\d\d(?::\d\d)?[\W_]*$|^[•·*]\s*\d+$|^\d+ of \d+$")
_PLAYER: Final = re.compile(r"play-circle(?:\s+\d{1,2}:\d\d)?$")
_CREDITED: Final = re.compile(r"\(([^()]{2,60})\)\s*$")
_BRACKETED: Final = re.compile(r"^\(([^()]{2,80})\)\s*\.?$")
_SOURCE: Final = re.compile(r"^(?:المصدر|المصادر|نقلا عن|وكالات الأنباء)\s*:\s*(.{2,60})$")
_IN_SENTENCE: Final = re.compile(r"(?:في|منذ|بعد|قبل|حتى|خلال|يوم)\s")
_BETWEEN_SIGNERS: Final = re.compile(r"\s*[،,–/+]\s*|\s+-\s*|\s*-\s+")
_AROUND_DATE: Final = re.compile(
    r"\b(?:تاريخ|النشر|نشر|نشرت|تم|نشره|في|بتاريخ|اخر|تحديث|الموافق|العدد|عدد|الساعه|بتوقيت|غرينتش|جرينتش|مكه|المكرمه|"
    r"يوم|هـ|ه|م|ص|صباحا|مساء|gmt|utc|issue|newspaper|g|h|no|am|pm)\b|\d+|[\W_]+"
)


@dataclass(frozen=True, slots=True)
class Sorting:
    """A piece while its lines are sorted: what is known before the rules that need the headline are asked."""

    piece: Piece
    early: tuple[SegmentKind | None, ...]
    headline: Headline | None


def sort_lines(piece: Piece) -> tuple[tuple[SegmentKind, ...], Headline | None]:
    """The kind of each line, and the headline where there is one."""
    early = tuple(_first_of(_EARLY, piece, number) for number in range(len(piece.lines)))
    early = _with_related(piece, early)
    candidates = [n for n in range(piece.first_paragraph) if early[n] is None and not _is_late_head(piece, n)]
    headline = find_headline(piece, candidates)
    sorting = Sorting(piece, early, headline)
    return tuple(early[n] or _late_kind(sorting, n) for n in range(len(piece.lines))), headline


def is_marks(piece: Piece, number: int) -> bool:
    """Nothing but signs: the `&` that a page's blanks became, rulers, empty date fields."""
    return not piece.lines[number].key


def is_furniture(piece: Piece, number: int) -> bool:
    """A button, a counter, a player's time, a call to follow: what the page prints and not the article."""
    line = piece.lines[number]
    if line.key in piece.lexicon.furniture or _COUNTER.match(line.text):
        return True
    if line.words > MAX_FURNITURE * 2 or line.ends_sentence:
        return False
    if _PLAYER.search(line.text):
        return True
    return (number > 0 and piece.is_edge(number) and _matches_pattern(piece, number)) or _is_masthead(
        piece, number
    )


def is_date(piece: Piece, number: int) -> bool:
    """A date on a line of its own, above or below the text, with nothing beside it but a name."""
    line = piece.lines[number]
    if (
        line.words > MAX_DATE_LINE
        or line.is_paragraph
        or not piece.is_edge(number)
        or not piece.dates(number)
    ):
        return False
    rest = beside_date(piece, number)
    if not rest or piece.lexicon.outlet(rest):
        return True
    return is_person(rest) and len(rest.split()) < MAX_BARE_NAME and not _IN_SENTENCE.match(line.text)


def is_signature(piece: Piece, number: int) -> bool:
    """`(الأخبار، أ ف ب)`, `المصدر: رويترز`, or an agency's name alone: who the text is from."""
    line = piece.lines[number]
    if _BRACKETED.match(line.text) or _SOURCE.match(line.text):
        return all(_is_known(piece, part) for part in signers(line.text))
    return piece.is_edge(number) and piece.lexicon.agency(line.text) is not None


def is_dateline(piece: Piece, number: int) -> bool:
    """`بلدي نيوز - وكالات`: a short line of an outlet, agency or place, and names, at an edge of the text."""
    line = piece.lines[number]
    if line.words > MAX_DATELINE or line.ends_sentence or not piece.is_edge(number):
        return False
    byline = piece.byline(number)
    if byline.others:
        return False
    if byline.outlet or byline.agencies:
        # On top, `... - اسم الموقع` is a headline with its site's name unless a short name stands there.
        longest = MAX_BARE_NAME if number else MAX_BARE_NAME - 1
        return all(len(name.split()) <= longest for name in byline.authors)
    return number > 0 and piece.lexicon.is_place(byline.place or "") and _is_place_and_name(byline)


def is_byline(piece: Piece, number: int) -> bool:
    """`كتبت ليلى الحاج سعيد`, `رأي - جورج الحداد`, `قصر الريحان - راشد المطوع`; a bare name beside a date."""
    line = piece.lines[number]
    if line.words > MAX_DATELINE or line.ends_sentence or not piece.is_edge(number) or number == 0:
        return False
    byline = piece.byline(number)
    if not byline.authors or byline.others:
        return False
    if opens_byline(line.text):
        return True
    if _DASHED.search(line.text):
        return _is_place_and_name(byline)
    return len(byline.parts) == 1 and line.words <= MAX_BARE_NAME and _stands_by_date(piece, number)


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
    if line.words > MAX_CAPTION:
        return False
    if piece.counts[line.key] > 1:
        return True
    return line.words > 3 and not line.ends_sentence and _CREDITED.search(line.text) is not None


def is_subtitle(sorting: Sorting, number: int) -> bool:
    """The line under the headline, above date and byline, of four words or more."""
    piece, headline = sorting.piece, sorting.headline
    if headline is None or number >= piece.first_paragraph or piece.lines[number].words < 4:
        return False
    between = range(headline.line + 1, number)
    return 0 < number - headline.line <= MAX_HEAD and all(_is_nothing_between(sorting, n) for n in between)


def is_page_rest(sorting: Sorting, number: int) -> bool:
    """What else stands around a headline: section names, overlines."""
    piece, headline = sorting.piece, sorting.headline
    if headline is None or number >= piece.first_paragraph:
        return False
    return number < headline.line or piece.lines[number].words < 4


def is_pull_quote(sorting: Sorting, number: int) -> bool:
    """Two to five short lines of one sentence between blank lines: words of the text set large beside it."""
    piece = sorting.piece
    if number < piece.first_paragraph or number > piece.last_paragraph:
        return False
    first, last = _block(piece, number)
    block = piece.lines[first : last + 1]
    short = all(line.words <= PULL_QUOTE_WORDS and line.text[0] not in "-–•*" for line in block)
    return len(block) in PULL_QUOTE_LINES and short and not any(line.ends_sentence for line in block[:-1])


def is_subhead(sorting: Sorting, number: int) -> bool:
    """A short line without a full stop between paragraphs."""
    piece, line = sorting.piece, sorting.piece.lines[number]
    inside = piece.first_paragraph < number < piece.last_paragraph
    return inside and line.words <= MAX_SUBHEAD and not line.ends_sentence


def signers(signature: str) -> list[str]:
    """The names of a signature line."""
    match = _BRACKETED.match(signature) or _SOURCE.match(signature)
    names = match.group(1) if match else signature
    return [part.strip(' «»"“”') for part in _BETWEEN_SIGNERS.split(names)]


def beside_date(piece: Piece, number: int) -> str:
    """What a line holds beside its dates and the words that go with them: an author's name, a paper's, or
    nothing."""
    text, rest, at = piece.lines[number].text, [], 0
    for date in piece.dates(number):
        rest.append(text[at : date.start])
        at = date.end
    kept = [word for word in " ".join([*rest, text[at:]]).split() if _AROUND_DATE.sub("", normal_form(word))]
    return " ".join(kept).strip(" -–—|:/.")


_EARLY: Final[tuple[tuple[SegmentKind, Callable[[Piece, int], bool]], ...]] = (
    (K.MARKUP, is_marks),
    (K.FURNITURE, is_furniture),
    (K.DATE, is_date),
    (K.CREDIT, is_signature),
    (K.DATELINE, is_dateline),
)
_LATE: Final[tuple[tuple[SegmentKind, Callable[[Sorting, int], bool]], ...]] = (
    (K.TITLE, is_title),
    (K.CAPTION, is_caption),
    (K.BYLINE, lambda sorting, number: is_byline(sorting.piece, number)),
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


def _with_related(piece: Piece, early: tuple[SegmentKind | None, ...]) -> tuple[SegmentKind | None, ...]:
    """The kinds with lists of other stories marked: from their heading to the end, or to where the text goes
    on."""
    kinds, inside = list(early), False
    for number, line in enumerate(piece.lines):
        if line.key in piece.lexicon.related_headings:
            inside = True
        elif line.words >= BODY_AGAIN:
            inside = False
        if inside or _is_related_line(piece, number):
            kinds[number] = K.RELATED
    return tuple(kinds)


def _is_related_line(piece: Piece, number: int) -> bool:
    """`اقرأ أيضا: ...` with the other story's headline on the same line."""
    head, colon, rest = piece.lines[number].text.partition(":")
    return (
        bool(colon and rest)
        and piece.lines[number].words < BODY_AGAIN
        and (name_key(head) in piece.lexicon.related_headings)
    )


def _is_late_head(piece: Piece, number: int) -> bool:
    """Whether a line above the text can be no headline: a caption, a byline, a sentence."""
    line = piece.lines[number]
    pairs = pairwise(piece.lines[max(0, number - 1) : number + 2])
    doubled = any(one.key == two.key == line.key and not two.blank_before for one, two in pairs)
    return doubled or is_byline(piece, number) or (line.ends_sentence and not line.text.endswith(("..", "…")))


def _is_nothing_between(sorting: Sorting, number: int) -> bool:
    kind = sorting.early[number]
    return kind in (K.MARKUP, K.FURNITURE) or is_title(sorting, number)


def _matches_pattern(piece: Piece, number: int) -> bool:
    return piece.lexicon.furniture_patterns.fullmatch(normal_form(piece.lines[number].text)) is not None


def _is_masthead(piece: Piece, number: int) -> bool:
    """The page's own line above everything: editor, clock, weather."""
    return number == 0 and bool(piece.dates(number)) and _matches_pattern(piece, number)


def _is_place_and_name(byline: Byline) -> bool:
    """One part a place (or left open), the others short names."""
    short = all(len(name.split()) <= MAX_BARE_NAME for name in byline.authors)
    return short and 0 < len(byline.authors) == len(byline.parts) - 1


def _is_known(piece: Piece, part: str) -> bool:
    return bool(piece.lexicon.agency(part) or piece.lexicon.outlet(part) or is_desk_word(part))


def _stands_by_date(piece: Piece, number: int) -> bool:
    """Whether the line right above or below, no blank line between, is a date's."""
    above = number > 0 and not piece.lines[number].blank_before and is_date(piece, number - 1)
    below = number + 1 < len(piece.lines) and not piece.lines[number + 1].blank_before
    return above or (below and is_date(piece, number + 1))


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
