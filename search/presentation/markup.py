"""Parts of the page of results that repeat, as HTML written at one go: each node of a template costs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search.presentation.narrowing import FacetLink
from search.presentation.timeline import AxisLabel, Row, Slot
from search.types import Marked


def marked(runs: Marked) -> SafeString:
    """Runs of original text, those that matched marked."""
    return _safe(f"<mark>{escape(run.text)}</mark>" if run.marked else escape(run.text) for run in runs)


def facet_values(links: Iterable[FacetLink]) -> SafeString:
    """The values of a facet as items of a list, each with what the search will find with it."""
    return _safe(map(_facet_value, links))


def _facet_value(link: FacetLink) -> str:
    kind = ' class="unknown"' if link.unknown else ""
    current = ' aria-current="true"' if link.selected else ""
    remove = _remove_sign() if link.selected else ""
    return (
        f'<li{kind}><a href="{escape(link.url)}" rel="nofollow"{current}>'
        f'<bdi>{escape(link.label)}</bdi>{remove}</a> <span class="num tally">{link.count:,}</span></li>'
    )


def _remove_sign() -> str:
    return f' <span aria-hidden="true">×</span><span class="vh">{escape(_("(remove this filter)"))}</span>'


def options(choices: Iterable[tuple[str, str, bool]]) -> SafeString:
    """The options of a form's list: value, label, whether it is chosen."""
    return _safe(
        f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(label)}</option>\n'
        for value, label, chosen in choices
    )


def bars(slots: Iterable[Slot]) -> SafeString:
    """The bars of a timeline, each a link as high as the drawing, and its gaps, hatched."""
    return _safe(map(_bar, slots))


def _bar(slot: Slot) -> str:
    across = f'x="{slot.x}" y="0" width="{slot.width}" height="100"'
    if not slot.held:
        return f'<rect class="gap" {across}/>'
    if not slot.url:
        return ""
    bar = f'x="{slot.bar_x}" y="{slot.bar_y}" width="{slot.bar_width}" height="{slot.bar_height}"'
    rects = f'<rect class="reach" {across}/><rect class="bar" {bar}/>'
    return f'<a href="{escape(slot.url)}" tabindex="-1" rel="nofollow">{rects}</a>'


def axis(labels: Iterable[AxisLabel]) -> SafeString:
    """What stands under the bars, as items of a list."""
    return _safe(map(_axis_label, labels))


def _axis_label(label: AxisLabel) -> str:
    text = _linked(label.label, label.url) if label.url else f"<span>{escape(label.label)}</span>"
    count = "" if label.count is None else f'<small class="num">{label.count:,}</small>'
    return f"<li>{text} {count}</li>\n"


def table_rows(rows: Iterable[Row], *, without_month: bool) -> SafeString:
    """The lines of the table of a timeline; `without_month`: with a column for hits without a month."""
    return _safe(_row(row, without_month=without_month) for row in rows)


def _row(row: Row, *, without_month: bool) -> str:
    cells = [*row.months, f"{row.without_month:,}"] if without_month else row.months
    counts = "".join(f"<td>{count}</td>" for count in cells)
    return (
        f'<tr><th scope="row">{_linked(row.label, row.url)}</th>{counts}<td><b>{row.total:,}</b></td></tr>\n'
    )


def _linked(label: str, url: str | None) -> str:
    return f'<a href="{escape(url)}" rel="nofollow">{escape(label)}</a>' if url else escape(label)


def _safe(parts: Iterable[str]) -> SafeString:
    """Parts in which every text has been escaped."""
    return mark_safe("".join(parts))  # noqa: S308 - see above
