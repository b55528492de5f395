"""Dates in templates: `{% load dates %}`."""

from __future__ import annotations

import datetime

from django import template

from archive.display import dates, lists
from archive.models import Article

register = template.Library()

register.simple_tag(lists.dateline)
register.simple_tag(lists.headline)
register.filter("day_date", dates.written_day)
register.filter("day_of_year", dates.written_day_of_year)
register.filter("weekday_date", dates.written_weekday)
register.filter("month_date", dates.written_month)
register.filter("hijri", dates.written_hijri)


@register.filter
def written(article: Article) -> dates.WrittenDate:
    """An article's date to its precision: `.text`, `.iso`, `.unknown`."""
    return dates.written_date(article)


@register.filter
def written_in_full(article: Article) -> dates.WrittenDate:
    """The same with the weekday and the time of day where they are known."""
    return dates.written_date(article, weekday=True)


@register.filter
def printed_for_readers(article: Article) -> str:
    """The date as printed; empty where it is only the figures of a machine."""
    printed = article.published_raw
    return "" if dates.is_written_for_machines(printed) else printed


@register.filter
def both_months(article: Article) -> str:
    """An article's Gregorian date with both names of its month."""
    if article.published is None:
        return ""
    return dates.written_with_both_months(article.published, article.published_precision)


@register.filter
def hijri_of_article(article: Article) -> str:
    """An article's date by the Umm al-Qura calendar, to its precision; empty where it is not known."""
    return dates.written_hijri_date(article)


@register.simple_tag
def today() -> datetime.date:
    """The day of the page, in the archive's time zone."""
    from django.utils import timezone

    return timezone.localdate()


@register.filter
def clock(time: datetime.time) -> str:
    """21:59."""
    return f"{time:%H:%M}"


@register.filter
def stretch(days: tuple[datetime.date, datetime.date]) -> str:
    """Days from first to last: 3–5 فبراير."""
    return dates.written_stretch(*days)


@register.simple_tag
def weekday_heads() -> list[tuple[str, str]]:
    """The letter and the name of each day of the week, Sunday first."""
    return dates.weekday_heads()
