"""A page of HTML becomes an article: its fields, each from the most trusted place that the source shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

from archive.ingest.reading.body import join_body
from archive.ingest.reading.bylines import read_byline
from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.fields.agency import find_agencies
from archive.ingest.reading.fields.author import find_authors
from archive.ingest.reading.fields.outlet import find_outlet
from archive.ingest.reading.fields.place import find_place
from archive.ingest.reading.fields.published import find_published
from archive.ingest.reading.fields.subtitle import find_subtitle
from archive.ingest.reading.formats.html import dates
from archive.ingest.reading.formats.html.declared import Declarations, Declared, read_declarations
from archive.ingest.reading.formats.html.guesses import guess, shown_authors, shown_title
from archive.ingest.reading.formats.html.headline import PageTitle, find_page_title
from archive.ingest.reading.formats.html.segments import source_segments
from archive.ingest.reading.formats.html.visible import Visible
from archive.ingest.reading.formats.html.zone import Zone, find_content, is_list, sort_zone
from archive.ingest.reading.formats.text import is_arabic
from archive.ingest.reading.names import Lexicon, agency_ref, name_key
from archive.ingest.reading.types import (
    Confidence,
    Finding,
    NameRef,
    PublishedDate,
    Reading,
    Rejected,
    Span,
)
from archive.ingest.reading.units import lines_of

T = TypeVar("T")

MAX_NAME: Final = 200
NEAR_LINES: Final = 20
MAX_URL: Final = 2000
_LANGUAGE: Final = re.compile(r"ar(?:[-_][A-Za-z0-9]{2,4})?", re.IGNORECASE)
_SAVED_FROM: Final = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->|^\s*url:\s*(http\S+)", re.MULTILINE
)
_SAVED_WITHIN: Final = 4096
_LIST_ADDRESS: Final = re.compile(
    r"/?(?:(?:index|default|home|main)(?:\.\w{2,5})?)?/?(?:ar|arabic)?/?", re.IGNORECASE
)

_BESIDE: Final = re.compile(r"\s*[-–—|:•»]+\s*([^-–—|:•»]{3,40}?)\s*")

NO_TEXT: Final = (
    "is no article: no paragraph of text is found in the page (a list, a player, a form, or a page that"
    " draws its text by a script); save the article's own page"
)
A_LIST: Final = (
    "is no article but a list of them (a front page, a section or a search): ingest the pages that it"
    " leads to"
)
NOT_ARABIC: Final = (
    "is no Arabic text: leave the page out; an article in another language can come as JSON Lines"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a page came: the address it was fetched from, where that is written, and when."""

    url: Declared | None = None
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a page's text stands: its number in the file, its order, its place in characters and bytes."""

    number: int
    ordinal: int
    start: int
    byte_span: Span


@dataclass(frozen=True, slots=True)
class _Read:
    """A page read: what is visible, what it declares, its title, its article's lines, its address."""

    visible: Visible
    declared: Declarations
    title: PageTitle
    zone: Zone
    lexicon: Lexicon
    addresses: tuple[Declared, ...]
    fetched: Fetched


def read_page(source: str, stand: Stand, lexicon: Lexicon, fetched: Fetched) -> Reading | Rejected:
    """The article of a page. Spans count from `stand.start`, where the page's text begins.

    Rejected: it holds no article, or many, or none in Arabic.
    """
    visible = Visible(source)
    declared = read_declarations(visible)
    addresses = tuple(_addresses(source, declared, fetched))
    lines = list(lines_of(visible.text))
    title = find_page_title(visible, lines, declared, lexicon)
    if title.found is None and (shown := shown_title(visible, lines, guess(visible))):
        title = PageTitle(*shown)
    content = find_content(visible, lines, title.line)
    is_front = fetched.url is not None and _is_front([fetched.url])
    if is_front or is_list(visible, lines, content, declared):
        return Rejected(stand.number, A_LIST)
    if not content:
        return Rejected(stand.number, NO_TEXT)
    zone = sort_zone(visible, lines, title.line, content, lexicon)
    body = join_body(zone.page)
    if not body:
        return Rejected(stand.number, NO_TEXT)
    if not is_arabic(body):
        return Rejected(stand.number, NOT_ARABIC)
    return _reading(_Read(visible, declared, title, zone, lexicon, addresses, fetched), body, stand)


