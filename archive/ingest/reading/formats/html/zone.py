"""The article within a page: its lines, sorted by the same rules as those of a plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arabic import normal_form
from archive.ingest.reading.bylines import opens_byline
from archive.ingest.reading.formats.html.content import content_lines, is_plain, linked
from archive.ingest.reading.formats.html.declared import Declarations
from archive.ingest.reading.formats.html.visible import AUTHOR, Visible
from archive.ingest.reading.lines import sort_lines
from archive.ingest.reading.names import Lexicon
from archive.ingest.reading.page import Page, Piece
from archive.ingest.reading.parts import find_prefix, parts_of
from archive.ingest.reading.types import SegmentKind, Span
from archive.ingest.reading.units import Line

HEAD_LINES: Final = 20
"""Lines between headline and text among which date and byline are sought."""
ABOVE_TITLE: Final = 2
ABOVE_TEXT: Final = 6
"""Lines above the text among which they are sought where no line is the headline."""
BELOW_TEXT: Final = 3
MOST_HEAD_WORDS: Final = 18
MAX_CAPTION: Final = 30
COPYRIGHT: Final = "\u00a9"
"""The sign before whom a picture belongs to."""
MIN_WORDS: Final = 8
"""Words of the longest line of a text from which on it can be an article, however short."""
WHOLLY: Final = 0.9
STORY_WORDS: Final = 4
MIN_STORIES: Final = 5

_HEAD_KINDS: Final = frozenset(
    {
        SegmentKind.DATE,
        SegmentKind.BYLINE,
        SegmentKind.DATELINE,
        SegmentKind.CREDIT,
        SegmentKind.TITLE,
        SegmentKind.MARKUP,
        SegmentKind.RELATED,
    }
)
"""What a line around the text can be; a line that is none of these is the page's."""

