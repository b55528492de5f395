"""What waits for a curator: articles, pairs and files by the reason why they wait, most useful first.

A queue is the numbers of what is in it, in order. They come from indexes and narrow tables alone, never from
the rows of articles, whose bodies are long; and they are kept while nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from archive.models import Article, ArticlePair, Evidence, IngestOutcome, SourceFile
from archive.unchanged import while_unchanged

MOST_QUEUES: Final = 24
LONG_FILE: Final = 20_000
"""Bytes of a plain text above which one article is perhaps several."""
FIRST_DOUBTS: Final = ("title", "published", "outlet", "author", "agency", "subtitle", "section", "place")
"""Doubtful fields, those that mislead a reader most first."""


class Kind(StrEnum):
    """Why something waits, in the order in which a curator's minute helps most."""

    UNTITLED = "untitled"
    UNDATED = "undated"
    OUTLET = "outlet"
    DOUBTFUL = "doubtful"
    SHAPE = "shape"
    PAIRS = "pairs"
    FILES = "files"


OF_ARTICLES: Final = (Kind.UNTITLED, Kind.UNDATED, Kind.OUTLET, Kind.DOUBTFUL, Kind.SHAPE)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a queue is narrowed to: an outlet's slug (or `unknown`), a run, a rule as `field:rule`."""

    outlet: str = ""
    run: int | None = None
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.outlet or self.run or self.rule)


@while_unchanged(most=MOST_QUEUES)
def queue_of(*, kind: Kind, narrowed: Narrowed = Narrowed()) -> tuple[int, ...]:
    """The keys of what waits for this reason, in the order to be looked at (at most nine queries)."""
    found = _READ[kind]()
    if kind not in OF_ARTICLES:
        return _of_run(kind, found, narrowed)
    for kept in _kept_by(narrowed):
        found = tuple(key for key in found if key in kept)
    return found


def counts_of_queues(*, narrowed: Narrowed) -> dict[Kind, int]:
    """How many wait for each reason."""
    return {kind: len(queue_of(kind=kind, narrowed=narrowed)) for kind in Kind}


def _waiting() -> QuerySet[Article]:
    """Articles that readers see and no curator has read."""
    return Article.objects.filter(status=Article.Status.IN_REVIEW, same_as__isnull=True).order_by("pk")


def _keys(found: QuerySet[Any]) -> tuple[int, ...]:
    return tuple(found.values_list("pk", flat=True))


def _untitled() -> tuple[int, ...]:
    return _keys(_waiting().filter(title=""))


def _undated() -> tuple[int, ...]:
    """Those first of which the text says what the date can be."""
    keys = _keys(_waiting().filter(published__isnull=True))
    hinted = set(Evidence.objects.filter(field=Evidence.Field.HINT).values_list("article", flat=True))
    return tuple(sorted(keys, key=lambda key: (key not in hinted, key)))


def _without_outlet() -> tuple[int, ...]:
    """Those first whose source gives a name, that only has to be said whose it is."""
    keys = _keys(_waiting().filter(outlet__isnull=True))
    named = set(
        Evidence.objects.filter(field=Evidence.Field.OUTLET, article__in=_waiting().filter(outlet=None))
        .exclude(value="")
        .values_list("article", flat=True)
    )
    return tuple(sorted(keys, key=lambda key: (key not in named, key)))


def _doubtful() -> tuple[int, ...]:
    doubts = Evidence.objects.filter(confidence__lt=Evidence.Confidence.HIGH, field__in=FIRST_DOUBTS)
    locked = set(Evidence.objects.filter(curator__isnull=False).values_list("article", "field"))
    seen = set(_not_waiting())
    ranks: dict[int, int] = {}
    places = {field: place for place, field in enumerate(FIRST_DOUBTS)}
    for key, field in doubts.order_by().values_list("article", "field"):
        if key not in seen and (key, field) not in locked:
            ranks[key] = min(places[field], ranks.get(key, len(places)))
    return tuple(sorted(ranks, key=lambda key: (ranks[key], key)))


def _not_waiting() -> QuerySet[Article, int]:
    others = Article.objects.filter(~Q(status=Article.Status.IN_REVIEW) | Q(same_as__isnull=False))
    return others.order_by().values_list("pk", flat=True)


def _shape() -> tuple[int, ...]:
    """Articles of a plain text that was read as several, then long plain texts that were read as one."""
    texts = SourceFile.objects.filter(format=SourceFile.Format.TEXT, undone__isnull=True)
    parted = set(Article.objects.filter(ordinal__gt=0).order_by().values_list("source", flat=True).distinct())
    several = [key for key in texts.order_by("pk").values_list("pk", flat=True) if key in parted]
    long = [key for key in _keys(texts.filter(size__gte=LONG_FILE).order_by("-size")) if key not in parted]
    return (*_in_sources(several), *_in_sources(long))


