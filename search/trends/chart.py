"""The lines in units of a plot: broken where nothing is available, hatched where nothing is held.

Time runs with reading: the oldest period stands at the right in Arabic and at the left in English.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from archive.display.dates import written_day_of_year, written_month
from search.trends.asked import Measure, Scale
from search.trends.held import Held, Holding, Holdings
from search.trends.lines import Line
from search.trends.periods import Axis, Period

WIDTH: Final = 1_000.0
HEIGHT: Final = 320.0
STRIP_HEIGHT: Final = 18.0
MOST_STEPS: Final = 5
MOST_TICKS: Final = 6
_NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
"""The steps of an axis, of each power of ten."""
_LEAST_GAP_OF_LABELS: Final = 0.085
"""How far apart labels at the end of the lines stand at least, in parts of the height."""
_NEARLY: Final = 1 - 1e-9
"""What is so near a step is on it: fractions are not exact."""
_STROKE: Final = 6
_SEPARATED: Final = 62
"""Up to so many periods the cells of a strip stand a little apart."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line that stands for articles: `number` is its period."""

    x: str
    y: str
    number: int


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line: its stretches as an SVG path, its dots, and the height of its label (0 is the top, 1 the
    bottom; None where the line has no point)."""

    place: int
    path: str
    dots: tuple[Dot, ...]
    label_at: float | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis: where its period begins, in parts of the width, and what is written at it."""

    at: float
    label: str
    number: int

    @property
    def percent(self) -> float:
        return round(self.at * 100, 3)


@dataclass(frozen=True, slots=True)
class Grid:
    """A line across at a round value; `at` in parts of the height from the top."""

    at: float
    label: str

    @property
    def percent(self) -> float:
        return round(self.at * 100, 3)


