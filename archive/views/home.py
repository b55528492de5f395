"""The front page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.display.examples import neighbours, quoted
from archive.display.holdings import Axis, Bar, articles_by_day, stretch_held, strip
from archive.models import Article
from archive.selectors.browse import HeldCount, first_of_each, held_counts, latest_articles
from archive.selectors.outlets import OutletHolding, outlet_holdings

LARGEST_OUTLETS = 6
LATEST = 5
YEARS_OF_THIS_DAY = 5
NEAR = datetime.timedelta(days=45)
"""How far from this day of the calendar a day may be that stands in for it."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One outlet's holdings as a line of the front page."""

    holding: OutletHolding
    bars: tuple[Bar, ...]
    stretch: str


@dataclass(frozen=True, slots=True)
class SameDay:
    """The first article of this day in another year, and how many the day has."""

    article: Article
    articles: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Nameplate, search, this day in any year, what is held, what came last."""
    counts = held_counts()
    holdings = outlet_holdings(counts=counts)
    axis = Axis.of(counts)
    today = timezone.localdate()
    same_days = _same_days(today, counts)
    latest = list(latest_articles().prefetch_related(None)[:LATEST])
    context = {
        "today": today,
        "articles": sum(count.articles for count in counts),
        "outlets": sum(holding.choice.outlet is not None for holding in holdings),
        "stretch": stretch_held(counts),
        "strips": strips(holdings[:LARGEST_OUTLETS], axis),
        "more_outlets": len(holdings) > LARGEST_OUTLETS,
        "by_year": axis is not None and axis.months > 1,
        "same_days": same_days or _near_days(today, counts),
        "of_this_day": bool(same_days),
        "latest": latest,
        "examples": examples(holdings, latest),
    }
    return render(request, "home.html", context)


def strips(holdings: tuple[OutletHolding, ...], axis: Axis | None) -> tuple[Strip, ...]:
    """The holdings as strips over a common time; bare where nothing is dated."""
    rtl = get_language_bidi()
    return tuple(
        Strip(
            holding,
            strip(holding.counts, axis, right_to_left=rtl) if axis else (),
            stretch_held(holding.counts),
        )
        for holding in holdings
    )


def examples(holdings: Sequence[OutletHolding], latest: Sequence[Article]) -> tuple[str, ...]:
    """Searches that surely find something here: a phrase of a headline, an outlet in one of its years."""
    found: list[str] = []
    for article in latest:
        if pair := neighbours(article.title):
            found.append(f'"{pair[0]} {pair[1]}"')
            break
    known = next((held for held in holdings if held.choice.outlet and held.articles > held.undated), None)
    if known and known.choice.outlet:
        year = max(count.day.year for count in known.counts if count.day)
        name = quoted(known.choice.outlet.name)
        found.append(_("outlet:%(name)s date:%(year)s") % {"name": name, "year": year})
    return tuple(found)


def _same_days(today: datetime.date, counts: tuple[HeldCount, ...]) -> tuple[SameDay, ...]:
    by_day = articles_by_day(counts)
    return _firsts([day for day in by_day if (day.month, day.day) == (today.month, today.day)], by_day)


def _near_days(today: datetime.date, counts: tuple[HeldCount, ...]) -> tuple[SameDay, ...]:
    """For each year the held day nearest to this one of the calendar, where it is near at all."""
    by_day = articles_by_day(counts)
    nearest: dict[int, datetime.date] = {}
    for day in sorted(by_day, key=lambda day: _apart(day, today)):
        if _apart(day, today) <= NEAR:
            nearest.setdefault(day.year, day)
    return _firsts(list(nearest.values()), by_day)


def _apart(day: datetime.date, today: datetime.date) -> datetime.timedelta:
    """How far two days stand apart in the calendar, whatever their years (29 February counts as the 28th)."""
    leap = (today.month, today.day) == (2, 29)
    return abs(day - today.replace(year=day.year, day=28 if leap else today.day))


def _firsts(days: list[datetime.date], by_day: Mapping[datetime.date, int]) -> tuple[SameDay, ...]:
    articles = first_of_each(days=sorted(days, reverse=True)[:YEARS_OF_THIS_DAY])
    return tuple(SameDay(article, by_day[article.published]) for article in articles if article.published)