def _in_sources(sources: Collection[int]) -> tuple[int, ...]:
    keys = list(sources)
    found: list[int] = []
    for first in range(0, len(keys), 500):
        within = _waiting().filter(source__in=keys[first : first + 500]).order_by("source", "ordinal")
        found += within.values_list("pk", flat=True)
    return tuple(found)


def _pairs() -> tuple[int, ...]:
    suggested = ArticlePair.objects.filter(status=ArticlePair.Status.SUGGESTED)
    return _keys(suggested.order_by("-likeness", "pk"))


def _files() -> tuple[int, ...]:
    return _keys(waiting_files().order_by("-run", "pk"))


def waiting_files() -> QuerySet[IngestOutcome]:
    """Files that could not be read and that no later run has taken in, each once."""
    held = SourceFile.objects.filter(sha256=OuterRef("sha256"), undone__isnull=True)
    later = IngestOutcome.objects.filter(
        sha256=OuterRef("sha256"), outcome=IngestOutcome.Outcome.QUARANTINED, pk__gt=OuterRef("pk")
    )
    aside = IngestOutcome.objects.filter(outcome=IngestOutcome.Outcome.QUARANTINED, record__isnull=True)
    return aside.filter(~Exists(held), Q(sha256="") | ~Exists(later))


_READ: Final[Mapping[Kind, Callable[[], tuple[int, ...]]]] = {
    Kind.UNTITLED: _untitled,
    Kind.UNDATED: _undated,
    Kind.OUTLET: _without_outlet,
    Kind.DOUBTFUL: _doubtful,
    Kind.SHAPE: _shape,
    Kind.PAIRS: _pairs,
    Kind.FILES: _files,
}


def _of_run(kind: Kind, found: tuple[int, ...], narrowed: Narrowed) -> tuple[int, ...]:
    """Pairs have no run, outlet or rule of their own, and files only a run."""
    if kind is not Kind.FILES or narrowed.run is None:
        return found
    kept = set(IngestOutcome.objects.filter(run=narrowed.run, pk__in=found).values_list("pk", flat=True))
    return tuple(key for key in found if key in kept)


def _kept_by(narrowed: Narrowed) -> list[set[int]]:
    kept: list[set[int]] = []
    if narrowed.outlet:
        asked = Q(outlet=None) if narrowed.outlet == "unknown" else Q(outlet__slug=narrowed.outlet)
        kept.append(set(Article.objects.filter(asked).order_by().values_list("pk", flat=True)))
    if narrowed.run is not None:
        of_run = Article.objects.filter(source__first_run=narrowed.run).order_by()
        kept.append(set(of_run.values_list("pk", flat=True)))
    if narrowed.rule:
        field, _colon, rule = narrowed.rule.partition(":")
        read_so = Evidence.objects.filter(field=field, rule=rule, confidence__lt=Evidence.Confidence.HIGH)
        kept.append(set(read_so.order_by().values_list("article", flat=True)))
    return kept


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule by which a run read a field without being sure, and how many articles wait for it."""

    field: str
    rule: str
    run: int
    articles: int


@while_unchanged(most=1)
def rules_of_runs() -> tuple[RuleCount, ...]:
    """Every rule that is not sure with the runs that used it, most articles first (one query)."""
    counted = (
        articles_read_so(field=None, rule=None, run=None)
        .values_list("field", "rule", "article__source__first_run")
        .annotate(n=Count("article", distinct=True))
        .order_by("-n")
    )
    return tuple(RuleCount(*row) for row in counted)


def articles_read_so(*, field: str | None, rule: str | None, run: int | None) -> QuerySet[Evidence]:
    """The doubtful evidence of articles that wait, whose field no curator has set (None: any)."""
    locked = Evidence.objects.filter(
        article=OuterRef("article"), field=OuterRef("field"), curator__isnull=False
    )
    found = Evidence.objects.filter(
        ~Exists(locked),
        confidence__lt=Evidence.Confidence.HIGH,
        field__in=FIRST_DOUBTS,
        article__status=Article.Status.IN_REVIEW,
        article__same_as__isnull=True,
    ).order_by()
    asked = {"field": field, "rule": rule, "article__source__first_run": run}
    return found.filter(**{name: value for name, value in asked.items() if value is not None})
