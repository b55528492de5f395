"""The values that pass between the stages of reading. Offsets count characters of the decoded source text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class SourceFormat(StrEnum):
    TEXT = "text"
    TREC = "trec"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    WARC = "warc"


class Confidence(IntEnum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class SegmentKind(StrEnum):
    """What a stretch of source text is. Only BODY (and SUBHEAD within it) makes the article's body."""

    TITLE = "title"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    BODY = "body"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE = "date"
    CAPTION = "caption"
    CREDIT = "credit"
    PULL_QUOTE = "pull_quote"
    FURNITURE = "furniture"
    RELATED = "related"
    MARKUP = "markup"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, how it was decoded, and how many bytes of byte-order mark were left off before it."""

    text: str
    encoding: str
    rule: str
    bom_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A field's value with its evidence: the rule that found it, how sure it is, and where the source shows
    it."""

    value: T
    rule: str
    confidence: Confidence
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A publication date to its precision (time, day, month, year); `day` is the period's first day."""

    day: datetime.date
    time: datetime.time | None
    precision: str
    raw: str
    calendar: str


@dataclass(frozen=True, slots=True)
class DateHint:
    """What a text without a date allows: the first and last day that it can be of, either None where nothing
    bounds it, and the days that a date printed without its year can be. Offered to a curator, never a
    date."""

    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    days: tuple[datetime.date, ...] = ()


@dataclass(frozen=True, slots=True)
class NameRef:
    """A name as the source gives it, and the slug of the known outlet or agency it stands for (None:
    unknown)."""

    name: str
    slug: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as read.

    `span` and the spans of findings count characters of the whole decoded text (after the byte-order mark);
    `byte_span` counts bytes of the file (with it). `segments` count from the article's start and cover it
    without
    holes. In plain text `body` joins their BODY and SUBHEAD parts; in a record (tagged text, JSON, CSV) the
    BODY
    segment is the body's value as the file writes it, quotes and tags around it are MARKUP.
    """

    ordinal: int
    span: Span
    byte_span: Span
    body: str
    segments: tuple[Segment, ...]
    title: Finding[str] | None = None
    subtitle: Finding[str] | None = None
    outlet: Finding[NameRef] | None = None
    agencies: tuple[Finding[NameRef], ...] = ()
    authors: tuple[Finding[str], ...] = ()
    place: Finding[str] | None = None
    section: Finding[str] | None = None
    url: Finding[str] | None = None
    language: Finding[str] | None = None
    published: Finding[PublishedDate] | None = None
    published_hints: tuple[Finding[DateHint], ...] = ()
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not become an article: its number or line in the file, and why, with the remedy."""

    record: int
    reason: str


@dataclass(frozen=True, slots=True)
class KnownName:
    """An outlet or agency, every way it is written, and the hosts of its sites (without `www.`)."""

    slug: str
    name: str
    name_latin: str = ""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What the pages of one site look like as text. In its phrases `*` stands for any words.

    `outlet` is a slug. One line like `known_by` near the top or the foot makes a page this site's. `headline`
    are lines with `{}` where the headline stands. `furniture` are the site's own lines; `clocks` those whose
    date is the page's and not the article's; from a line of `ends` on nothing is of the article.
    """

    outlet: str
    known_by: tuple[str, ...]
    headline: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateLabels:
    """The words that sites print before a date, by what the date then is: of publication, of the last change,
    the page's own clock; those of a paper's issue, whose date is the article's; words beside any date; and
    words around a date that is still to come."""

    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What the readers know beforehand: the data files in `knowledge/` and the installation's own names.

    Compared by identity: load it once and pass it on, so that what is compiled from it is compiled once.
    """

    outlets: tuple[KnownName, ...] = ()
    agencies: tuple[KnownName, ...] = ()
    furniture: tuple[str, ...] = ()
    furniture_patterns: tuple[str, ...] = ()
    related_headings: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    site_words: tuple[str, ...] = ()
    comment_headings: tuple[str, ...] = ()
    joining_words: tuple[str, ...] = ()
    words_in_waw: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place_leads: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    date_labels: DateLabels = DateLabels()
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller asked for: a format ("auto" to recognise it), `--map` pairs from their names to ours,
    and the encoding of texts ("" to recognise it; pages and web archives say theirs themselves)."""

    format: str = "auto"
    field_map: dict[str, str] = field(default_factory=dict)
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A source as read: its format, its encoding and how that was found, and its articles one at a time."""

    format: SourceFormat
    encoding: str
    encoding_rule: str
    items: Iterator[Reading | Rejected]


class ReadingError(Exception):
    """A file that cannot be read at all. The message says why and the remedy; the file goes to quarantine."""


class NotText(ReadingError):
    """A file that holds no text in any encoding: a picture, a program, an office document."""
