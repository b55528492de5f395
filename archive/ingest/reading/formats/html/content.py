"""Which words of a page are the article: asked of trafilatura, answered in places of the visible text."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from archive.ingest.reading.cleaning import without_unprinted
from archive.ingest.reading.formats.html.markup import Words
from archive.ingest.reading.formats.html.visible import Passage, Visible
from archive.ingest.reading.units import Line

FIRST_HIGH: Final = 0x2801
FIRST_LOW: Final = 0x2880
HIGHS: Final = FIRST_LOW - FIRST_HIGH
LOWS: Final = 0x2900 - FIRST_LOW
MOST_PASSAGES: Final = HIGHS * LOWS
"""Passages that can be told apart; a page of more is read by its paragraphs alone."""
MIN_SHARE: Final = 0.5
"""The share of a line's letters that must be the article's for the line to be."""
FEW_LINKS: Final = 0.3

_MARK: Final = re.compile(f"([{chr(FIRST_HIGH)}-{chr(FIRST_LOW - 1)}])([{chr(FIRST_LOW)}-\u28ff])")
_BRAILLE: Final = re.compile("[\u2800-\u28ff]")
# What trafilatura and lxml are known to raise on broken pages; the paragraphs decide then.
FAULTS: Final = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)


def content_lines(visible: Visible, lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that are the article's own text.

    trafilatura sees the page with a mark of two Braille signs before each passage, so that what it keeps is
    found again in its place. Where it keeps no paragraph, those in the page's middle that are no links are
    the article.
    """
    kept = _kept_passages(visible)
    ours = frozenset(n for n, line in enumerate(lines) if _is_kept(visible, line, kept))
    if any(lines[number].is_paragraph for number in ours):
        return ours
    return ours | frozenset(
        n for n, line in enumerate(lines) if line.is_paragraph and is_plain(visible, line)
    )


def is_plain(visible: Visible, line: Line) -> bool:
    """Whether a line stands in the page's middle and few of its letters are linked."""
    passages = visible.passages_of(line.start, line.end)
    return not any(passage.within.around for passage in passages) and linked(visible, line) <= FEW_LINKS


def linked(visible: Visible, line: Line) -> float:
    """The share of a line's characters that are a link, 0..1."""
    return _share(visible, line, lambda passage: passage.within.linked)


def _is_kept(visible: Visible, line: Line, kept: frozenset[int]) -> bool:
    return _share(visible, line, lambda passage: passage.source in kept) >= MIN_SHARE


def _share(visible: Visible, line: Line, counts: Callable[[Passage], bool]) -> float:
    lengths = [
        (counts(passage), min(passage.end, line.end) - max(passage.at, line.start))
        for passage in visible.passages_of(line.start, line.end)
    ]
    whole = sum(length for _, length in lengths)
    return sum(length for is_counted, length in lengths if is_counted) / whole if whole else 0.0


def _kept_passages(visible: Visible) -> frozenset[int]:
    """Where in the source the passages stand that trafilatura keeps."""
    passages = visible.passages
    if len(passages) > MOST_PASSAGES:
        return frozenset()
    numbers = (
        (ord(mark.group(1)) - FIRST_HIGH) * LOWS + ord(mark.group(2)) - FIRST_LOW
        for mark in _MARK.finditer(_extracted("".join(_marked(visible))))
    )
    return frozenset(passages[number].source for number in numbers if number < len(passages))


def _marked(visible: Visible) -> Iterator[str]:
    """The page as trafilatura gets it: tags and words alone, a mark before each passage."""
    source, numbers = visible.source, {passage.source: n for n, passage in enumerate(visible.passages)}
    for token in visible.tokens:
        if isinstance(token, Words) and (number := numbers.get(token.start)) is not None:
            yield chr(FIRST_HIGH + number // LOWS) + chr(FIRST_LOW + number % LOWS)
        yield _BRAILLE.sub(" ", without_unprinted(source[token.start : token.end]))


def _extracted(page: str) -> str:
    try:
        document = _trafilatura()(page, include_comments=False, include_tables=True)
    except FAULTS:
        return ""
    return (document.text or "") if document else ""


@cache
def _trafilatura() -> Callable[..., Any]:
    """trafilatura's extraction, loaded when the first page is read: it takes a third of a second."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it finds wanting in a page is no news
    return bare_extraction