# What sites print under their articles, in normal form.
_NOTICES: Final = (
    "لا تعبر عن رأي",
    "لا يعبر عن رأي",
    "لا تعبر بالضرورة",
    "لا يعبر بالضرورة",
    "جميع الحقوق محفوظة",
    "حقوق النشر محفوظة",
    "مراجعة التعليقات",
    "نشر التعليقات",
    "قواعد التعليق",
    "شروط الاستخدام",
    "all rights reserved",
)
_NOTICE: Final = re.compile("|".join(re.escape(normal_form(notice)) for notice in _NOTICES), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zone:
    """The lines of a page, which of them are the article's text, and that article's sorted page."""

    lines: tuple[Line, ...]
    content: frozenset[int]
    page: Page
    kinds: dict[int, SegmentKind]
    """What each line is that is not the page's furniture."""


def find_content(visible: Visible, lines: Sequence[Line], title: int | None) -> frozenset[int]:
    """The lines of the article's text: what trafilatura keeps, and paragraphs from the headline on.

    Captions, and what sites print under their articles, are none of it.
    """
    kept = set(content_lines(visible, lines))
    if not kept:
        return frozenset()
    first = title + 1 if title is not None and title < max(kept) else min(kept)
    last = max(kept)
    while last + 1 < len(lines) and lines[last + 1].is_paragraph and is_plain(visible, lines[last + 1]):
        last += 1
    for number in range(first, last + 1):
        if lines[number].is_paragraph and is_plain(visible, lines[number]):
            kept.add(number)
    kept = {
        n
        for n in kept
        if n >= first and not is_caption(visible, lines, n) and not _is_link(visible, lines[n])
    }
    while kept and _NOTICE.search(normal_form(lines[max(kept)].text)):
        kept.remove(max(kept))
    says_something = any(lines[n].is_paragraph or lines[n].words >= MIN_WORDS for n in kept)
    return frozenset(kept) if says_something else frozenset()


def is_caption(visible: Visible, lines: Sequence[Line], number: int) -> bool:
    """A picture's words: in its <figcaption>, or a short line without full stop right behind a picture."""
    line = lines[number]
    if line.text.startswith(COPYRIGHT) or any(
        "figcaption" in passage.within.open for passage in visible.passages_of(line.start, line.end)
    ):
        return True
    if line.is_paragraph or line.ends_sentence or line.words > MAX_CAPTION:
        return False
    above = lines[number - 1].end if number else 0
    at = bisect_left(visible.pictures, above)
    return at < len(visible.pictures) and visible.pictures[at] <= line.start


def is_list(visible: Visible, lines: Sequence[Line], content: frozenset[int], declared: Declarations) -> bool:
    """Whether a page lists articles rather than being one: linked headlines outweigh its paragraphs, of which
    no two stand together."""
    if declared.is_list:
        return True
    if not content:
        return _stories(visible, lines) >= MIN_STORIES
    paragraphs = sum(lines[n].is_paragraph and linked(visible, lines[n]) < 1 / 2 for n in content)
    within = [lines[n] for n in range(min(content), max(content) + 1)]
    stories = _stories(visible, within)
    outweighed = stories >= MIN_STORIES and stories >= paragraphs
    return outweighed and not declared.is_article and not _goes_on(visible, lines, content)


def sort_zone(
    visible: Visible, lines: Sequence[Line], title: int | None, content: frozenset[int], lexicon: Lexicon
) -> Zone:
    """The article's lines and those around it that can tell date and names, sorted."""
    chosen = sorted(set(_around(visible, lines, title, content)) | content)
    piece = Piece(visible.text, Span(0, len(visible.text)), [lines[n] for n in chosen], lexicon)
    kinds, headline = sort_lines(piece)
    settled = tuple(
        _settled(visible, lines, number, kind, number in content, number == title)
        for number, kind in zip(chosen, kinds, strict=True)
    )
    prefix = find_prefix(piece, settled)
    page = Page(piece, settled, parts_of(piece, settled, prefix), headline, prefix, None)
    return Zone(tuple(lines), content, page, dict(zip(chosen, settled, strict=True)))


def _is_link(visible: Visible, line: Line) -> bool:
    return not line.is_paragraph and linked(visible, line) > WHOLLY


def _goes_on(visible: Visible, lines: Sequence[Line], content: frozenset[int]) -> bool:
    """Whether paragraph follows paragraph as in an article, most of them."""
    paragraphs = [n for n in sorted(content) if lines[n].is_paragraph and linked(visible, lines[n]) < 1 / 2]
    together = sum(
        not any(_is_story(visible, line) for line in lines[one:two]) for one, two in pairwise(paragraphs)
    )
    return together >= 1 and 2 * together >= len(paragraphs) - 1


def _is_story(visible: Visible, line: Line) -> bool:
    return line.words >= STORY_WORDS and linked(visible, line) > WHOLLY


def _stories(visible: Visible, lines: Sequence[Line]) -> int:
    """How many headlines of other articles stand among lines: wholly linked, of four words or more."""
    return len({line.key for line in lines if _is_story(visible, line)})


def _around(visible: Visible, lines: Sequence[Line], title: int | None, content: frozenset[int]) -> list[int]:
    """The short lines between headline and text, right above the headline and right below the text."""
    first, last = min(content), max(content)
    known = title is not None and first - 40 <= title < first
    top = title if title is not None and known else first
    reach = ABOVE_TITLE if known else ABOVE_TEXT
    above = [n for n in range(max(0, top - reach), top) if not _is_around(visible, lines[n])]
    head = [n for n in (*above, *range(top, first)) if _can_tell(visible, lines, n)]
    foot = [
        n for n in range(last + 1, min(len(lines), last + 1 + BELOW_TEXT)) if _can_tell(visible, lines, n)
    ]
    near = [n for n in head if n <= top + HEAD_LINES] if top != first else head
    return [*near, *foot, *([title] if title is not None and title == top != first else [])]


def _can_tell(visible: Visible, lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    if line.words > MOST_HEAD_WORDS:
        return False
    says_more = any(map(str.isdigit, line.text)) or opens_byline(line.text)
    if is_caption(visible, lines, number) and not says_more:  # signs stand before dates and names, too
        return False
    if COPYRIGHT in line.text:
        return False
    return says_more or linked(visible, line) < 1 / 2 or _names_author(visible, line)


def _is_around(visible: Visible, line: Line) -> bool:
    """Whether a line stands in a page's header, menu, foot or margin, as the page's own date does."""
    return any(passage.within.around for passage in visible.passages_of(line.start, line.end))


def _names_author(visible: Visible, line: Line) -> bool:
    return any(AUTHOR in passage.within.open for passage in visible.passages_of(line.start, line.end))


def _settled(
    visible: Visible, lines: Sequence[Line], number: int, kind: SegmentKind, ours: bool, is_title: bool
) -> SegmentKind:
    """What a line is, now that its place in the page is known: no text outside the text."""
    if is_title:
        return SegmentKind.TITLE
    line = lines[number]
    heading = any(passage.within.heading for passage in visible.passages_of(line.start, line.end))
    if kind is SegmentKind.SUBTITLE:
        return kind if heading else SegmentKind.BODY if ours else SegmentKind.FURNITURE
    if not ours:
        return kind if kind in _HEAD_KINDS else SegmentKind.FURNITURE
    if kind is SegmentKind.BODY and heading and not line.is_paragraph:
        return SegmentKind.SUBHEAD
    return kind
