"""The words of a query marked in an article: `{% load reading %}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django import template

from archive.display.prose import Paragraph, Run
from search.service import mark

register = template.Library()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Paragraphs whose runs are cut where the marks begin and end, and how many marks there are."""

    paragraphs: tuple[Paragraph, ...]
    places: int


@register.simple_tag
def mark_words(paragraphs: Iterable[Paragraph], query: str) -> MarkedText:
    """The paragraphs with the words that match a query marked; as they are for no query."""
    if not query.strip():
        return MarkedText(tuple(paragraphs), 0)
    marked = tuple(replace(part, runs=tuple(_cut(part.runs, query))) for part in paragraphs)
    places = sum(run.marked for part in marked if not part.dropped for run in part.runs)
    return MarkedText(marked, places)


def _cut(runs: Iterable[Run], query: str) -> Iterator[Run]:
    for run in runs:
        pieces = mark(run.text, query)
        for number, piece in enumerate(pieces, start=1):
            last = number == len(pieces)
            yield replace(run, text=piece.text, marked=piece.marked, closes=run.closes and last)