def _reading(read: _Read, body: str, stand: Stand) -> Reading:
    agencies, authors = _people(read)
    place = find_place(read.zone.page)
    subtitle = find_subtitle(read.zone.page)
    move = _Mover(read.visible, stand.start)
    length = len(read.visible.source)
    return Reading(
        ordinal=stand.ordinal,
        span=Span(stand.start, stand.start + length),
        byte_span=stand.byte_span,
        body=body,
        segments=source_segments(read.visible, read.zone),
        title=move.source(read.title.found),
        subtitle=move.visible(subtitle),
        outlet=move.source(_outlet(read)),
        agencies=tuple(filter(None, map(move.source, agencies))),
        authors=tuple(filter(None, map(move.source, authors))),
        place=move.visible(place),
        section=move.source(_section(read.declared)),
        url=move.source(_url(read)),
        language=move.source(_language(read.declared)),
        published=move.source(_published(read)),
    )


class _Mover:
    """Moves the spans of findings to where they stand in the file."""

    def __init__(self, visible: Visible, start: int) -> None:
        self._visible, self._start = visible, start

    def source(self, found: Finding[T] | None) -> Finding[T] | None:
        """A finding whose span counts from the page's start."""
        if found is None or found.span is None:
            return found
        span = Span(found.span.start + self._start, found.span.end + self._start)
        return replace(found, span=span)

    def visible(self, found: Finding[T] | None) -> Finding[T] | None:
        """A finding whose span counts in the visible text."""
        return self.source(_in_source(self._visible, found))


def _in_source(visible: Visible, found: Finding[T] | None) -> Finding[T] | None:
    if found is None or found.span is None:
        return found
    return replace(found, span=visible.span(found.span.start, found.span.end))


def _addresses(source: str, declared: Declarations, fetched: Fetched) -> Iterator[Declared]:
    """The page's addresses, the surest first: fetched from, canonical, shared as, saved from."""
    base = fetched.url.value if fetched.url else ""
    if fetched.url:
        yield fetched.url
    canonical = declared.links.get("canonical")
    for found in (*([canonical] if canonical else []), *declared.metas("og:url", "twitter:url")):
        yield from _whole_address(found, base)
    for found in declared.ld.get("url", ()):
        yield from _whole_address(found, base)
    if match := _SAVED_FROM.search(source, 0, _SAVED_WITHIN):
        group = match.lastindex or 1
        yield from _whole_address(Declared(match.group(group), "saved from", Span(*match.span(group))), base)


def _whole_address(found: Declared, base: str) -> Iterator[Declared]:
    try:
        url = urljoin(base, found.value)
        parts = urlsplit(url)
    except ValueError:
        return
    if parts.scheme in ("http", "https") and parts.hostname and len(url) <= MAX_URL:
        yield replace(found, value=url)


def _is_front(addresses: Iterable[Declared]) -> bool:
    """Whether all addresses of a page are those of a site's first page."""
    parts = [urlsplit(address.value) for address in addresses]
    return bool(parts) and all(
        not each.query and _LIST_ADDRESS.fullmatch(each.path) is not None for each in parts
    )


def _url(read: _Read) -> Finding[str] | None:
    """The first address that is more than a site's; some pages are canonically their site's first."""
    for found in read.addresses:
        if not _is_front([found]):
            return Finding(found.value, found.rule, Confidence.HIGH, found.span)
    return None


def _outlet(read: _Read) -> Finding[NameRef] | None:
    """The site's outlet: by its address, by the name that the page gives its site, by who signs the text."""
    for address in read.addresses:
        if known := read.lexicon.outlet_by_url(address.value):
            return Finding(
                NameRef(known.name, known.slug), "address of the site", Confidence.HIGH, address.span
            )
    names = [
        *read.declared.metas("og:site_name", "application-name"),
        *read.declared.ld.get("publisher.name", ()),
        *_beside_headline(read),
    ]
    for name in names:
        if known := read.lexicon.outlet(name.value):
            return Finding(NameRef(known.name, known.slug), name.rule, Confidence.HIGH, name.span)
    if signed := _in_source(read.visible, find_outlet(read.zone.page)):
        return signed
    for name in names:
        if len(name.value) <= MAX_NAME and not name.value.startswith("http"):
            return Finding(NameRef(name.value, None), name.rule, Confidence.MEDIUM, name.span)
    return None


