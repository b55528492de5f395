"""What a page shows: its visible text as lines, and the place of every character in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from archive.ingest.reading.formats.html.markup import Attribute, Tag, Words, attributes, tokens
from archive.ingest.reading.types import Span

_PARAGRAPHS: Final = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "table",
        "ul",
        "ol",
        "dl",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "main",
        "figure",
        "form",
        "pre",
        "body",
        "html",
        "hr",
    ]
)
_LINES: Final = frozenset(
    [
        "address",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "label",
        "legend",
        "li",
        "option",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "button",
    ]
)
_AROUND: Final = frozenset(["nav", "footer", "aside", "header", "menu", "button", "label"])
"""Elements that hold what stands around an article."""
_TRACKED: Final = _AROUND | frozenset(["a", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "time"])
_PICTURES: Final = frozenset(["img", "picture", "video", "amp-img", "svg"])
_HEADING: Final = re.compile("h[1-6]")
AUTHOR: Final = "author"
"""What stands in a link that leads to the author's page."""
_AUTHOR: Final = re.compile(
    r"\b(?:authors?|writers?|columnists?|reporters?|journalists?|byline)\b|كاتب|كتاب", re.IGNORECASE
)
_CHANGED: Final = re.compile("modif|updat|upd\\b", re.IGNORECASE)
_BLANKS: Final = " \t\r\n\f\u00a0"
_NOT_PLAIN: Final = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
    f"|[{_BLANKS}]{{2,}}|[{_BLANKS[1:]}]"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Visible characters that stand together in the source; `plain`: one for each of the source's."""

    at: int
    length: int
    span: Span
    plain: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The elements that words stand in, as far as they tell what the words are."""

    open: frozenset[str]
    stamp: Span | None = None
    """Where the `datetime` of the <time> around stands."""

    @property
    def linked(self) -> bool:
        return "a" in self.open

    @property
    def around(self) -> bool:
        return not self.open.isdisjoint(_AROUND)

    @property
    def heading(self) -> int:
        """1 to 6 within a heading, else 0."""
        return next((int(name[1]) for name in sorted(self.open) if _HEADING.fullmatch(name)), 0)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between two tags: from where to where in the visible text, where in the source, within what."""

    at: int
    end: int
    source: int
    within: Surroundings


class Visible:
    """The visible text of a page: a line for each block, a blank line between paragraphs."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tuple(tokens(source))
        self.passages: list[Passage] = []
        self.pictures: list[int] = []
        """Where in the visible text pictures stand."""
        self._stretches: list[Stretch] = []
        self._pieces: list[str] = []
        self._length, self._breaks = 0, 0
        self._open: dict[str, int] = {}
        self._stamp: Span | None = None
        self._within = Surroundings(frozenset())
        for token in self.tokens:
            if isinstance(token, Words):
                self._add_words(token)
            else:
                self._add_tag(token)
        self.text = "".join(self._pieces)
        self._starts = [stretch.at for stretch in self._stretches]
        self._passage_starts = [passage.at for passage in self.passages]

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """The places in the source of a stretch of visible text, one for each part that stands together."""
        for number in range(max(0, bisect_right(self._starts, start) - 1), len(self._stretches)):
            stretch = self._stretches[number]
            if stretch.at >= end:
                return
            near, far = max(start, stretch.at), min(end, stretch.at + stretch.length)
            if near < far:
                yield _part(stretch, near, far)

    def span(self, start: int, end: int) -> Span | None:
        """The place in the source from the first to the last character of a stretch of the visible text."""
        parts = list(self.spans(start, end))
        return Span(parts[0].start, parts[-1].end) if parts else None

    def passages_of(self, start: int, end: int) -> list[Passage]:
        """The passages that a stretch of the visible text is made of."""
        first = max(0, bisect_right(self._passage_starts, start) - 1)
        found = []
        for number in range(first, len(self.passages)):
            if self.passages[number].at >= end:
                break
            if self.passages[number].end > start:
                found.append(self.passages[number])
        return found

    def _add_tag(self, tag: Tag) -> None:
        name = tag.name
        if name in _PICTURES:
            self.pictures.append(self._length)
        if name == "br":
            self._breaks += 1
        elif name in _PARAGRAPHS:
            self._breaks = max(self._breaks, 2)
        elif name in _LINES:
            self._breaks = max(self._breaks, 1)
        if name in _TRACKED:
            self._track(tag)

    def _track(self, tag: Tag) -> None:
        """Keep account of the elements that are open; an <a> or heading ends where the next of it begins."""
        name, count = tag.name, self._open.get(tag.name, 0)
        if name == "a" or _HEADING.fullmatch(name):
            self._open[name] = int(not tag.closes)
        else:
            self._open[name] = max(0, count + (-1 if tag.closes else 1))
        if name == "a":
            self._open[AUTHOR] = int(not tag.closes and _leads_to_author(attributes(self.source, tag)))
        if name == "time":
            self._stamp = None if tag.closes else _stamp(attributes(self.source, tag))
        still = frozenset(name for name, count in self._open.items() if count)
        self._within = Surroundings(still, self._stamp)

    def _add_words(self, words: Words) -> None:
        before = self._length
        at = words.start
        for match in _NOT_PLAIN.finditer(self.source, words.start, words.end):
            self._add_plain(at, match.start())
            self._add_other(match)
            at = match.end()
        self._add_plain(at, words.end)
        if self._length > before:
            self.passages.append(Passage(before, self._length, words.start, self._within))

    def _add_plain(self, start: int, end: int) -> None:
        if start < end:
            self._write(self.source[start:end], Span(start, end), plain=True)

    def _add_other(self, match: re.Match[str]) -> None:
        """An entity as the sign that it stands for, blanks of any number as one."""
        raw = match.group()
        said = unescape(raw) if raw[0] == "&" else " "
        self._write(" " if said in _BLANKS else said, Span(*match.span()), plain=False)

    def _write(self, text: str, span: Span, *, plain: bool) -> None:
        if text == " " and (self._breaks or not self._pieces or self._pieces[-1][-1] == " "):
            return
        if self._breaks:
            ends = "\n" * min(self._breaks, 2)
            self._pieces.append(ends)
            self._length += len(ends)
            self._breaks = 0
        self._stretches.append(Stretch(self._length, len(text), span, plain))
        self._pieces.append(text)
        self._length += len(text)


def _leads_to_author(link: Mapping[str, Attribute]) -> bool:
    """Whether a link says that it leads to who wrote the article."""
    said = " ".join(link[name].value for name in ("rel", "itemprop", "class", "href") if name in link)
    return _AUTHOR.search(said) is not None


def _stamp(time: Mapping[str, Attribute]) -> Span | None:
    """Where a <time> tells its moment, unless it is that of a change."""
    said = " ".join(time[name].value for name in ("itemprop", "class", "id") if name in time)
    return None if _CHANGED.search(said) or "datetime" not in time else time["datetime"].span


def _part(stretch: Stretch, near: int, far: int) -> Span:
    if not stretch.plain:
        return stretch.span
    first = stretch.span.start
    return Span(first + near - stretch.at, first + far - stretch.at)
