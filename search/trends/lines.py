"""What the lines count: each asks the engine as the search page does, so that sums and links agree."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive.models import Outlet
from search.asking import ask, filters_of
from search.engines.base import Answer, Question
from search.names import Names
from search.presentation.links import address
from search.service import understand
from search.trends.asked import MOST_LINES, Lines, Measure, Scale, TrendsRequest
from search.trends.periods import Axis, Period
from search.types import UNKNOWN, QueryWarning, SearchRequest
from search.upkeep import hidden_uids

PER: Final = 1_000
"""Rates are per so many available articles."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its counts and the available articles by period, and the hits that have no place on the axis.

    `request` finds all of them: the counts and `undated`, `coarser` (dated less precisely than the axis is
    divided) and `outside` (before or after the axis) are its total together.
    """

    label: str
    request: SearchRequest
    counts: tuple[int, ...]
    available: tuple[int, ...]
    total: int
    undated: int
    coarser: int
    outside: int
    warnings: tuple[QueryWarning, ...] = ()
    stepped_down: bool = False

    def value(self, number: int, measure: Measure) -> float | None:
        """The height of a point; None where nothing is available, which is not nought."""
        if not self.available[number]:
            return None
        count = self.counts[number]
        return count if measure is Measure.COUNT else PER * count / self.available[number]

    def values(self, measure: Measure) -> tuple[float | None, ...]:
        """The heights of all points."""
        return tuple(self.value(number, measure) for number in range(len(self.counts)))


def lines(
    request: TrendsRequest, axis: Axis | None, names: Names, outlets: Sequence[Outlet]
) -> tuple[Line, ...]:
    """The lines that a request asks for. Eleven questions to the engine at most, each within its own budget.

    Raises: IndexMissing: there are articles and no index to search.
    """
    counter = _Counter(axis, names)
    if request.lines is Lines.OUTLETS:
        return counter.of_outlets(request, {outlet.slug: outlet.label for outlet in outlets})
    available = counter.answer(request.search("")) if request.queries else None
    return tuple(
        counter.line(query, request.search(query), available) for query in request.queries if available
    )


def point_address(line: Line, period: Period) -> str:
    """The search that finds what this line counts in this period."""
    return period_address(line.request, period)


def period_address(request: SearchRequest, period: Period) -> str:
    """The same search in one period."""
    return address(request, date_from=period.first, date_to=period.last)


class _Counter:
    """Asks for one page: what is hidden from readers is read once."""

    def __init__(self, axis: Axis | None, names: Names) -> None:
        self._axis = axis
        self._names = names
        self._hidden = hidden_uids()

    def of_outlets(self, request: TrendsRequest, labels: dict[str, str]) -> tuple[Line, ...]:
        """A line for each outlet asked for, or for the five that have most hits."""
        query = request.queries[0] if request.queries else ""
        whole = self.answer(request.search(query))
        level = request.narrowing.level or whole.level  # one step of the ladder for all, or they say no more
        found = [slug for slug in whole.facets["outlet"] if slug in labels]
        slugs = [slug for slug in request.narrowing.outlets if slug in labels] or found
        return tuple(
            self.line(
                labels[slug],
                request.search(query, outlets=(slug,), level=level),
                self.answer(request.search("", outlets=(slug,))),
            )
            for slug in slugs[:MOST_LINES]
        )

    def line(self, label: str, request: SearchRequest, available: Answer) -> Line:
        parsed = understand(request.query, self._names, variants=request.variants)
        answer = ask(dataclasses.replace(self._question(request), tree=parsed.tree), parsed)
        counts = self._counts(answer)
        coarser = max(0, self._facet(answer).get(UNKNOWN, 0) - answer.undated)
        return Line(
            label=label,
            request=request,
            counts=counts,
            available=self._counts(available),
            total=answer.total,
            undated=answer.undated,
            coarser=coarser,
            outside=answer.total - answer.undated - coarser - sum(counts),
            warnings=parsed.warnings,
            stepped_down=answer.stepped_down,
        )

    def answer(self, request: SearchRequest) -> Answer:
        """What an engine answers to a search without hits, with days where the axis is of days."""
        parsed = understand(request.query, self._names, variants=request.variants)
        return ask(dataclasses.replace(self._question(request), tree=parsed.tree), parsed)

    def _question(self, request: SearchRequest) -> Question:
        by_day = self._axis is not None and self._axis.scale is Scale.DAY
        return Question(
            None,
            request.level,
            filters_of(request),
            limit=0,
            hidden=self._hidden,
            by_day=by_day,
        )

    def _facet(self, answer: Answer) -> dict[str, int]:
        return answer.facets.get(self._axis.scale, {}) if self._axis else {}

    def _counts(self, answer: Answer) -> tuple[int, ...]:
        counted = self._facet(answer)
        return tuple(counted.get(period.name, 0) for period in self._axis.periods) if self._axis else ()
