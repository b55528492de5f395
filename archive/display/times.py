"""The articles of one name over time: bars where it stands, nothing where it does not, and hatching only
where the archive holds nothing at all.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archive.display.dates import written_day, written_month
from archive.display.holdings import Bar
from archive.selectors.browse import HeldCount

WIDTH, HEIGHT = 600.0, 100.0
MOST_STEPS: Final = {"day": 92, "month": 180}
"""Up to so many steps days or months are drawn; beyond, years."""
_BAR_SHARE: Final = 0.8
_SMALLEST: Final = 2.0


@dataclass(frozen=True, slots=True)
class YearCount:
    """The articles of a year; `held` false: the archive holds nothing of it."""

    year: int
    articles: int
    held: bool


@dataclass(frozen=True, slots=True)
class NameTimes:
    """The drawing from the first to the last time held. `scale`: what a bar is, "day", "month" or "year"."""

    scale: str
    first: str
    last: str
    bars: tuple[Bar, ...]
    years: tuple[YearCount, ...]
    most: int


def name_times(
    own: Collection[HeldCount], held: Collection[HeldCount], *, right_to_left: bool
) -> NameTimes | None:
    """Draw one name's articles (`own`) over the time of all that is held; None where none is dated."""
    days = [count.day for count in held if count.day]
    if not days or not any(count.day for count in own):
        return None
    first, last = min(days), max(days)
    scale = _scale(first, last)
    steps = _step(scale, first, last) + 1
    counts, all_held = _by_step(scale, first, own), _by_step(scale, first, held)
    return NameTimes(
        scale=scale,
        first=_written(scale, first),
        last=_written(scale, last),
        bars=tuple(_bars(counts, all_held, steps, right_to_left=right_to_left)),
        years=tuple(_years(own, held)),
        most=max(counts.values(), default=0),
    )


def _scale(first: datetime.date, last: datetime.date) -> str:
    return next((scale for scale, most in MOST_STEPS.items() if _step(scale, first, last) < most), "year")


def _step(scale: str, first: datetime.date, day: datetime.date) -> int:
    if scale == "day":
        return (day - first).days
    years = day.year - first.year
    return years * 12 + day.month - first.month if scale == "month" else years


def _by_step(scale: str, first: datetime.date, counts: Iterable[HeldCount]) -> Counter[int]:
    """Articles by step; one that is known less closely stands at the beginning of its month or year."""
    found: Counter[int] = Counter()
    for count in counts:
        if count.day and count.day >= first:
            found[_step(scale, first, count.day)] += count.articles
    return found


def _bars(counts: Counter[int], held: Counter[int], steps: int, *, right_to_left: bool) -> Iterator[Bar]:
    width, most = WIDTH / steps, max(counts.values(), default=1)
    for step in range(steps):
        left = WIDTH - (step + 1) * width if right_to_left else step * width
        if step not in held:
            yield Bar(round(left, 2), 0, round(width, 2), HEIGHT, gap=True)
        elif counts[step]:
            height = max(_SMALLEST, HEIGHT * counts[step] / most)
            x = left + width * (1 - _BAR_SHARE) / 2
            yield Bar(
                round(x, 2),
                round(HEIGHT - height, 2),
                round(width * _BAR_SHARE, 2),
                round(height, 2),
                gap=False,
            )


def _years(own: Collection[HeldCount], held: Collection[HeldCount]) -> Iterator[YearCount]:
    counts: Counter[int] = Counter()
    for count in own:
        if count.day:
            counts[count.day.year] += count.articles
    years = {count.day.year for count in held if count.day}
    for year in range(min(counts), max(counts) + 1):
        yield YearCount(year, counts[year], year in years)


def _written(scale: str, day: datetime.date) -> str:
    if scale == "year":
        return str(day.year)
    return written_month(day) if scale == "month" else written_day(day)
