"""An article as lists show it, as HTML at one go: each node of a template costs, and a page has fifty."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from archive.display.dates import WrittenDate, is_written_for_machines, written_date
from archive.display.directions import direction_of, direction_of_prose
from archive.models import Article


def dateline(
    article: Article, *, bare_outlet: bool = False, bare_date: bool = False, printed: bool = False
) -> SafeString:
    """Outlet, date to its precision, and (`printed`) the date as printed.

    `bare_outlet`, `bare_date`: without what a heading says already; of the date, the time is left.
    """
    date = written_date(article)
    outlet = "" if bare_outlet else _outlet(article)
    day = _time(article, date) if bare_date else _date(date)
    raw = _as_printed(article.published_raw) if printed else ""
    return mark_safe(f'<div class="where">{outlet}\n{day}\n{raw}</div>')  # noqa: S308 - all is escaped


def headline(article: Article) -> SafeString:
    """The headline as a link; a derived one stands in the archive's brackets and in regular weight."""
    kind = "headline" if article.title else "headline derived"
    title, address = article.display_title, article.get_absolute_url()
    return mark_safe(  # noqa: S308 - escaped, and an address of slugs
        f'<a class="{kind}" href="{address}" lang="ar" dir="{direction_of_prose(title)}">{escape(title)}</a>'
    )


def _outlet(article: Article) -> str:
    outlet = article.outlet
    if outlet is None:
        return _said_by_the_archive(_("outlet unknown"))
    return f'<a class="outlet" href="{outlet.get_absolute_url()}"><bdi>{escape(outlet.label)}</bdi></a>'


def _date(date: WrittenDate) -> str:
    machine = f' datetime="{date.iso}"' if date.iso else ""
    text = f"<time{machine}>{escape(date.text)}</time>" if date.text else ""
    unknown = _said_by_the_archive(date.unknown) if date.unknown else ""
    return f"{text} {unknown}".strip()


def _time(article: Article, date: WrittenDate) -> str:
    time = article.published_time
    return f'<time class="ltr" datetime="{date.iso}">{time:%H:%M}</time>' if time else ""


def _as_printed(raw: str) -> str:
    if not raw or is_written_for_machines(raw):
        return ""
    return f'<span class="printed" lang="ar" dir="{direction_of(raw)}">{escape(raw)}</span>'


def _said_by_the_archive(text: str) -> str:
    """What is not of the source, in the archive's brackets."""
    return f'<span class="says">{escape(text)}</span>'
