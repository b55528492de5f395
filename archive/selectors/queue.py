"""What waits for a curator: articles, pairs and files by the reason why they wait, most useful first.

A queue is the numbers of what is in it, in order. They come from indexes and narrow tables alone, never from
the rows of articles, whose bodies are long; and they are kept while nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

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
    return Article.objects.filter(status=Article.Status.IN_REVIEW, same_as__isnull=True).order_by()


def _keys(found: QuerySet[Any]) -> tuple[int, ...]:
    return tuple(found.values_list("pk", flat=True))


@while_unchanged(most=1)
def _lacking() -> dict[Kind, tuple[int, ...]]:
    """Articles without a headline, date or outlet, those first of which something is suggested (two
    queries)."""
    asked = {
        Kind.UNTITLED: _waiting().filter(title=""),
        Kind.UNDATED: _waiting().filter(published__isnull=True),
        Kind.OUTLET: _waiting().filter(outlet__isnull=True),
    }
    first, *others = (found.values_list(Value(kind.value), "pk") for kind, found in asked.items())
    found: dict[Kind, list[int]] = {kind: [] for kind in asked}
    for kind, key in first.union(*others, all=True):
        found[Kind(kind)].append(key)
    said = _said_of() if found[Kind.UNDATED] or found[Kind.OUTLET] else set()
    return {
        kind: tuple(sorted(keys, key=lambda key, kind=kind: ((key, kind) not in said, key)))  # type: ignore[misc]
        for kind, keys in found.items()
    }


def _said_of() -> set[tuple[int, Kind]]:
    """The articles of which a hint of the date is held, and those whose source names an outlet."""
    kinds = {Evidence.Field.HINT.value: Kind.UNDATED, Evidence.Field.OUTLET.value: Kind.OUTLET}
    named = Q(field=Evidence.Field.OUTLET, article__in=_waiting().filter(outlet=None)) & ~Q(value="")
    found = Evidence.objects.filter(Q(field=Evidence.Field.HINT) | named).order_by()
    return {(key, kinds[field]) for key, field in found.values_list("article", "field")}


@while_unchanged(most=1)
def _doubts() -> tuple[tuple[int, str, str], ...]:
    """Article, field and rule of each field that is not sure and that no curator has set, of articles that
    wait (two queries)."""
    others = Article.objects.filter(~Q(status=Article.Status.IN_REVIEW) | Q(same_as__isnull=False))
    doubts = Evidence.objects.filter(confidence__lt=Evidence.Confidence.HIGH, field__in=FIRST_DOUBTS)
    waiting = doubts.exclude(article__in=others.order_by().values("pk")).order_by()
    # SQLite looks up what is greater in the index of curators, and reads every row for what is not null
    curated = Evidence.objects.filter(curator__gt=0).order_by()
    locked = set(curated.values_list("article", "field"))
    return tuple(row for row in waiting.values_list("article", "field", "rule") if row[:2] not in locked)


def _doubtful() -> tuple[int, ...]:
    ranks: dict[int, int] = {}
    places = {field: place for place, field in enumerate(FIRST_DOUBTS)}
    for key, field, _rule in _doubts():
        ranks[key] = min(places[field], ranks.get(key, len(places)))
    return tuple(sorted(ranks, key=lambda key: (ranks[key], key)))


def _shape() -> tuple[int, ...]:
    """Articles of a plain text that was read as several, then long plain texts that were read as one (two
    queries)."""
    parted = Article.objects.filter(ordinal__gt=0).order_by().values("source").distinct()
    texts = SourceFile.objects.filter(format=SourceFile.Format.TEXT, undone__isnull=True)
    doubted = texts.filter(Q(size__gte=LONG_FILE) | Q(pk__in=parted))
    sizes = dict(doubted.order_by().values_list("pk", "size"))
    found: list[tuple[bool, int, int, int]] = []
    keys = list(sizes)
    for first in range(0, len(keys), 500):
        within = _waiting().filter(source__in=keys[first : first + 500])
        for source, ordinal, key in within.values_list("source", "ordinal", "pk"):
            found.append((sizes[source] >= LONG_FILE, source, ordinal, key))
    return tuple(row[-1] for row in sorted(found))


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
    Kind.UNTITLED: lambda: _lacking()[Kind.UNTITLED],
    Kind.UNDATED: lambda: _lacking()[Kind.UNDATED],
    Kind.OUTLET: lambda: _lacking()[Kind.OUTLET],
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
    """Every rule that is not sure with the runs that used it, most articles first (three queries more)."""
    runs = dict(SourceFile.objects.order_by().values_list("pk", "first_run"))
    sources = dict(Article.objects.order_by().values_list("pk", "source"))
    read = {(field, rule, runs[sources[key]], key) for key, field, rule in _doubts()}
    counted = Counter(row[:3] for row in read)
    return tuple(RuleCount(*row, articles) for row, articles in counted.most_common())


def rules_in_use() -> list[tuple[str, str]]:
    """Field and rule of everything that is not sure, in order."""
    return sorted({(field, rule) for _key, field, rule in _doubts()})


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
