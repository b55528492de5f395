"""The trends page as one value: everything its template needs, put together once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.models import Outlet
from search.forms import Mistake
from search.presentation.links import address, short_first, short_last
from search.presentation.page import WarningView, warning_views
from search.trends.answer import Trends
from search.trends.asked import (
    MOST_LINES,
    FileForm,
    Lines,
    Measure,
    Scale,
    TrendsRequest,
    address_of,
    trends_address,
)
from search.trends.lines import PER, Line, period_address, point_address
from search.trends.periods import Axis, Period
from search.trends.words import direction_of_time, heading, shortened, written_period
from search.types import UNKNOWN

OWN_FILTERS = ("outlet", "from", "to")
"""Filters that the page has a form for; others come from the search page and can be taken back."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A line of the chart by its key, and the page without it."""

    place: int
    label: str
    url_without: str
    total: int
    total_url: str
    stepped_down: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A way to see the same."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A point that stands for articles and leads to them."""

    x: str
    y: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line with its label at the newest end; `label_at` in hundredths of the height."""

    place: int
    path: str
    dots: tuple[Dot, ...]
    label: str
    label_at: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, the search that finds as many, and the rate where rates are shown."""

    count: int
    url: str
    rate: str


@dataclass(frozen=True, slots=True)
class Row:
    """A period in the table. `url`: the same in finer steps, or the articles of the day."""

    label: str
    url: str
    cells: tuple[Cell, ...]
    held: int
    held_url: str


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line under the table: hits that have no place on the axis, or all of them."""

    label: str
    cells: tuple[Cell, ...]


def page_context(
    trends: Trends, mistakes: Sequence[Mistake], outlets: Sequence[Outlet], base: str
) -> dict[str, Any]:
    """What `search/trends.html` shows. `base`: the scheme and host of the archive."""
    request = trends.request
    return {
        "trends": trends,
        "canonical": base + trends_address(request),
        "chips": tuple(_chips(trends)),
        "kept": address_of(request),
        "full": len(request.queries) >= MOST_LINES,
        "by_outlet": request.lines is Lines.OUTLETS,
        "mistakes": mistakes,
        "warnings": tuple(_warnings(trends)),
        **_form(request, outlets),
        **(_drawn(trends, trends.axis) if trends.axis else {}),
    }


def _chips(trends: Trends) -> Iterator[Chip]:
    slugs = [slug for line in trends.lines for slug in line.request.outlets]
    for place, line in enumerate(trends.lines, start=1):
        request = trends.request
        if request.lines is Lines.OUTLETS:
            left = tuple(slug for slug in slugs if slug not in line.request.outlets)
            without = dataclasses.replace(request.narrowing, outlets=left)
            url = trends_address(request, narrowing=without)
        else:
            queries = tuple(query for query in request.queries if query != line.request.query)
            url = trends_address(request, queries=queries)
        yield Chip(place, line.label, url, line.total, address(line.request), line.stepped_down)


def _warnings(trends: Trends) -> Iterator[WarningView]:
    """Mistakes in the queries; lines that are outlets have the same one."""
    seen = set()
    for line in trends.lines:
        if line.request.query not in seen:
            seen.add(line.request.query)
            yield from warning_views(line.request.query, line.warnings)


def _form(request: TrendsRequest, outlets: Sequence[Outlet]) -> dict[str, Any]:
    narrowing, kept = request.narrowing, address_of(request)
    return {
        "kept_by_filter": [(name, value) for name, value in kept if name not in OWN_FILTERS],
        "outlet_options": [(one.slug, one.label, one.slug in narrowing.outlets) for one in outlets],
        "from_text": short_first(narrowing.date_from) if narrowing.date_from else "",
        "to_text": short_last(narrowing.date_to) if narrowing.date_to else "",
        "narrowed": bool(narrowing.outlets or narrowing.date_from or narrowing.date_to),
        "unnarrowed_url": trends_address(
            request,
            narrowing=dataclasses.replace(narrowing, outlets=(), date_from=None, date_to=None),
        ),
    }


def _drawn(trends: Trends, axis: Axis) -> dict[str, Any]:
    request = trends.request
    return {
        "heading": heading(axis, request.measure),
        "direction_of_time": direction_of_time(right_to_left=trends.right_to_left),
        "switches": (_measures(request), _scales(request, axis), _kinds(request)),
        "files": [Option(form.upper(), trends_address(request, form), current=False) for form in FileForm],
        "drawn": tuple(_lines(trends, axis)),
        "rows": tuple(_rows(trends, axis)),
        "sums": tuple(_sums(trends.lines)),
        "shows_rate": request.measure is Measure.RATE,
        "scale": axis.scale,
    }


def _measures(request: TrendsRequest) -> tuple[str, list[Option]]:
    labels = {Measure.COUNT: _("Number of articles"), Measure.RATE: _("Per 1,000 articles held")}
    return _("Measure"), [
        Option(label, trends_address(request, measure=measure), measure is request.measure)
        for measure, label in labels.items()
    ]


def _scales(request: TrendsRequest, axis: Axis) -> tuple[str, list[Option]]:
    labels = {Scale.YEAR: _("Year"), Scale.MONTH: _("Month"), Scale.DAY: _("Day")}
    return _("One point for each"), [
        Option(labels[scale], trends_address(request, scale=scale), scale is axis.scale)
        for scale in axis.scales
    ]


def _kinds(request: TrendsRequest) -> tuple[str, list[Option]]:
    """All outlets together or a line for each: only where there is one query."""
    if len(request.queries) > 1:
        return "", []
    labels = {Lines.QUERIES: _("All outlets together"), Lines.OUTLETS: _("A line for each outlet")}
    return _("Lines"), [
        Option(label, trends_address(request, lines=kind), kind is request.lines)
        for kind, label in labels.items()
    ]


def _lines(trends: Trends, axis: Axis) -> Iterator[DrawnLine]:
    if trends.chart is None:
        return
    for drawn, line in zip(trends.chart.lines, trends.lines, strict=True):
        dots = tuple(
            Dot(
                dot.x,
                dot.y,
                point_address(line, axis.periods[dot.number]),
                _point_in_words(line, dot.number, axis),
            )
            for dot in drawn.dots
        )
        at = None if drawn.label_at is None else round(drawn.label_at * 100, 2)
        yield DrawnLine(drawn.place, drawn.path, dots, shortened(line.label), at)


def _point_in_words(line: Line, number: int, axis: Axis) -> str:
    return _("%(label)s, %(period)s: %(count)s of %(held)s") % {
        "label": line.label,
        "period": written_period(axis, axis.periods[number]),
        "count": f"{line.counts[number]:,}",
        "held": f"{line.available[number]:,}",
    }


def _rows(trends: Trends, axis: Axis) -> Iterator[Row]:
    for number, period in enumerate(axis.periods):
        held = _held(trends, number)
        yield Row(
            label=written_period(axis, period),
            url=_finer(trends.request, axis, period) if held else "",
            cells=tuple(_cell(line, number, period) for line in trends.lines),
            held=held,
            held_url=period_address(trends.request.search(""), period),
        )


def _held(trends: Trends, number: int) -> int:
    """The available articles of a period: of all lines the same where lines are queries."""
    return trends.lines[0].available[number] if trends.lines else 0


def _cell(line: Line, number: int, period: Period) -> Cell:
    available = line.available[number]
    rate = f"{PER * line.counts[number] / available:,.1f}" if available else ""
    return Cell(line.counts[number], point_address(line, period) if line.counts[number] else "", rate)


def _finer(request: TrendsRequest, axis: Axis, period: Period) -> str:
    if axis.scale is Scale.DAY:
        day = period.first
        return reverse("archive:day", args=[day.year, day.month, day.day])
    narrowing = dataclasses.replace(request.narrowing, years=(), date_from=period.first, date_to=period.last)
    return trends_address(request, narrowing=narrowing, scale=None)


def _sums(lines: Sequence[Line]) -> Iterator[SumRow]:
    """What is not on the axis, where there is any, and the whole."""
    undated = [_linked(line.undated, line, years=(UNKNOWN,)) for line in lines]
    coarser = [Cell(line.coarser, "", "") for line in lines]
    outside = [Cell(line.outside, "", "") for line in lines]
    for label, cells in (
        (_("dated less closely"), coarser),
        (_("before or after"), outside),
        (_("undated"), undated),
    ):
        if any(cell.count for cell in cells):
            yield SumRow(label, tuple(cells))
    yield SumRow(_("Total"), tuple(_linked(line.total, line) for line in lines))


def _linked(count: int, line: Line, **changes: Any) -> Cell:
    return Cell(count, address(line.request, **changes) if count else "", "")
