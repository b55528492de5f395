"""One answer to a trends request: the axis, the lines, what is held and the drawing of it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from archive.models import Outlet
from archive.selectors.browse import held_counts
from archive.selectors.outlets import OutletHolding, outlet_holdings
from search.names import Names
from search.trends.asked import Lines, TrendsRequest
from search.trends.chart import Chart, chart_of
from search.trends.held import Holdings, chosen, holdings_of
from search.trends.lines import Line, lines
from search.trends.periods import Axis, axis_of

MOST_STRIPS: Final = 15
"""Outlets whose holdings are drawn at most: the largest ones."""


@dataclass(frozen=True, slots=True)
class Trends:
    """What a page or a file shows. Without an axis nothing dated is held in the time asked for.

    `more_outlets`: outlets whose holdings are counted in `holdings.together` and not drawn.
    """

    request: TrendsRequest
    lines: tuple[Line, ...]
    axis: Axis | None
    holdings: Holdings | None
    chart: Chart | None
    more_outlets: int
    right_to_left: bool


def trends(request: TrendsRequest, names: Names, outlets: Sequence[Outlet]) -> Trends:
    """Answer a request. Asks the database five times at most, and once for each kind of name in a query.

    Raises: IndexMissing: there are articles and no index to search.
    """
    pks = {outlet.slug: outlet.pk for outlet in outlets}
    counts = chosen(held_counts(), pks, request.narrowing.outlets)
    axis = axis_of(request, counts)
    drawn = lines(request, axis, names, outlets)
    if axis is None:
        return Trends(request, drawn, None, None, None, 0, get_language_bidi())
    held = _of_lines(outlet_holdings(counts=counts), request, drawn)
    holdings = holdings_of(held, axis, _("Outlet unknown"))
    shown = Holdings(holdings.outlets[:MOST_STRIPS], holdings.together)
    chart = chart_of(drawn, axis, shown, request.measure, right_to_left=get_language_bidi())
    more = len(holdings.outlets) - len(shown.outlets)
    return Trends(request, drawn, axis, shown, chart, more, get_language_bidi())


def _of_lines(
    held: Sequence[OutletHolding], request: TrendsRequest, drawn: Sequence[Line]
) -> Sequence[OutletHolding]:
    """The holdings of the outlets that have lines, in the order of the lines; all where lines are queries."""
    if request.lines is not Lines.OUTLETS or not drawn:
        return held
    by_slug = {one.choice.slug: one for one in held}
    return [by_slug[slug] for line in drawn for slug in line.request.outlets if slug in by_slug]
