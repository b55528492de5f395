"""A record of named values (of JSON, CSV or tagged text) becomes an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from archive.ingest.reading.bylines import read_byline
from archive.ingest.reading.cleaning import clean_line, clean_text
from archive.ingest.reading.names import Lexicon, agency_ref, outlet_ref
from archive.ingest.reading.printed import without_entities
from archive.ingest.reading.published import read_published
from archive.ingest.reading.types import (
    Confidence,
    Finding,
    NameRef,
    PublishedDate,
    Reading,
    ReadingError,
    Rejected,
    Segment,
    SegmentKind,
    Span,
)

FIELDS: Final = (
    "id",
    "title",
    "subtitle",
    "body",
    "outlet",
    "agency",
    "author",
    "published",
    "url",
    "section",
    "language",
)
"""The names of a record's fields. Only `body` is required, and it may be empty where there is a title."""

MAX_NAME: Final = 200
"""A name, section or date as printed longer than this is no such thing and is left out."""

_KINDS: Final = {
    "title": SegmentKind.TITLE,
    "subtitle": SegmentKind.SUBTITLE,
    "body": SegmentKind.BODY,
    "author": SegmentKind.BYLINE,
    "agency": SegmentKind.CREDIT,
    "published": SegmentKind.DATE,
}


class Value(NamedTuple):
    """A value of a record, and where in the text it stands."""

    content: object
    start: int
    end: int