def _beside_headline(read: _Read) -> Iterator[Declared]:
    """What the page's title says besides the headline: the name of the site."""
    title, headline = read.declared.title, read.title.found
    if title is None or headline is None or not title.value.startswith(headline.value):
        return
    rest = title.value.removeprefix(headline.value)
    if match := _BESIDE.fullmatch(rest):
        yield replace(title, value=match.group(1), rule="site's name beside the headline")


def _people(read: _Read) -> tuple[list[Finding[NameRef]], list[Finding[str]]]:
    """Agencies and authors that the page declares, else those of its visible byline."""
    agencies = {found.value.name: found for found in _moved(read, find_agencies(read.zone.page))}
    authors: dict[str, Finding[str]] = {}
    declared = read.declared
    for name in (
        *declared.ld.get("author.name", ()),
        *declared.ld.get("creator.name", ()),
        *declared.metas("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"),
    ):
        if not _can_be_byline(name, read):
            continue
        byline = read_byline(name.value, read.lexicon)
        for author in byline.authors:
            authors.setdefault(author, Finding(author, name.rule, Confidence.HIGH, name.span))
        for ref in byline.agencies:
            agencies.setdefault(
                ref.name, Finding(agency_ref(read.lexicon, ref.name), name.rule, Confidence.HIGH, name.span)
            )
    found = authors or {found.value: found for found in _moved(read, find_authors(read.zone.page))}
    return list(agencies.values()), list(found.values()) or list(_guessed_authors(read))


def _guessed_authors(read: _Read) -> Iterator[Finding[str]]:
    """The authors that trafilatura finds on lines near the text that are none of its paragraphs."""
    lines, first, last = read.zone.lines, min(read.zone.content), max(read.zone.content)
    near = [lines[n] for n in range(max(0, first - NEAR_LINES), min(len(lines), last + NEAR_LINES))]
    return shown_authors(read.visible, near, guess(read.visible))


def _can_be_byline(name: Declared, read: _Read) -> bool:
    """Whether a declared author is no address, no user name in Latin letters and not the site itself."""
    value = name.value
    sites = {name_key(site.value) for site in read.declared.metas("og:site_name", "application-name")}
    sites |= {name_key(site.value) for site in read.declared.ld.get("publisher.name", ())}
    return len(value) <= MAX_NAME and is_arabic(value) and "://" not in value and name_key(value) not in sites


def _moved(read: _Read, findings: Iterable[Finding[T]]) -> list[Finding[T]]:
    return [moved for found in findings if (moved := _in_source(read.visible, found))]


def _section(declared: Declarations) -> Finding[str] | None:
    for found in (*declared.ld.get("articleSection", ()), *declared.metas("article:section")):
        if value := clean_line(found.value)[: MAX_NAME + 1]:
            return Finding(value, found.rule, Confidence.HIGH, found.span) if len(value) <= MAX_NAME else None
    return None


def _language(declared: Declarations) -> Finding[str] | None:
    """The language that a page of Arabic text declares, if that is Arabic; many are English by name."""
    for found in (*filter(None, [declared.language]), *declared.ld.get("inLanguage", ())):
        if _LANGUAGE.fullmatch(found.value):
            return Finding(found.value, found.rule, Confidence.HIGH, found.span)
    return None


def _published(read: _Read) -> Finding[PublishedDate] | None:
    """The date that the page's own words and marks agree on."""
    return dates.choose(list(_tellings(read)), read.declared, read.fetched.at)


def _tellings(read: _Read) -> Iterator[dates.Telling]:
    yield from dates.declared_dates(read.declared)
    yield from _stamps(read)
    if printed := _in_source(read.visible, find_published(read.zone.page)):
        yield dates.Telling(dates.PRINTED, printed)
    for address in read.addresses[:3]:
        yield from dates.date_in_address(address)


def _stamps(read: _Read) -> Iterator[dates.Telling]:
    """The <time datetime> of the lines around the headline and the text."""
    for number in sorted(read.zone.kinds):
        line = read.zone.lines[number]
        if number in read.zone.content:
            continue
        for passage in read.visible.passages_of(line.start, line.end):
            if stamp := passage.within.stamp:
                value = read.visible.source[stamp.start : stamp.end]
                yield from dates.telling(dates.TIME, Declared(clean_line(value), "time element", stamp))
