"""What to change where nothing was found: one thing at a time, each with what it would find."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from search.counting import Count
from search.presentation.links import address
from search.presentation.narrowing import ladder
from search.types import Chip, Level, Results, SearchRequest

MOST_PARTS: Final = 5
"""How many parts of a query are tried apart: each costs a search."""
_NO_FILTERS: Final[dict[str, Any]] = {
    "outlets": (), "agencies": (), "authors": (), "sections": (), "years": (),
    "date_from": None, "date_to": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """A change and what it would find."""

    label: str
    count: int
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase of the query on its own, in the whole archive."""

    text: str
    count: int
    url: str


def parts(results: Results, count: Count) -> tuple[Part, ...]:
    """How many articles hold each word and phrase of the query, without any filter, inflected."""
    return tuple(_parts(results, count))


def _parts(results: Results, count: Count) -> Iterator[Part]:
    for chip in results.understood.chips[:MOST_PARTS]:
        if chip.kind in {"word", "phrase"}:
            query = f'"{chip.text}"' if chip.kind == "phrase" else chip.text
            alone = SearchRequest(query=query, level=Level.INFLECTED)
            yield Part(chip.text, count(alone), address(alone, level=None))


def ways(results: Results, count: Count) -> tuple[Way, ...]:
    """The changes that find something: a part left out, the filters left out, another step of the ladder.

    Where no one change does, both: any of the words, without the filters.
    """
    found = [
        *_without_a_part(results, count),
        *_without_filters(results.request, count),
        *_other_steps(results),
    ]
    found = [way for way in found if way.count] or [_any_word_anywhere(results.request, count)]
    return tuple(way for way in found if way.count)


def _any_word_anywhere(request: SearchRequest, count: Count) -> Way:
    wanted = _from_the_start(request, level=Level.ANY, **_NO_FILTERS)
    return Way(_("Any of the words, without any filter"), count(wanted), address(wanted))


def _without_a_part(results: Results, count: Count) -> Iterator[Way]:
    chips = results.understood.chips[:MOST_PARTS]
    for chip in chips if len(results.understood.chips) > 1 else ():
        wanted = _from_the_start(results.request, query=chip.query_without)
        yield Way(_without(chip), count(wanted), address(wanted))


def _without(chip: Chip) -> str:
    return _("Without “%(text)s”") % {"text": chip.text}


def _without_filters(request: SearchRequest, count: Count) -> Iterator[Way]:
    wanted = _from_the_start(request, **_NO_FILTERS)
    if wanted != _from_the_start(request):
        yield Way(_("In all outlets, of all years, without any filter"), count(wanted), address(wanted))


def _other_steps(results: Results) -> Iterator[Way]:
    for step in ladder(results):
        if not step.current:
            label = _("Words matched at the step “%(step)s”") % {"step": step.name}
            note = "" if step.note_is_arabic else step.note
            yield Way(label, step.count, step.url, note)


def _from_the_start(request: SearchRequest, **changes: Any) -> SearchRequest:
    return dataclasses.replace(request, page=1, **changes)
