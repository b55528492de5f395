"""What can be taken away: the drawing as SVG, the same as a picture (PNG), and its figures (CSV)."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from archive.display.dates import written_day
from archive.export.formats import BYTE_ORDER_MARK, FORMULA_STARTS
from search.presentation.links import address
from search.trends.answer import Trends
from search.trends.asked import trends_address
from search.trends.drawing import standalone_svg
from search.trends.lines import PER, Line, point_address
from search.trends.periods import Period
from search.types import UNKNOWN

ZOOM: Final = 1.5
"""Pixels of a picture for each of the drawing: 1,920 across; twice as many take twice the time."""
COLUMNS: Final = (
    "query",
    "outlets",
    "period",
    "first_day",
    "last_day",
    "articles",
    "held",
    "per_1000",
    "retrieved",
    "address",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """When and where a file was taken. `base`: the scheme and host of the archive."""

    day: datetime.date
    base: str


def svg_file(trends: Trends, taken: Taken) -> str:
    """The chart as it is drawn in the reader's language, and where it is found again."""
    signed = f"{_('Arshif')}{_(', ')}{written_day(taken.day)}"
    return standalone_svg(trends, signed, taken.base + trends_address(trends.request))


def png_file(trends: Trends, taken: Taken) -> bytes:
    """The same drawing as a picture, with the fonts of the pages."""
    import resvg_py  # a process that serves pages need not hold it

    return resvg_py.svg_to_bytes(
        svg_string=svg_file(trends, taken), skip_system_fonts=True, font_files=_font_files(), zoom=ZOOM
    )


def csv_file(trends: Trends, taken: Taken) -> str:
    """A row for each line and period, and for what has no place on the axis ("coarser", "outside",
    "undated"): the `articles` of a line are all that it found.

    Where nothing is held, `articles` is empty and `held` is 0: that is not nought of something.
    """
    out = StringIO()
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for line in trends.lines:
        asked = (line.request.query, "; ".join(line.request.outlets))
        for figures, path in _rows(trends, line):
            address_of_row = taken.base + path if path else ""
            rows.writerow(map(_cell, (*asked, *figures, taken.day.isoformat(), address_of_row)))
    return out.getvalue()


Figures = tuple[str | int | float, ...]
"""Period, first and last day, articles, held, and the rate."""


def _rows(trends: Trends, line: Line) -> Iterator[tuple[Figures, str]]:
    """Each row's figures, and the path of the search that finds as many."""
    for number, period in enumerate(trends.axis.periods if trends.axis else ()):
        yield _dated(line, number, period), point_address(line, period)
    for name, count in (("coarser", line.coarser), ("outside", line.outside)):
        if count:
            yield (name, "", "", count, "", ""), ""
    if line.undated:
        yield ("undated", "", "", line.undated, "", ""), address(line.request, years=(UNKNOWN,))


def _dated(line: Line, number: int, period: Period) -> Figures:
    count, held = line.counts[number], line.available[number]
    days = (period.name, period.first.isoformat(), period.last.isoformat())
    return (*days, count, held, round(PER * count / held, 3)) if held else (*days, "", 0, "")


def _cell(value: str | int | float) -> str | int | float:
    """A value for one cell; an apostrophe keeps a spreadsheet from running `-word` as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


@lru_cache(maxsize=1)
def _font_files() -> list[str]:
    amiri, plex = (
        Path(str(import_module(package).__file__)).parent / "files"
        for package in ("fontpkg_amiri", "fontpkg_ibm_plex_sans_arabic")
    )
    return [
        str(amiri / "Amiri-Regular.ttf"),
        str(amiri / "Amiri-Bold.ttf"),
        str(plex / "IBMPlexSansArabic-Regular.ttf"),
        str(plex / "IBMPlexSansArabic-SemiBold.ttf"),
    ]
