"""A stretch of plain text as lines, and what is plain from counting them: what repeats, where the paragraphs
begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from arabic import PrintedDate, find_dates
from archive.ingest.reading.bylines import Byline, read_byline
from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.names import Lexicon, name_key
from archive.ingest.reading.types import Finding, NameRef, Segment, SegmentKind, Span

if TYPE_CHECKING:
    from archive.ingest.reading.parts import Prefix
    from archive.ingest.reading.titles import Headline

_LINE: Final = re.compile(r"[^\r\n\u0085\u2028\u2029]+")
_LINE_END: Final = re.compile(r"\r\n?|[\n\u0085\u2028\u2029]")
_FULL_STOP: Final = re.compile(r"[.…][\"»”’')\]]*$")

LONG_PARAGRAPH: Final = 24
"""Words from which on a line is a paragraph whatever it ends with."""
SPOKEN_WITHIN: Final = 20_000
"""Characters of an article that are searched for a name of its byline."""
EDGE_LINES: Final = 60
"""Lines within which the head and the foot of an article stand."""
SHORT_PARAGRAPH: Final = 10
"""Words from which on a line that ends with a full stop is one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place in the whole text, its words, its letters for comparing."""

    start: int
    end: int
    text: str
    key: str
    blank_before: bool
    words: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def ends_sentence(self) -> bool:
        return _FULL_STOP.search(self.text) is not None

    @property
    def is_paragraph(self) -> bool:
        return self.words >= LONG_PARAGRAPH or (self.words >= SHORT_PARAGRAPH and self.ends_sentence)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything printable."""
    last_end = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = clean_line(raw)
        if not bare:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = match.end() - len(raw) + len(raw.rstrip())
        gap = text[last_end:start]
        blank = not last_end or line_ends(gap) > 1
        yield Line(start, end, bare, name_key(bare), blank, len(bare.split()))
        last_end = end


def line_ends(gap: str) -> int:
    """How many line ends a stretch of text holds, of whatever kind."""
    return len(_LINE_END.findall(gap))


class Piece:
    """The lines of one article in a plain text, with what counting tells of them."""

    def __init__(self, text: str, span: Span, lines: Sequence[Line], lexicon: Lexicon) -> None:
        self.text, self.span, self.lines, self.lexicon = text, span, tuple(lines), lexicon
        self.counts = Counter(line.key for line in self.lines)
        self._dates: dict[int, list[PrintedDate]] = {}
        self._bylines: dict[int, Byline] = {}

    @cached_property
    def first_paragraph(self) -> int:
        """The first line that is a paragraph and, if any is not, is not repeated (as captions are); the
        number of lines if there is none."""
        paragraphs = [number for number, line in enumerate(self.lines) if line.is_paragraph]
        once = (number for number in paragraphs if self.counts[self.lines[number].key] == 1)
        return next(once, paragraphs[0] if paragraphs else len(self.lines))

    @cached_property
    def last_paragraph(self) -> int:
        """The last line that is a paragraph; -1 if none is."""
        return max((n for n, line in enumerate(self.lines) if line.is_paragraph), default=-1)

    def is_edge(self, number: int) -> bool:
        """Whether a line stands before the first paragraph or after the last, and not far within the file."""
        before = number < min(self.first_paragraph, EDGE_LINES)
        return before or number > max(self.last_paragraph, len(self.lines) - EDGE_LINES)

    def dates(self, number: int) -> list[PrintedDate]:
        """The dates printed in a line."""
        if number not in self._dates:
            self._dates[number] = find_dates(self.lines[number].text)
        return self._dates[number]

    def byline(self, number: int) -> Byline:
        """What a line names when taken for a byline. A name that the text speaks of is not its author's: it
        is a
        place where the text says that something happened in it, else it is left out."""
        if number not in self._bylines:
            line = self.lines[number]
            self._bylines[number] = self.without_spoken_of(read_byline(line.text, self.lexicon), line.span)
        return self._bylines[number]

    def without_spoken_of(self, byline: Byline, span: Span) -> Byline:
        """A byline (that stands at `span`) without the names that the rest of the text speaks of."""
        end = min(self.span.end, self.span.start + SPOKEN_WITHIN)
        rest = self.text[self.span.start : min(span.start, end)] + "\n" + self.text[span.end : end]
        authors = tuple(name for name in byline.authors if name not in rest)
        places = [
            name for name in byline.authors if re.search(rf"\b(?:في|إلى|الى|ب)\s?{re.escape(name)}", rest)
        ]
        place = byline.place or next(iter(places), None)
        return replace(byline, authors=authors, place=place)


@dataclass(frozen=True, slots=True)
class Page:
    """An article's lines with what each is, and its segments (in characters of the whole text)."""

    piece: Piece
    kinds: tuple[SegmentKind, ...]
    parts: tuple[Segment, ...]
    headline: Headline | None
    prefix: Prefix | None
    site: Finding[NameRef] | None
    """The outlet that signs all related stories of the file, so that it is the site's own."""

    def of_kind(self, *kinds: SegmentKind) -> Iterator[int]:
        """The numbers of the lines of some kinds, in order."""
        return (number for number, kind in enumerate(self.kinds) if kind in kinds)
