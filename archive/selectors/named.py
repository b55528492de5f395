"""What articles name beside their outlet: sections, authors, agencies, places, with the articles of each."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Count

from archive.models import Agency, Article, Author
from archive.models.articles import ArticleQuerySet
from archive.selectors.browse import HeldCount, listed
from archive.selectors.choices import agencies_held
from archive.unchanged import while_unchanged


class NameKind(StrEnum):
    """What kind of name; the value is the first part of its address."""

    SECTION = "sections"
    AUTHOR = "authors"
    AGENCY = "agencies"
    PLACE = "places"


@dataclass(frozen=True, slots=True)
class NameCount:
    """A name, the part of an address that stands for it, and how many shown articles have it."""

    label: str
    key: str
    articles: int


@dataclass(frozen=True, slots=True)
class Named:
    """One name: as a heading shows it, as a search asks for it, and how else it is written."""

    kind: NameKind
    key: str
    label: str
    name: str
    name_latin: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An article that has a name, with what it is listed and counted by."""

    pk: int
    outlet_id: int | None
    day: datetime.date | None
    precision: str


_FIELDS: Final = {NameKind.SECTION: "section", NameKind.PLACE: "place"}
"""Names that stand in the article itself, as printed: each spelling is a name of its own."""


@while_unchanged(most=len(NameKind))
def name_counts(*, kind: NameKind) -> tuple[NameCount, ...]:
    """Every name of a kind that a shown article has, most articles first; one or two queries.

    Counting sections or places reads every row, so the answer is kept while nothing changes.
    """
    if kind is NameKind.AGENCY:
        return tuple(NameCount(one.label, one.slug, count) for one, count in agencies_held() if count)
    counts = _authors() if kind is NameKind.AUTHOR else _printed(_FIELDS[kind])
    ranked = sorted(counts, key=lambda row: (-row[1], row[0]))
    return tuple(NameCount(name, name, count) for name, count in ranked)


def _authors() -> list[tuple[str, int]]:
    named_in = Article.authors.through.objects.filter(article__in=Article.objects.shown())
    return list(named_in.values_list("author__name").annotate(articles=Count("pk")))


def _printed(field: str) -> list[tuple[str, int]]:
    shown = Article.objects.shown().exclude(**{field: ""}).order_by()
    return list(shown.values_list(field).annotate(articles=Count("pk")))


def named(*, kind: NameKind, key: str) -> Named | None:
    """The name that a part of an address stands for; None where the archive does not know it."""
    if kind is NameKind.AGENCY:
        agency = Agency.objects.filter(slug=key).first()
        if agency is None:
            return None
        return Named(kind, key, agency.label, agency.name, agency.name_latin, tuple(agency.aliases))
    if kind is NameKind.AUTHOR:
        author = Author.objects.filter(name=key).first()
        if author is None:
            return None
        return Named(kind, key, key, author.name, author.name_latin, tuple(author.aliases))
    return Named(kind, key, key, key) if key else None


@while_unchanged(most=16)
def articles_named(*, kind: NameKind, key: str) -> tuple[Placed, ...]:
    """The shown articles with this name, newest first, undated last (one query)."""
    rows = _with_name(kind, key).order_by("-published", "-published_time", "pk")
    fields = ("pk", "outlet_id", "published", "published_precision")
    found = [Placed(*row) for row in rows.values_list(*fields)]
    return tuple(sorted(found, key=lambda one: one.day is None))


def _with_name(kind: NameKind, key: str) -> ArticleQuerySet:
    shown = Article.objects.shown()
    if kind is NameKind.AGENCY:
        return shown.filter(agencies__slug=key)
    if kind is NameKind.AUTHOR:
        return shown.filter(authors__name=key)
    return shown.filter(**{_FIELDS[kind]: key})


def counts_of(articles: Collection[Placed]) -> tuple[HeldCount, ...]:
    """The same articles counted by outlet, date and precision, as calendars ask for them."""
    counted = Counter((one.outlet_id, one.day, one.precision) for one in articles)
    return tuple(HeldCount(*key, count) for key, count in counted.items())


def listed_by_pk(*, pks: Collection[int]) -> list[Article]:
    """These articles as lists show them, in the order of the numbers (two queries)."""
    found = {article.pk: article for article in listed().filter(pk__in=pks)}
    return [found[pk] for pk in pks if pk in found]
