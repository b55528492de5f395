"""HTML as a run of tags and words, each with its place in the source; no input is too broken for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from archive.ingest.reading.types import Span

UNREAD: Final = frozenset(
    [
        "script",
        "style",
        "textarea",
        "noscript",
        "noframes",
        "template",
        "svg",
        "math",
        "select",
        "iframe",
        "object",
        "canvas",
        "xmp",
        "title",
    ]
)
"""Elements whose content is no text of the page; that of `title` and `script` is read by what wants it."""

MAX_TAG: Final = 1 << 13
"""Characters of a tag within which its quotation marks are paired; a longer one ends at the next `>`."""

_MARKUP: Final = re.compile(r"<(?=[A-Za-z!?]|/[A-Za-z])")
_TAG_NAME: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,40})")
_TAG_REST: Final = re.compile(r"(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE: Final = re.compile(
    r"([^\s\"'>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)))?+"
)
_CLOSING: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in UNREAD}


@dataclass(frozen=True, slots=True)
class Attribute:
    """The value of an attribute as it reads, and where its letters stand."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag. `content` is where the unread content of a script, style or the like stands behind it."""

    name: str
    closes: bool
    start: int
    end: int
    content: Span | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What stands between two tags."""

    start: int
    end: int


Token = Tag | Words


def tokens(source: str) -> Iterator[Token]:
    """The tags and words of a page in order. Comments, declarations and unread content are passed over.

    Its cost grows with the length of the source, whatever the source is.
    """
    scan = _Scan(source)
    at = 0
    while at < len(source):
        opening = _MARKUP.search(source, at)
        end = opening.start() if opening else len(source)
        if end > at:
            yield Words(at, end)
        if opening is None:
            return
        token, at = scan.markup(end)
        if token:
            yield token


def attributes(source: str, tag: Tag) -> Mapping[str, Attribute]:
    """The attributes of a tag by their names in small letters, the first of each."""
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(source, tag.start + 1 + len(tag.name), tag.end):
        group = match.lastindex or 1
        value = "" if group == 1 else unescape(match.group(group))
        found.setdefault(match.group(1).lower(), Attribute(value, Span(*match.span(group))))
    return found


class _Scan:
    """One pass over a source: what it learnt not to stand in the rest is not sought there again."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._never_closed = set[str]()

    def markup(self, at: int) -> tuple[Token | None, int]:
        """What begins with the `<` at a place, and where to go on."""
        source = self._source
        if source.startswith("<!--", at):
            return None, self._after("-->", at + 4, len(source))
        if source.startswith(("<!", "<?"), at):
            return None, self._after(">", at + 2, len(source))
        return self._tag(at)

    def _tag(self, start: int) -> tuple[Token | None, int]:
        source, match = self._source, _TAG_NAME.match(self._source, start)
        if match is None:  # a sign that opens nothing
            return None, start + 1
        name = match.group(2).lower()
        rest = _TAG_REST.match(source, match.end(), match.end() + MAX_TAG)
        end = rest.end() if rest else self._after(">", match.end(), len(source))
        closes = bool(match.group(1))
        content = None if closes else self._unread(name, end)
        return Tag(name, closes, start, end, content), content.end if content else end

    def _unread(self, name: str, at: int) -> Span | None:
        """The content of an element that is not read, up to its closing tag."""
        if name not in UNREAD or name in self._never_closed:
            return None
        closing = _CLOSING[name].search(self._source, at)
        if closing is None:
            self._never_closed.add(name)
            return Span(at, len(self._source)) if name in ("script", "style") else None
        return Span(at, closing.start())

    def _after(self, sign: str, at: int, otherwise: int) -> int:
        found = self._source.find(sign, at)
        return found + len(sign) if found >= 0 else otherwise
