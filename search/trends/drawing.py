"""The chart as an SVG file that stands alone: its own colours, its fonts named, its words beside it.

Words are set from left to right and each run of ours is isolated in its own direction by marks of the text
itself: browsers, drawing programs and resvg then set the same line, where `direction` is not known to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.display.directions import isolated
from search.trends.answer import Trends
from search.trends.chart import HEIGHT, STRIP_HEIGHT, WIDTH, Chart, DrawnLine
from search.trends.held import Held, Holdings
from search.trends.lines import Line
from search.trends.periods import Axis
from search.trends.words import direction_of_time, heading, shortened

PAGE: Final = 1_280
EDGE: Final = 40
LABEL_ROOM: Final = 210
PLOT_WIDTH: Final = PAGE - 2 * EDGE - LABEL_ROOM
LEGEND_TOP: Final = 92
LEGEND_STEP: Final = 34
STRIP_STEP: Final = 36
FOOT: Final = 64
MOST_LETTERS: Final = 90

INK, SECOND, RULE, EDGE_INK = "#191816", "#5a564e", "#d9d5cb", "#857f73"
COLOURS: Final = ("#1d4b73", "#9c1b1f", "#5b5a10", "#1a675a", "#7b4a11")
DASHES: Final = ("", "8 3", "2 3", "10 3 2 3", "5 5")
CELLS: Final = {Held.FULL: "#4d6f8f", Held.SOME: "#b8c6d4", Held.NOTHING: "url(#hatch)"}
HATCH: Final = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
    f'<path d="M0 5 5 0" stroke="{EDGE_INK}"/></pattern></defs>'
)
TEXT_FACE: Final = "Amiri, 'Scheherazade New', 'Noto Naskh Arabic', serif"
UI_FACE: Final = "'IBM Plex Sans Arabic', 'Noto Sans Arabic', Tahoma, sans-serif"
RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"
_NOT_FOR_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where things stand on the page, in pixels."""

    right_to_left: bool
    lines: int
    strips: int

    @property
    def plot_left(self) -> int:
        return EDGE + (LABEL_ROOM if self.right_to_left else 0)

    @property
    def plot_top(self) -> int:
        return LEGEND_TOP + self.lines * LEGEND_STEP + 24

    @property
    def plot_bottom(self) -> int:
        return self.plot_top + int(HEIGHT)

    @property
    def strips_top(self) -> int:
        return self.plot_bottom + 110

    @property
    def height(self) -> int:
        return self.strips_top + self.strips * STRIP_STEP + FOOT

    @property
    def start(self) -> int:
        """The edge at which reading begins."""
        return PAGE - EDGE if self.right_to_left else EDGE

    @property
    def begins(self) -> str:
        """The anchor of what begins at the point given."""
        return "end" if self.right_to_left else "start"

    @property
    def ends(self) -> str:
        return "start" if self.right_to_left else "end"

    @property
    def end(self) -> int:
        return EDGE if self.right_to_left else PAGE - EDGE

    @property
    def label_edge(self) -> int:
        """Where the labels of lines and of outlets begin, beside the plot."""
        return self.plot_left - 10 if self.right_to_left else self.plot_left + PLOT_WIDTH + 10


def standalone_svg(trends: Trends, signed: str, address: str) -> str:
    """The whole file. `signed`: archive and date; `address`: where the same chart is found again."""
    shown = trends.chart.strips if trends.chart else ()
    sheet = Sheet(trends.right_to_left, len(trends.lines), len(shown))
    language = get_language() or "ar"
    title = heading(trends.axis, trends.request.measure) if trends.axis else _("nothing held")
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE}" height="{sheet.height}" '
        f'viewBox="0 0 {PAGE} {sheet.height}" xml:lang={quoteattr(language)} role="img">'
        f"<title>{_xml(title)}</title><desc>{_xml(f'{signed} {address}')}</desc>{HATCH}"
        f'<rect width="{PAGE}" height="{sheet.height}" fill="#fff"/>'
    )
    parts = [
        frame,
        _text(sheet, sheet.start, 52, title, size=22, weight=600),
        *_legend(sheet, trends),
        *_drawn(sheet, trends, trends.axis, trends.chart, trends.holdings),
        _text(sheet, sheet.start, sheet.height - 24, signed, size=14, fill=SECOND),
        "</svg>\n",
    ]
    return "".join(parts)


def _drawn(
    sheet: Sheet, trends: Trends, axis: Axis | None, chart: Chart | None, holdings: Holdings | None
) -> Iterator[str]:
    if axis is None or chart is None or holdings is None:
        return
    order = direction_of_time(right_to_left=sheet.right_to_left)
    yield _text(sheet, sheet.end, 52, order, size=14, fill=SECOND, anchor=sheet.ends)
    yield from _plot(sheet, chart)
    for drawn, line in zip(chart.lines, trends.lines, strict=True):
        yield from _line(sheet, drawn, line)
    yield from _ticks(sheet, chart)
    yield from _strips(sheet, chart, holdings)


