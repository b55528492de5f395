"""A stretch of plain text as lines, and what is plain from counting them: what repeats, where the paragraphs
begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from arabic import PrintedDate
from archive.ingest.reading.bylines import Byline, read_byline
from archive.ingest.reading.line_dates import dates_in
from archive.ingest.reading.names import Lexicon
from archive.ingest.reading.printed import as_printed
from archive.ingest.reading.profiles import SiteProfile, site_lines
from archive.ingest.reading.strays import has_strays
from archive.ingest.reading.types import Finding, NameRef, Segment, SegmentKind, Span
from archive.ingest.reading.units import Line, is_flattened

if TYPE_CHECKING:
    from archive.ingest.reading.parts import Prefix
    from archive.ingest.reading.titles import Headline

SPOKEN_WITHIN: Final = 20_000
"""Characters of an article that are searched for a name of its byline."""
BROKEN_OFF: Final = 14
"""Words from which on the last line is taken for a paragraph that breaks off, where there is no other."""
SENTENCE_WORDS: Final = 5
"""Words from which on a line is searched for it: it says something."""
EDGE_LINES: Final = 60
"""Lines within which the head and the foot of an article stand."""


class Piece:
    """The lines of one article in a plain text, with what counting tells of them."""

    def __init__(self, text: str, span: Span, lines: Sequence[Line], lexicon: Lexicon) -> None:
        self.text, self.span, self.lines, self.lexicon = text, span, tuple(lines), lexicon
        self.counts = Counter(line.key for line in self.lines)
        self._dates: dict[int, list[PrintedDate]] = {}
        self._bylines: dict[int, Byline] = {}

    @cached_property
    def first_paragraph(self) -> int:
        """The first line that is a paragraph and, if any is not, is not repeated (as captions are); the last
        line where the text breaks off in it; the number of lines if there is none."""
        paragraphs = [number for number, line in enumerate(self.lines) if line.is_paragraph]
        if not paragraphs and self.lines and self.lines[-1].words >= BROKEN_OFF:
            return len(self.lines) - 1
        once = (number for number in paragraphs if self.counts[self.lines[number].key] == 1)
        return next(once, paragraphs[0] if paragraphs else len(self.lines))

    @cached_property
    def last_paragraph(self) -> int:
        """The last line that is a paragraph; -1 if none is."""
        return max((n for n, line in enumerate(self.lines) if line.is_paragraph), default=-1)

    def is_edge(self, number: int) -> bool:
        """Whether a line stands before the first paragraph or after the last, and not far within the file."""
        head, foot = self._edges
        return number < head or number > foot

    @cached_property
    def _edges(self) -> tuple[int, int]:
        """The line before which the head ends, and that after which the foot begins."""
        head = min(self.first_paragraph, EDGE_LINES)
        return head, max(self.last_paragraph, len(self.lines) - EDGE_LINES)

    def dates(self, number: int) -> list[PrintedDate]:
        """The dates printed in a line."""
        if number not in self._dates:
            self._dates[number] = dates_in(self.lines[number].text)
        return self._dates[number]

    @cached_property
    def is_flat(self) -> bool:
        """Whether the page was flattened, so that no blank line tells anything."""
        return is_flattened(self.text[self.span.start : self.span.end])

    @cached_property
    def site_lines(self) -> list[tuple[SiteProfile, Line]]:
        """The lines that make this a page of a known site, with its profile."""
        return site_lines(self.lexicon.profiles, self.lexicon.known_sites, self.lines)

    @cached_property
    def profile(self) -> SiteProfile | None:
        """The profile of the site whose page this is, where its own lines tell it."""
        return next((profile for profile, _line in self.site_lines), None)

    @cached_property
    def has_strays(self) -> bool:
        """Whether the text's ampersands are what its page's blanks became."""
        return has_strays(self.text, self.span)

    def byline(self, number: int) -> Byline:
        """What a line names when taken for a byline. A name that the text speaks of is not its author's: it
        is a place where the text says that something happened in it, else it is left out."""
        if number not in self._bylines:
            line = self.lines[number]
            self._bylines[number] = self.without_spoken_of(read_byline(line.text, self.lexicon), line.span)
        return self._bylines[number]

    def without_spoken_of(self, byline: Byline, span: Span) -> Byline:
        """A byline (that stands at `span`) without the names that the rest of the text speaks of."""
        if not byline.authors:
            return byline
        rest = self._said(span)
        authors = tuple(name for name in byline.authors if name not in rest)
        places = [
            name for name in byline.authors if re.search(rf"\b(?:في|إلى|الى|ب)\s?{re.escape(name)}", rest)
        ]
        place = byline.place or next(iter(places), None)
        return replace(byline, authors=authors, place=place)

    def _said(self, beside: Span) -> str:
        """The lines that say something, without the words of a span."""
        said, length = list[str](), 0
        for line in self.lines:
            if line.start <= beside.start < line.end:
                said.append(as_printed(self.text[beside.end : line.end]))
            elif line.words >= SENTENCE_WORDS:
                said.append(line.text)
            length += len(line.text)
            if length > SPOKEN_WITHIN:
                break
        return "\n".join(said)


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
