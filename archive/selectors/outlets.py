"""Outlets with what is held of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from archive.models import Article, Outlet
from archive.selectors.browse import KNOWN_TO_THE_DAY, HeldCount, OutletChoice, listed


@dataclass(frozen=True, slots=True)
class OutletHolding:
    """What is held of an outlet, or (choice with no outlet) of articles whose outlet is not known."""

    choice: OutletChoice
    articles: int
    undated: int
    counts: tuple[HeldCount, ...]


def outlet_holdings(*, counts: Collection[HeldCount], empty: bool = False) -> tuple[OutletHolding, ...]:
    """The holdings by outlet, largest first, unknown last (one query). `empty`: outlets of no article too."""
    grouped: dict[int | None, list[HeldCount]] = defaultdict(list)
    for count in counts:
        grouped[count.outlet_id].append(count)
    outlets = Outlet.objects.order_by("name")
    if not empty:
        outlets = outlets.filter(pk__in=[pk for pk in grouped if pk is not None])
    found = [_holding(outlet, grouped[outlet.pk]) for outlet in outlets]
    found.sort(key=lambda holding: -holding.articles)
    if None in grouped:
        found.append(_holding(None, grouped[None]))
    return tuple(found)


def _holding(outlet: Outlet | None, counts: list[HeldCount]) -> OutletHolding:
    return OutletHolding(
        choice=OutletChoice(outlet),
        articles=sum(count.articles for count in counts),
        undated=sum(count.articles for count in counts if count.day is None),
        counts=tuple(counts),
    )


def first_and_last(*, choice: OutletChoice) -> tuple[Article, Article] | None:
    """The first and the last article of an outlet among those known to the day; None where it has none."""
    dated = listed(choice).filter(published_precision__in=KNOWN_TO_THE_DAY)
    first = dated.order_by("published", "published_time", "pk").first()
    last = dated.order_by("-published", "-published_time", "pk").first()
    return (first, last) if first and last else None