Record = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its number or line for messages, its order among the articles, and its two
    spans."""

    number: int
    ordinal: int
    span: Span
    byte_span: Span


def check_map(field_map: Mapping[str, str], records: Iterable[Iterable[str]]) -> None:
    """Make sure that a `--map` can mean something: right names of ours, left names that some record has.

    Reads no further in `records` (the keys of each) than needed.
    Raises: ReadingError: it cannot; the message lists the names that there are.
    """
    if wrong := sorted(set(field_map.values()) - set(FIELDS)):
        raise ReadingError(f"--map to {', '.join(wrong)}: no such field; the fields are {', '.join(FIELDS)}")
    missing, seen = set(field_map), dict[str, None]()
    for keys in records if missing else ():
        seen.update(dict.fromkeys(keys))
        missing -= seen.keys()
        if not missing:
            return
    if missing:
        names = ", ".join(sorted(missing))
        have = ", ".join(list(seen)[:40]) or "no keys at all"
        raise ReadingError(f"--map {names}: no record has that key; the records have {have}")


def read_record(
    record: Record, place: Place, lexicon: Lexicon, field_map: Mapping[str, str]
) -> Reading | Rejected:
    """The article of a record, its fields by our names or by `field_map`.

    A headline whose text was left empty is an article still, with an empty body; without either: Rejected.
    """
    fields = _by_our_names(record, field_map)
    title = _text(fields.get("title"), _printed_line)
    body = _text(fields.get("body"), _printed_text)
    if body is None and not (title and _is_left_empty(fields.get("body"))):
        return Rejected(place.number, _no_body(fields, record))
    outlet = find_outlet(fields, lexicon)
    agencies, authors, place_name = find_people(fields, lexicon)
    return Reading(
        ordinal=place.ordinal,
        span=place.span,
        byte_span=place.byte_span,
        body=body.value if body else "",
        segments=_segments(fields, place.span),
        title=title,
        subtitle=_text(fields.get("subtitle"), _printed_line),
        outlet=outlet,
        agencies=agencies,
        authors=authors,
        place=place_name,
        section=_short(fields.get("section")),
        url=_text(fields.get("url"), clean_line),
        language=_short(fields.get("language"), longest=10),
        published=find_published(fields),
        external_id=_identifier(fields.get("id")),
    )


def find_outlet(fields: Record, lexicon: Lexicon) -> Finding[NameRef] | None:
    """The outlet that the record names; where it names none, the one whose site its address belongs to."""
    if (named := _short(fields.get("outlet"))) is not None:
        return Finding(outlet_ref(lexicon, named.value), "field", Confidence.HIGH, named.span)
    url = _text(fields.get("url"), clean_line)
    if url is None or (known := lexicon.outlet_by_url(url.value)) is None:
        return None
    return Finding(NameRef(known.name, known.slug), "address of the site", Confidence.HIGH, url.span)


def find_published(fields: Record) -> Finding[PublishedDate] | None:
    """The date of the record where it is understood."""
    raw = _short(fields.get("published"))
    date = read_published(raw.value) if raw else None
    return Finding(date, "field", Confidence.HIGH, raw.span) if raw and date else None


def find_people(
    fields: Record, lexicon: Lexicon
) -> tuple[tuple[Finding[NameRef], ...], tuple[Finding[str], ...], Finding[str] | None]:
    """Agencies, authors and place: from their own fields, and from what a printed byline holds besides a
    name."""
    agencies = {
        name.value: Finding(agency_ref(lexicon, name.value), "field", Confidence.HIGH, name.span)
        for name in _names(fields.get("agency"))
    }
    authors: dict[str, Finding[str]] = {}
    place = None
    for printed in _names(fields.get("author")):
        byline = read_byline(printed.value, lexicon)
        for name in byline.authors:
            authors.setdefault(name, Finding(name, "field", Confidence.HIGH, printed.span))
        for ref in byline.agencies:
            agencies.setdefault(ref.name, Finding(ref, "byline", Confidence.HIGH, printed.span))
        if byline.place and place is None:
            place = Finding(byline.place, "byline", Confidence.MEDIUM, printed.span)
    return tuple(agencies.values()), tuple(authors.values()), place


def _by_our_names(record: Record, field_map: Mapping[str, str]) -> dict[str, Value]:
    """The record's values under our names; what is mapped goes before what is called so, an empty value
    behind."""
    pairs = [(ours, record[theirs]) for theirs, ours in field_map.items() if theirs in record]
    pairs += [(name, record[name]) for name in FIELDS if name in record and name not in field_map]
    fields: dict[str, Value] = {}
    for name, value in pairs:
        if name not in fields or fields[name].content in (None, "", []):
            fields[name] = value
    return fields


def _text(value: Value | None, clean: Callable[[str], str]) -> Finding[str] | None:
    if value is None or not isinstance(value.content, str):
        return None
    text = clean(value.content)
    return Finding(text, "field", Confidence.HIGH, Span(value.start, value.end)) if text else None


def _printed_text(text: str) -> str:
    return clean_text(without_entities(text))


def _printed_line(text: str) -> str:
    return clean_line(without_entities(text))


def _short(
    value: Value | None, longest: int = MAX_NAME, clean: Callable[[str], str] = _printed_line
) -> Finding[str] | None:
    if value is not None and isinstance(value.content, int) and not isinstance(value.content, bool):
        value = value._replace(content=str(value.content))
    found = _text(value, clean)
    return found if found and len(found.value) <= longest else None


def _names(value: Value | None) -> Iterator[Finding[str]]:
    """The names of a value that is one string or a list of them."""
    if value is None:
        return
    several = value.content if isinstance(value.content, list) else [value.content]
    for content in several:
        if name := _short(value._replace(content=content)):
            yield name


def _identifier(value: Value | None) -> str:
    found = _short(value, longest=300, clean=clean_line)
    return found.value if found else ""


def _is_left_empty(value: Value | None) -> bool:
    return value is not None and (value.content is None or isinstance(value.content, str))


def _is_list_of_records(value: Value) -> bool:
    return isinstance(value.content, list) and isinstance(next(iter(value.content), None), dict)


def _no_body(fields: Record, record: Record) -> str:
    if "body" not in fields:
        if within := next((key for key, value in record.items() if _is_list_of_records(value)), None):
            return (
                f"no body: the records stand in a list under {within!r}; take them out "
                f"(jq -c '.[\"{within}\"][]' FILE > FILE.jsonl) and ingest that"
            )
        keys = ", ".join(list(record)[:20]) or "nothing"
        return f"no body: the record has {keys}; name the key that holds the text with --map KEY=body"
    if _is_left_empty(fields["body"]):
        return "no body and no title: there is no article to keep; mend the record or leave it out"
    return "no body: its value is no text; give the article's text as one string"


def _segments(fields: Record, span: Span) -> tuple[Segment, ...]:
    values = sorted(
        (fields[name].start, fields[name].end, kind) for name, kind in _KINDS.items() if name in fields
    )
    return fill(((start, end, kind) for start, end, kind in values), span, SegmentKind.MARKUP)


def fill(
    marked: Iterable[tuple[int, int, SegmentKind]], span: Span, rest: SegmentKind
) -> tuple[Segment, ...]:
    """Segments over a span without holes, counted from its start: those marked (in order), `rest` between
    them."""
    segments, at = [], span.start
    for start, end, kind in marked:
        if start < at or end <= start:
            continue
        if start > at:
            segments.append(Segment(at - span.start, start - span.start, rest))
        segments.append(Segment(start - span.start, end - span.start, kind))
        at = end
    if at < span.end:
        segments.append(Segment(at - span.start, span.end - span.start, rest))
    return tuple(segments)