def _legend(sheet: Sheet, trends: Trends) -> Iterator[str]:
    """Each line in full: its query, how many articles it found, and how many of them have no place here."""
    for place, line in enumerate(trends.lines):
        y = LEGEND_TOP + place * LEGEND_STEP
        near, way = sheet.start, -1 if sheet.right_to_left else 1
        far = near + way * 44
        yield f'<path d="M{near} {y - 6}H{far}" {_stroke(place)}/>'
        words = f"{isolated(_within(line.label))} · {_found(line)}"
        yield _text(sheet, far + way * 12, y, words, size=20, face=TEXT_FACE)


def _found(line: Line) -> str:
    found = ngettext("%(figure)s article", "%(figure)s articles", line.total) % {"figure": f"{line.total:,}"}
    away = line.undated + line.coarser + line.outside
    if not away:
        return found
    not_here = ngettext("%(figure)s of them not here", "%(figure)s of them not here", away)
    return f"{found} ({not_here % {'figure': f'{away:,}'}})"


def _plot(sheet: Sheet, chart: Chart) -> Iterator[str]:
    left, right = sheet.plot_left, sheet.plot_left + PLOT_WIDTH
    scale = PLOT_WIDTH / WIDTH
    for x, width in chart.gaps:
        yield (
            f'<rect x="{left + float(x) * scale:.2f}" y="{sheet.plot_top}" '
            f'width="{float(width) * scale:.2f}" height="{HEIGHT:g}" fill="url(#hatch)"/>'
        )
    for line in chart.grid:
        y = sheet.plot_top + line.at * HEIGHT
        yield f'<path d="M{left} {y:.2f}H{right}" stroke="{RULE}"/>'
        edge = right if sheet.right_to_left else left
        yield _text(sheet, edge, y - 5, line.label, size=13, fill=SECOND)
    yield f'<path d="M{left} {sheet.plot_bottom}H{right}" stroke="{INK}"/>'


def _line(sheet: Sheet, drawn: DrawnLine, line: Line) -> Iterator[str]:
    place = drawn.place - 1
    scale = PLOT_WIDTH / WIDTH
    yield (
        f'<g transform="translate({sheet.plot_left} {sheet.plot_top}) scale({scale:.5f} 1)">'
        f'<path d="{drawn.path}" {_stroke(place)} vector-effect="non-scaling-stroke"/></g>'
    )
    for dot in drawn.dots:
        x, y = sheet.plot_left + float(dot.x) * scale, sheet.plot_top + float(dot.y)
        yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.5" fill="{COLOURS[place]}"/>'
    if drawn.label_at is not None:
        y = sheet.plot_top + drawn.label_at * HEIGHT + 6
        words = isolated(shortened(line.label))
        yield _text(
            sheet, sheet.label_edge, y, words, size=18, face=TEXT_FACE, weight=700, fill=COLOURS[place]
        )


def _ticks(sheet: Sheet, chart: Chart) -> Iterator[str]:
    for tick in chart.ticks:
        x = sheet.plot_left + tick.at * PLOT_WIDTH
        yield f'<path d="M{x:.2f} {sheet.plot_bottom}v22" stroke="{RULE}"/>'
        inside = x - 6 if sheet.right_to_left else x + 6
        yield _text(sheet, inside, sheet.plot_bottom + 20, tick.label, size=14)


def _strips(sheet: Sheet, chart: Chart, holdings: Holdings) -> Iterator[str]:
    top = sheet.strips_top
    words = _("What the archive holds in the same time; hatched: nothing held")
    yield _text(sheet, sheet.start, top - 28, words, size=15, weight=600)
    for number, strip in enumerate(chart.strips):
        y = top + number * STRIP_STEP
        transform = f"translate({sheet.plot_left} {y}) scale({PLOT_WIDTH / WIDTH:.5f} 1)"
        paths = "".join(f'<path d="{path}" fill="{CELLS[held]}"/>' for held, path in strip.paths)
        yield f'<g transform="{transform}">{paths}</g>'
        label = isolated(strip.holding.label)
        yield _text(sheet, sheet.label_edge, y + STRIP_HEIGHT - 4, label, size=14)


def _text(
    sheet: Sheet,
    x: float,
    y: float,
    words: str,
    *,
    size: int,
    face: str = UI_FACE,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "",
) -> str:
    isolated = f"{RLI if sheet.right_to_left else LRI}{words}{PDI}"
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{face}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}" text-anchor="{anchor or sheet.begins}">{_xml(isolated)}</text>'
    )


def _stroke(place: int) -> str:
    dash = f' stroke-dasharray="{DASHES[place]}"' if DASHES[place] else ""
    return f'fill="none" stroke="{COLOURS[place]}" stroke-width="2" stroke-linejoin="round"{dash}'


def _within(label: str) -> str:
    """A label that fits on one line: whole words of it."""
    if len(label) <= MOST_LETTERS:
        return label
    return f"{label[:MOST_LETTERS].rpartition(' ')[0] or label[:MOST_LETTERS]}…"


def _xml(text: str) -> str:
    return escape(_NOT_FOR_XML.sub("", text))
