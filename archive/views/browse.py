"""Browsing by date: all years, a year, a month, a day, and what has no date."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.display.dates import last_day_of_month, written_day_of_year, written_weekday
from archive.display.holdings import articles_by_day, calendar_month, calendar_year, year_rows
from archive.display.matrix import month_by_outlet
from archive.models import Article
from archive.selectors import browse
from archive.selectors.browse import HeldCount, held_counts, of_choice
from archive.selectors.outlets import outlet_holdings
from archive.views.lists import chosen_outlet, grouped, page_of
from archive.views.named import name_kinds

MOST_GAPS_NAMED = 8
"""More stretches without articles than this are counted, not named: a list of a hundred says nothing."""

ONE_DAY = datetime.timedelta(days=1)

Precision = Article.Precision


@require_safe
def all_years(request: HttpRequest) -> HttpResponse:
    """Every year by its months."""
    choice = chosen_outlet(request)
    everything = held_counts()
    counts = of_choice(everything, choice)
    context = {
        "choice": choice,
        "by_outlet": outlet_holdings(counts=everything),
        "rows": year_rows(counts),
        "articles": sum(count.articles for count in counts),
        "undated": sum(count.articles for count in counts if count.day is None),
        "today": timezone.localdate(),
        "kinds": name_kinds(),
    }
    return render(request, "browse/all.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year as twelve months of days, and the articles of which only the year is known."""
    choice = chosen_outlet(request)
    everything = held_counts(first=_day(year, 1, 1), last=_day(year, 12, 31))
    drawn = calendar_year(year, of_choice(everything, choice))
    context: dict[str, Any] = {
        "choice": choice,
        "by_outlet": outlet_holdings(counts=everything),
        "years": browse.held_years(),
        "year": drawn,
        "gaps": drawn.gaps if len(drawn.gaps) <= MOST_GAPS_NAMED else (),
    }
    if drawn.year_only:
        context |= page_of(
            request, browse.articles_of_year_only(year=year, choice=choice), count=drawn.year_only
        )
    return render(request, "browse/year.html", context)


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month of days with its articles day by day, and those of which only the month is known."""
    choice, first = chosen_outlet(request), _day(year, month, 1)
    last = last_day_of_month(first)
    of_year = held_counts(first=_day(year, 1, 1), last=_day(year, 12, 31))
    everything = [
        count
        for count in of_year
        if count.day and first <= count.day <= last and count.precision != Precision.YEAR
    ]
    drawn, heat = calendar_month(first, of_choice(everything, choice))
    listed = page_of(
        request, browse.articles_of_month(first=first, last=last, choice=choice), count=drawn.articles
    )
    by_outlet = outlet_holdings(counts=everything)
    context = {
        "choice": choice,
        "by_outlet": by_outlet,
        "matrix": None if choice else month_by_outlet(first, by_outlet),
        "month": drawn,
        "heat": heat,
        "year_only": _year_only(of_choice(of_year, choice)),
        "groups": grouped(listed["page"], lambda article: _month_key(article), _month_heading),
        "before": browse.held_before(day=first, choice=choice),
        "after": browse.held_after(day=last, choice=choice),
    }
    return render(request, "browse/month.html", context | listed)


@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """A day's articles by outlet, and how many more may be of it: only their month or year is known."""
    choice, date = chosen_outlet(request), _day(year, month, day)
    of_year = held_counts(first=_day(year, 1, 1), last=_day(year, 12, 31))
    everything = [count for count in of_year if count.day == date and count.known_to_the_day]
    chosen = of_choice(of_year, choice)
    of_day = articles_by_day(chosen)[date]
    listed = page_of(request, browse.articles_of_day(day=date, choice=choice), count=of_day)
    context = {
        "choice": choice,
        "date": date,
        "by_outlet": outlet_holdings(counts=everything),
        "articles": of_day,
        "month_only": _month_only(chosen, date),
        "year_only": _year_only(chosen),
        "groups": grouped(listed["page"], lambda article: article.outlet_id, _outlet_heading),
        "before": browse.held_before(day=date, choice=choice),
        "after": browse.held_after(day=date, choice=choice),
    }
    return render(request, "browse/day.html", context | listed)


@require_safe
def undated(request: HttpRequest) -> HttpResponse:
    """The articles whose date is not known, by outlet."""
    choice = chosen_outlet(request)
    listed = page_of(request, browse.undated_articles(choice=choice))
    title, address = _("Articles without a date"), reverse("archive:undated")
    context = {"choice": choice, "title": title, "address": address, "note": "undated"}
    return render(request, "browse/list.html", context | listed)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """All articles, the last to come in first."""
    listed = page_of(request, browse.latest_articles())
    context = {"title": _("Latest additions"), "address": reverse("archive:latest"), "note": "latest"}
    return render(request, "browse/list.html", context | listed)


@require_safe
def same_day(request: HttpRequest, month: int, day: int) -> HttpResponse:
    """A day of the calendar in every year, newest year first."""
    leap = _day(2000, month, day)
    years = browse.held_years()
    days = [date for date in (_day_or_none(year, month, day) for year in years) if date]
    listed = page_of(request, browse.articles_on(days=days))
    context = {
        "title": _("%(day)s in every year") % {"day": written_day_of_year(leap)},
        "beside": (leap - ONE_DAY, leap + ONE_DAY),
        "address": reverse("archive:same_day", args=[month, day]),
        "note": "same_day",
        "groups": grouped(listed["page"], lambda article: article.published, _day_heading),
    }
    return render(request, "browse/list.html", context | listed)


def _day_or_none(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> datetime.date:
    found = _day_or_none(year, month, day)
    if found is None:
        raise Http404(f"{year}-{month}-{day} is not a day of the calendar")
    return found


def _year_only(counts: Collection[HeldCount]) -> int:
    return sum(count.articles for count in counts if count.precision == Precision.YEAR)


def _month_only(counts: Collection[HeldCount], day: datetime.date) -> int:
    return sum(
        count.articles
        for count in counts
        if count.precision == Precision.MONTH
        and count.day
        and (count.day.year, count.day.month) == (day.year, day.month)
    )


def _month_key(article: Article) -> object:
    return None if article.published_precision == Precision.MONTH else article.published


def _month_heading(article: Article) -> tuple[str, str]:
    if article.published_precision == Precision.MONTH:
        return _("Day unknown"), ""
    return _day_heading(article)


def _day_heading(article: Article) -> tuple[str, str]:
    if article.published is None:
        return "", ""
    parts = (article.published.year, article.published.month, article.published.day)
    return written_weekday(article.published), reverse("archive:day", args=parts)


def _outlet_heading(article: Article) -> tuple[str, str]:
    if article.outlet is None:
        return "", ""
    return article.outlet.label, article.outlet.get_absolute_url()
