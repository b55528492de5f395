"""What a page declares of itself: meta tags, links, the document's title, JSON-LD; each with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Final

from archive.ingest.reading.cleaning import clean_line
from archive.ingest.reading.formats.html.markup import Tag, attributes
from archive.ingest.reading.formats.html.visible import Visible
from archive.ingest.reading.names import name_key
from archive.ingest.reading.types import Span

LONGEST_VALUE: Final = 2000
ARTICLE_TYPES: Final = frozenset(
    [
        "newsarticle",
        "article",
        "blogposting",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "report",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "liveblogposting",
        "socialmediaposting",
    ]
)
LIST_TYPES: Final = frozenset(["collectionpage", "itemlist", "searchresultspage"])

_JSON_LD: Final = "application/ld+json"
_WRAPPED: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_MARKED_DATE: Final = re.compile(r"itemprop\s*=\s*[\"']?date(?:Published|Modified|Created)\b", re.IGNORECASE)
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Declared:
    """A value that the page gives a name, the rule that found it, and where it stands."""

    value: str
    rule: str
    span: Span


@dataclass(slots=True)
class Declarations:
    """All that a page declares. Names of `meta` are in small letters; `ld` holds the article's own values."""

    meta: dict[str, list[Declared]] = field(default_factory=dict)
    ld: dict[str, list[Declared]] = field(default_factory=dict)
    links: dict[str, Declared] = field(default_factory=dict)
    title: Declared | None = None
    language: Declared | None = None
    types: frozenset[str] = frozenset()

    def metas(self, *names: str) -> Iterator[Declared]:
        """The values of meta tags of some names, in the order of the names."""
        for name in names:
            yield from self.meta.get(name, ())

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is one article."""
        kinds = {found.value.lower() for found in self.metas("og:type")}
        times = any(self.metas("article:published_time", "datepublished", "pubdate"))
        return bool(self.types & ARTICLE_TYPES) or "article" in kinds or times

    @property
    def is_list(self) -> bool:
        """Whether the page says that it is a list of articles."""
        return bool(self.types & LIST_TYPES) and not self.types & ARTICLE_TYPES


def read_declarations(visible: Visible) -> Declarations:
    """What a page declares, wherever in it: old pages have meta tags in their bodies."""
    found, scripts = Declarations(), list[Span]()
    for token in visible.tokens:
        if not isinstance(token, Tag) or token.closes:
            continue
        if token.name in ("meta", "link", "html"):
            _note(found, visible.source, token)
        elif _MARKED_DATE.search(visible.source, token.start, token.end):
            _note_marked_date(found, visible.source, token)
        elif token.content and token.name == "title" and found.title is None:
            found.title = _title(visible.source, token.content)
        elif token.content and token.name == "script" and _is_ld(visible.source, token):
            scripts.append(token.content)
    _read_scripts(found, visible.source, scripts)
    return found


def _note(found: Declarations, source: str, tag: Tag) -> None:
    values = attributes(source, tag)
    if tag.name == "html":
        if (lang := values.get("lang") or values.get("xml:lang")) and lang.value:
            found.language = found.language or Declared(lang.value.strip(), "language of the page", lang.span)
        return
    content = values.get("content" if tag.name == "meta" else "href")
    if content is None or not clean_line(content.value[:LONGEST_VALUE]):
        return
    value = clean_line(content.value[:LONGEST_VALUE])
    if tag.name == "link":
        for name in values["rel"].value.lower().split() if "rel" in values else ():
            found.links.setdefault(name, Declared(value, f"link {name}", content.span))
        return
    for attribute in ("property", "name", "itemprop"):
        if (called := values.get(attribute)) and called.value:
            key = called.value.strip().lower()
            found.meta.setdefault(key, []).append(Declared(value, f"meta {key}"[:60], content.span))


def _note_marked_date(found: Declarations, source: str, tag: Tag) -> None:
    """A date that an element of the text is marked up with, its value in an attribute."""
    values = attributes(source, tag)
    value, name = values.get("datetime") or values.get("content"), values.get("itemprop")
    if value and name and (text := clean_line(value.value[:LONGEST_VALUE])):
        key = name.value.strip().lower()
        found.meta.setdefault(key, []).append(Declared(text, f"meta {key}"[:60], value.span))


def _title(source: str, content: Span) -> Declared | None:
    content = Span(content.start, min(content.end, content.start + LONGEST_VALUE))
    raw = source[content.start : content.end]
    value = clean_line(unescape(raw))
    if not value:
        return None
    start = content.start + len(raw) - len(raw.lstrip())
    return Declared(value, "title of the page", Span(start, content.start + len(raw.rstrip())))


def _is_ld(source: str, tag: Tag) -> bool:
    kind = attributes(source, tag).get("type")
    return kind is not None and kind.value.strip().lower() == _JSON_LD


def _read_scripts(found: Declarations, source: str, scripts: Sequence[Span]) -> None:
    nodes = [(script, node) for script in scripts for node in _nodes(source[script.start : script.end])]
    found.types = frozenset(kind for _, node in nodes for kind in _types(node))
    ours = [(script, node) for script, node in nodes if _types(node) & ARTICLE_TYPES]
    heads = {name_key(str(node.get("headline", node.get("name", "")))) for _, node in ours}
    if len(heads) > 1:
        ours = [(script, node) for script, node in ours if _is_titled(found, node)]
    for script, node in ours:
        for name, value in _values(node):
            if text := clean_line(unescape(value[:LONGEST_VALUE])):
                span = _place(source, script, name.rpartition(".")[2], value) or script
                found.ld.setdefault(name, []).append(Declared(text, f"JSON-LD {name}", span))


def _is_titled(found: Declarations, node: Mapping[str, object]) -> bool:
    """Whether one of several articles in a page's JSON-LD is the one that the page's title names."""
    key = name_key(str(node.get("headline", node.get("name", ""))))
    titles = [*found.metas("og:title"), *([found.title] if found.title else [])]
    return bool(key) and any(key in name_key(title.value) for title in titles)


def _nodes(script: str) -> Iterator[Mapping[str, object]]:
    """The objects of a script: the outermost, those of its list, those of its `@graph`."""
    try:
        outer = json.loads(_TRAILING_COMMA.sub("", _WRAPPED.sub("", script)), strict=False)
    except (ValueError, RecursionError):
        return
    for node in outer if isinstance(outer, list) else [outer]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (
                (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()
            )


def _types(node: Mapping[str, object]) -> frozenset[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return frozenset(kind.rpartition("/")[2].lower() for kind in kinds if isinstance(kind, str))


_WANTED: Final = ("headline", "datePublished", "dateModified", "articleSection", "inLanguage", "url")


def _values(node: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The values of an article's object by name; of its persons and publisher, their names."""
    for name in _WANTED:
        for value in _listed(node.get(name)):
            if isinstance(value, str):
                yield name, value
    for name in ("author", "creator", "publisher"):
        for value in _listed(node.get(name)):
            if isinstance(value, dict):
                said, is_body = value.get("name"), "organization" in _types(value)
                value = None if is_body and name != "publisher" else said
            for said in _listed(value):
                if isinstance(said, str):
                    yield f"{name}.name", said


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _place(source: str, script: Span, name: str, value: str) -> Span | None:
    """Where a script writes a value as a string, behind its key if it can be, without quotation marks."""
    keyed = re.compile(rf'"(?:{re.escape(name)}|author|creator|publisher)"\s*:\s*(?=")')
    for pattern in (keyed, re.compile(r'[\[,:]\s*(?=")')):
        for match in pattern.finditer(source, script.start, script.end):
            try:
                said, end = scanstring(source, match.end() + 1, False)
            except ValueError:
                continue
            if said == value:
                return Span(match.end() + 1, end - 1)
    return None
