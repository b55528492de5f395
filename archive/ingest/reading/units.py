"""The lines of a plain text, also where its page was flattened: what stood on a line of its own is then set
off by runs of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arabic import normal_form
from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.names import key_of
from archive.ingest.reading.printed import as_printed
from archive.ingest.reading.types import Span

LONG_PARAGRAPH: Final = 24
"""Words from which on a line is a paragraph whatever it ends with."""
SHORT_PARAGRAPH: Final = 10
"""Words from which on a line is one that ends as sentences do."""
MIN_GAPS: Final = 3
"""Runs of three spaces within lines from which on a text is taken for a flattened page; one of four is
enough."""
MIN_STROKES: Final = 2
"""Strokes from which on a line is a row of names and no paragraph, however long."""

_BREAKS: Final = "\r\n\x0b\x0c\u0085\u2028\u2029"
_LINE: Final = re.compile(f"[^{_BREAKS}]+")
_LINE_END: Final = re.compile(f"\r\n?|[{_BREAKS[1:]}]")
_BLANK: Final = rf"[^\S{_BREAKS}]"
# What must stand before a gap is asked after its first blank: blanks are few and quickly found.
_GAP: Final = re.compile(rf"{_BLANK}(?<=\S.){_BLANK}{{2,}}(?=\S)", re.DOTALL)
_FULL_STOP: Final = re.compile(r"[.…][\"»”’')\]]*$")
_GOES_ON: Final = re.compile(r"[:،,؛;][\"»”’')\]]*$")
_STROKE: Final = re.compile(r"\s[|»›]\s")
_ATTRIBUTE: Final = re.compile(r"[a-z][a-z-]*\s?=\s?[\"']")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place in the whole text, its words, its letters for comparing.

    `normal` is its text in normal form, `key` that without signs and spaces. `is_attribute`: it begins with
    an attribute of the page's own markup (`alt="..." />`).
    """

    start: int
    end: int
    text: str
    normal: str
    key: str
    blank_before: bool
    words: int
    ends_sentence: bool
    is_attribute: bool
    is_paragraph: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything printable; of a flattened page, its parts between runs of
    spaces."""
    last_end, flat = 0, is_flattened(text)
    for start, end in _stretches(text, flat):
        raw = text[start:end]
        bare = clean_line(as_printed(raw))
        if not bare:
            continue
        begins = start + len(raw) - len(raw.lstrip())
        ends = line_ends(text[last_end:begins])
        blank = not last_end or ends != 1
        last_end = end - len(raw) + len(raw.rstrip())
        yield _line(Span(begins, last_end), bare, blank)


def _line(span: Span, text: str, blank_before: bool) -> Line:
    words, normal = len(text.split()), normal_form(text)
    is_attribute, ends_sentence = _ATTRIBUTE.match(text) is not None, _FULL_STOP.search(text) is not None
    return Line(
        start=span.start,
        end=span.end,
        text=text,
        normal=normal,
        key=key_of(normal),
        blank_before=blank_before,
        words=words,
        ends_sentence=ends_sentence,
        is_attribute=is_attribute,
        is_paragraph=not is_attribute and _is_paragraph(text, words, ends_sentence),
    )


def _is_paragraph(text: str, words: int, ends_sentence: bool) -> bool:
    if words < SHORT_PARAGRAPH or len(_STROKE.findall(text)) >= MIN_STROKES:
        return False
    return words >= LONG_PARAGRAPH or ends_sentence or _GOES_ON.search(text) is not None


def is_flattened(text: str) -> bool:
    """Whether a page's lines were run together, so that runs of spaces are all that parts them."""
    for number, gap in enumerate(_GAP.finditer(text), 1):
        if number == MIN_GAPS or gap.end() - gap.start() > MIN_GAPS:
            return True
    return False


def line_ends(gap: str) -> int:
    """How many line ends a stretch of text holds, of whatever kind."""
    return len(_LINE_END.findall(gap))


def _stretches(text: str, flat: bool) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        start = match.start()
        for gap in _GAP.finditer(text, start, match.end()) if flat else ():
            yield start, gap.start()
            start = gap.end()
        yield start, match.end()