@dataclass(frozen=True, slots=True)
class Strip:
    """The holdings of an outlet: one path for each kind of period."""

    holding: Holding
    paths: tuple[tuple[Held, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a page or a file draws."""

    lines: tuple[DrawnLine, ...]
    gaps: tuple[tuple[str, str], ...]
    ticks: tuple[Tick, ...]
    grid: tuple[Grid, ...]
    strips: tuple[Strip, ...]


def chart_of(
    lines: Sequence[Line], axis: Axis, holdings: Holdings, measure: Measure, *, right_to_left: bool
) -> Chart:
    """Draw the lines over the axis, with the holdings under it."""
    ground = _Ground(len(axis.periods), right_to_left)
    values = [line.values(measure) for line in lines]
    rise = _rise(max((value or 0 for row in values for value in row), default=0), measure)
    top = rise.top
    ends = _apart([_last_height(row, top) for row in values])
    return Chart(
        lines=tuple(
            DrawnLine(place, _path(ground, row, top), _dots(ground, line, row, top), end)
            for place, (line, row, end) in enumerate(zip(lines, values, ends, strict=True), start=1)
        ),
        gaps=tuple(_gaps(ground, holdings.together.periods)),
        ticks=tuple(_ticks(ground, axis)),
        grid=tuple(_grid(rise)) if lines else (),
        strips=tuple(Strip(one, tuple(_cells(ground, one.periods))) for one in holdings.outlets),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """The width divided into so many periods, from the right or from the left."""

    periods: int
    right_to_left: bool

    @property
    def step(self) -> float:
        return WIDTH / self.periods

    def left(self, start: int, end: int) -> float:
        """Where the periods [start, end) have their left edge."""
        return WIDTH - end * self.step if self.right_to_left else start * self.step

    def middle(self, number: int) -> float:
        return self.left(number, number + 1) + self.step / 2


@dataclass(frozen=True, slots=True)
class _Rise:
    """The height divided into so many steps, each of so much."""

    step: float
    steps: int

    @property
    def top(self) -> float:
        return self.step * self.steps


def _path(ground: _Ground, values: Sequence[float | None], top: float) -> str:
    """The stretches of a line. A point alone between two gaps is a short stroke: it must be seen."""
    parts = []
    before = False
    for number, value in enumerate(values):
        if value is not None:
            alone = not before and (number + 1 == len(values) or values[number + 1] is None)
            x = ground.middle(number) - (_STROKE / 2 if alone else 0)
            parts.append(f"{'L' if before else 'M'}{figure(x)} {_height(value, top)}")
            parts.append(f"h{_STROKE}" if alone else "")
        before = value is not None
    return "".join(parts)


def _dots(ground: _Ground, line: Line, values: Sequence[float | None], top: float) -> tuple[Dot, ...]:
    return tuple(
        Dot(figure(ground.middle(number)), _height(value, top), number)
        for number, value in enumerate(values)
        if value is not None and line.counts[number]
    )


def _height(value: float, top: float) -> str:
    return figure(HEIGHT * (1 - value / top))


def _last_height(values: Sequence[float | None], top: float) -> float | None:
    known = [value for value in values if value is not None]
    return 1 - known[-1] / top if known else None


def _apart(heights: Sequence[float | None]) -> list[float | None]:
    """The heights of labels moved so far apart that none covers another, in their order."""
    order = sorted((height, place) for place, height in enumerate(heights) if height is not None)
    placed: dict[int, float] = {}
    least = _LEAST_GAP_OF_LABELS / 2
    for height, place in order:
        placed[place] = max(height, least)
        least = placed[place] + _LEAST_GAP_OF_LABELS
    most = 1 - _LEAST_GAP_OF_LABELS / 4
    for _wanted, place in reversed(order):
        placed[place] = min(placed[place], most)
        most = placed[place] - _LEAST_GAP_OF_LABELS
    return [round(placed[place], 4) if place in placed else None for place in range(len(heights))]


def _gaps(ground: _Ground, periods: Sequence[Held]) -> Iterator[tuple[str, str]]:
    """Left edge and width of each stretch of which nothing is held."""
    start = 0
    for held, run in groupby(periods):
        end = start + len(list(run))
        if held is Held.NOTHING:
            yield figure(ground.left(start, end)), figure((end - start) * ground.step)
        start = end


def _cells(ground: _Ground, periods: Sequence[Held]) -> Iterator[tuple[Held, str]]:
    """A path for each kind: cells a little apart where they are few, whole stretches where they are many."""
    space = ground.step * 0.06 if ground.periods <= _SEPARATED else 0.0
    found: dict[Held, list[str]] = {}
    start = 0
    for held, run in groupby(periods):
        end = start + len(list(run))
        edges = [(n, n + 1) for n in range(start, end)] if space else [(start, end)]
        for first, last in edges:
            width = (last - first) * ground.step - space
            found.setdefault(held, []).append(_box(ground.left(first, last), width))
        start = end
    for held, paths in found.items():
        yield held, "".join(paths)


def _box(left: float, width: float) -> str:
    return f"M{figure(left)} 0h{figure(width)}v{figure(STRIP_HEIGHT)}h-{figure(width)}z"


def _ticks(ground: _Ground, axis: Axis) -> Iterator[Tick]:
    starts = [number for number, period in enumerate(axis.periods) if _begins(axis, number, period)]
    step = max(1, math.ceil(len(starts) / MOST_TICKS))
    for number in starts[::step]:
        edge = ground.left(number, number + 1) + (ground.step if ground.right_to_left else 0)
        yield Tick(round(edge / WIDTH, 5), tick_label(axis, axis.periods[number]), number)


def _begins(axis: Axis, number: int, period: Period) -> bool:
    """Whether a tick may stand here: where months are drawn over years, only at a January."""
    if axis.scale is not Scale.MONTH or len(axis.periods) <= 2 * MOST_TICKS:
        return True
    return period.first.month == 1


def tick_label(axis: Axis, period: Period) -> str:
    """What stands under the axis: 2015, نوفمبر 2015, 21 نوفمبر."""
    if axis.scale is Scale.YEAR or (
        axis.scale is Scale.MONTH and len(axis.periods) > 2 * MOST_TICKS and period.first.month == 1
    ):
        return str(period.first.year)
    return written_month(period.first) if axis.scale is Scale.MONTH else written_day_of_year(period.first)


def _grid(rise: _Rise) -> Iterator[Grid]:
    for number in range(1, rise.steps + 1):
        yield Grid(1 - number / rise.steps, written_value(rise.step * number))


def written_value(value: float) -> str:
    """1,234, 2.5, 0.04: as many decimals as say something."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if value >= 1 else f"{value:.2g}"


def _rise(largest: float, measure: Measure) -> _Rise:
    """The shortest round step of which MOST_STEPS reach the largest value; of counts, a whole number."""
    least = (largest or 1) / MOST_STEPS
    if measure is Measure.COUNT:
        least = max(1.0, least)
    unit = 10.0 ** math.floor(math.log10(least))
    step = next(
        step
        for step in (nice * unit for nice in _NICE)
        if step >= least * _NEARLY and (measure is Measure.RATE or step == int(step))
    )
    return _Rise(step, max(1, math.ceil(largest / step * _NEARLY)))


def figure(number: float) -> str:
    """A coordinate, as short as is exact enough."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
