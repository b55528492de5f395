"""The parts of a page's source: what is the article's, what was left out, and the markup between."""

from __future__ import annotations

from collections.abc import Iterator

from archive.ingest.reading.formats.html.content import linked
from archive.ingest.reading.formats.html.visible import Visible
from archive.ingest.reading.formats.html.zone import STORY_WORDS, Zone, is_caption
from archive.ingest.reading.formats.records import fill
from archive.ingest.reading.types import Segment, SegmentKind, Span


def source_segments(visible: Visible, zone: Zone) -> tuple[Segment, ...]:
    """Segments over the whole source without holes.

    Words are of the kind of their line; what stands between them (tags, scripts, comments) is MARKUP. Lines
    of the page that are none of the article's are furniture, captions, or links to other stories.
    """
    marked = ((span.start, span.end, kind) for span, kind in _merged(_marked(visible, zone)))
    return fill(marked, Span(0, len(visible.source)), SegmentKind.MARKUP)


def _marked(visible: Visible, zone: Zone) -> Iterator[tuple[Span, SegmentKind]]:
    """The stretches of source that words stand in, with what they are, in order."""
    parts = iter(zone.page.parts)
    part = next(parts, None)
    for number, line in enumerate(zone.lines):
        if number not in zone.kinds:
            kind = _outside(visible, zone, number)
            yield from ((span, kind) for span in visible.spans(line.start, line.end))
        while part and part.start < line.end:
            for span in visible.spans(part.start, part.end):
                yield span, part.kind
            part = next(parts, None)


def _merged(marked: Iterator[tuple[Span, SegmentKind]]) -> Iterator[tuple[Span, SegmentKind]]:
    """The same with neighbours of one kind made one."""
    last: tuple[Span, SegmentKind] | None = None
    for span, kind in marked:
        if last and last[1] is kind and last[0].end == span.start:
            last = Span(last[0].start, span.end), kind
            continue
        if last:
            yield last
        last = span, kind
    if last:
        yield last


def _outside(visible: Visible, zone: Zone, number: int) -> SegmentKind:
    line = zone.lines[number]
    if is_caption(visible, zone.lines, number):
        return SegmentKind.CAPTION
    is_story = line.words >= STORY_WORDS and linked(visible, line) > 1 / 2
    return SegmentKind.RELATED if is_story else SegmentKind.FURNITURE
