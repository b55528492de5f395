"""What narrows a search, in words: for what is taken away, feeds, and searches that a reader keeps."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.display.dates import written_day
from search.names import Names
from search.types import UNKNOWN, Level, SearchRequest


def conditions_of(request: SearchRequest, names: Names | None = None) -> Iterator[tuple[str, str]]:
    """What narrows a search, by name and value in the reader's language; nothing for a query alone."""
    if request.query and request.level:
        yield _("How closely words must match"), level_name(request.level)
    yield from _filters(request, names or Names())
    if request.date_from:
        yield _("From the day"), written_day(request.date_from)
    if request.date_to:
        yield _("To the day"), written_day(request.date_to)
    if request.query and not request.variants:
        yield _("Other spellings and plurals"), _("not searched")


def in_words(request: SearchRequest) -> str:
    """A search as a title names it: its query, and each thing that narrows it; "" for one of neither."""
    parts = (request.query, narrowed_to(request))
    return " · ".join(part for part in parts if part)


def narrowed_to(request: SearchRequest) -> str:
    """What narrows a search, on one line; "" for a query alone."""
    return " · ".join(f"{name}: {value}" for name, value in conditions_of(request))


def level_name(level: Level) -> str:
    """A step of the ladder in the reader's language."""
    named = {
        Level.EXACT: _("Exact"),
        Level.FOLDED: _("Folded"),
        Level.INFLECTED: _("Inflected"),
        Level.ANY: _("Any word"),
    }
    return named[level]


def _filters(request: SearchRequest, names: Names) -> Iterator[tuple[str, str]]:
    chosen = (
        ("outlet", _("Outlet"), request.outlets),
        ("agency", _("Agency"), request.agencies),
        ("author", _("Author"), request.authors),
        ("section", _("Section"), request.sections),
        ("year", _("Year"), request.years),
    )
    labels = names.labels() if any(values for _kind, _name, values in chosen) else {}
    for kind, name, values in chosen:
        if values:
            known = (labels.get((kind, value), value) for value in values)
            shown = (
                _("unknown") if value == UNKNOWN else label
                for value, label in zip(values, known, strict=True)
            )
            yield name, _(", ").join(shown)
