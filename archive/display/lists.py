"""An article as lists show it, as HTML written at one go: a page has fifty, and templates weigh every part."""

from __future__ import annotations

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from archive.display.dates import WrittenDate, is_written_for_machines, written_date
from archive.display.directions import direction_of
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
    return mark_safe(f'<div class="where">{outlet}\n{day}\n{raw}</div>')  # noqa: S308 - all are safe


def headline(article: Article) -> SafeString:
    """The headline as a link; a derived one stands in the archive's brackets and in regular weight."""
    return format_html(
        '<a class="{}" href="{}" lang="ar" dir="auto">{}</a>',
        "headline" if article.title else "headline derived",
        article.get_absolute_url(),
        article.display_title,
    )


def _outlet(article: Article) -> SafeString:
    outlet = article.outlet
    if outlet is None:
        return said_by_the_archive(_("outlet unknown"))
    return format_html(
        '<a class="outlet" href="{}"><bdi>{}</bdi></a>', outlet.get_absolute_url(), outlet.label
    )


def _date(date: WrittenDate) -> SafeString:
    machine = format_html(' datetime="{}"', date.iso) if date.iso else ""
    text = format_html("<time{}>{}</time>", machine, date.text) if date.text else ""
    unknown = said_by_the_archive(date.unknown) if date.unknown else ""
    return mark_safe(f"{text} {unknown}".strip())  # noqa: S308 - both are safe


def _time(article: Article, date: WrittenDate) -> SafeString | str:
    time = article.published_time
    if time is None:
        return ""
    return format_html('<time class="ltr" datetime="{}">{}</time>', date.iso, f"{time:%H:%M}")


def _as_printed(raw: str) -> SafeString | str:
    if not raw or is_written_for_machines(raw):
        return ""
    return format_html('<span class="printed" lang="ar" dir="{}">{}</span>', direction_of(raw), raw)


def said_by_the_archive(text: str) -> SafeString:
    """What is not of the source, in the archive's brackets."""
    return mark_safe(f'<span class="says">{escape(text)}</span>')  # noqa: S308 - escaped
