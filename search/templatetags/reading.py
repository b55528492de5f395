"""The words of a query marked in an article: `{% load reading %}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django import template

from archive.display.prose import Paragraph, Run
from search.marking import Marker
from search.query import parse
from search.types import Level, Marked
from search.variants import with_held_spellings

register = template.Library()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Paragraphs whose runs are cut where the marks begin and end, and how many marks there are."""

    paragraphs: tuple[Paragraph, ...]
    places: int


@register.simple_tag
def mark_words(
    paragraphs: Iterable[Paragraph],
    query: str,
    level: str = "",
    title: bool = False,
    variants: str | None = None,
) -> MarkedText:
    """The paragraphs with the words marked that match a query at a step of the ladder; bare for no query.

    `variants`: "off" marks no other spellings of names.
    """
    if not query.strip():
        return MarkedText(tuple(paragraphs), 0)
    parsed = parse(query) if variants == "off" else with_held_spellings(parse(query))
    marker = Marker(parsed.tree, _level(level))
    found = [(part, marker.mark(part.text, title=title).runs) for part in paragraphs]
    return MarkedText(
        tuple(replace(part, runs=tuple(_cut(part.runs, marked))) for part, marked in found),
        sum(piece.marked for part, marked in found if not part.dropped for piece in marked),
    )


def _level(asked: str) -> Level:
    return next((level for level in Level if level.value == asked), Level.INFLECTED)


def _cut(runs: Iterable[Run], marked: Marked) -> Iterator[Run]:
    """The runs cut at the edges of the marks as well: a mark may begin in one run and end in another."""
    marks = list(_spans(marked))
    start = 0
    for run in runs:
        end = start + len(run.text)
        inside = [
            (max(start, near), min(end, far), on) for near, far, on in marks if near < end and far > start
        ]
        for near, far, on in inside:
            text = run.text[near - start : far - start]
            yield replace(run, text=text, marked=on, closes=run.closes and far == end)
        start = end


def _spans(marked: Marked) -> Iterator[tuple[int, int, bool]]:
    start = 0
    for piece in marked:
        end = start + len(piece.text)
        yield start, end, piece.marked
        start = end
