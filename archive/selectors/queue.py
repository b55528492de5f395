"""What waits for a curator: articles, pairs and files by the reason why they wait, most useful first.

A queue is the numbers of what is in it, in order. They come from indexes and narrow tables alone, never from
the rows of articles, whose bodies are long; and they are kept while nothing is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Case, Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from archive.models import Article, ArticlePair, Evidence, IngestOutcome, SourceFile
from archive.unchanged import while_unchanged

MOST_QUEUES: Final = 24
LONG_FILE: Final = 20_000
"""Bytes of a plain text above which one article is perhaps several."""
ZERO, ONE = Value(0.0), Value(1.0)
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
    """The keys of what waits for this reason, in the order to be looked at (at most six queries)."""
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


@while_unchanged(most=1)
def _lacking() -> dict[Kind, tuple[int, ...]]:
    """Articles without a headline, date or outlet, those first of which something is suggested; the likest
    pairs, and the files of the last run, first (one query)."""
    evidence = Evidence.objects.filter(article=OuterRef("pk"))
    hinted = Exists(evidence.filter(field=Evidence.Field.HINT))
    named = Exists(evidence.filter(field=Evidence.Field.OUTLET).exclude(value=""))
    asked: list[tuple[Kind, QuerySet[Any], Combinable]] = [
        (Kind.UNTITLED, _waiting().filter(title=""), ZERO),
        (Kind.UNDATED, _waiting().filter(published__isnull=True), Case(When(hinted, ONE), default=ZERO)),
        (Kind.OUTLET, _waiting().filter(outlet__isnull=True), Case(When(named, ONE), default=ZERO)),
        (Kind.PAIRS, ArticlePair.objects.filter(status=ArticlePair.Status.SUGGESTED), F("likeness")),
        (Kind.FILES, waiting_files(), Cast("run_id", FloatField())),
    ]
    first, *others = (
        found.order_by().values_list(Value(kind.value), "pk", rank) for kind, found, rank in asked
    )
    ranked: dict[Kind, list[tuple[float, int]]] = {kind: [] for kind, _found, _rank in asked}
    for kind, key, rank in first.union(*others, all=True):
        ranked[Kind(kind)].append((-rank, key))
    return {kind: tuple(key for _rank, key in sorted(rows)) for kind, rows in ranked.items()}


@while_unchanged(most=1)
def _doubts() -> tuple[tuple[int, str, str], ...]:
    """Article, field and rule of each field that is not sure and that no curator has set, of articles that
    wait (one query)."""
    others = Article.objects.filter(~Q(status=Article.Status.IN_REVIEW) | Q(same_as__isnull=False))
    doubts = Evidence.objects.filter(confidence__lt=Evidence.Confidence.HIGH, field__in=FIRST_DOUBTS)
    waiting = doubts.exclude(article__in=others.order_by().values("pk")).order_by()
    # SQLite looks up what is greater in the index of curators, and reads every row for what is not null
    curated = Evidence.objects.filter(curator__gt=0).order_by()
    locks = curated.values_list("article", "field", Value(""))
    rows = tuple(waiting.values_list("article", "field", "rule").union(locks, all=True))
    locked = {row[:2] for row in rows if not row[2]}
    return tuple(row for row in rows if row[:2] not in locked) if locked else rows


def _doubtful() -> tuple[int, ...]:
    of_fields: dict[str, set[int]] = {field: set() for field in FIRST_DOUBTS}
    for key, field, _rule in _doubts():
        of_fields[field].add(key)
    found: dict[int, None] = {}
    for keys in of_fields.values():
        found.update(dict.fromkeys(sorted(keys)))
    return tuple(found)


def _shape() -> tuple[int, ...]:
    """Articles of a plain text that was read as several, then long plain texts that were read as one (one
    query)."""
    parted = Article.objects.filter(ordinal__gt=0).order_by().values("source").distinct()
    texts = SourceFile.objects.filter(format=SourceFile.Format.TEXT, undone__isnull=True)
    doubted = texts.filter(Q(size__gte=LONG_FILE) | Q(pk__in=parted))
    # asked for their status too, a planner would begin with it, and go through all articles
    within = Article.objects.filter(source__in=doubted.order_by().values("pk"), same_as__isnull=True)
    rows = within.order_by().values_list("source__size", "source", "ordinal", "pk", "status")
    found = [(size >= LONG_FILE, *row) for size, *row, status in rows if status == Article.Status.IN_REVIEW]
    return tuple(row[-1] for row in sorted(found))


def waiting_files() -> QuerySet[IngestOutcome]:
    """Files that could not be read and that no later run has taken in, each once."""
    held = SourceFile.objects.filter(sha256=OuterRef("sha256"), undone__isnull=True)
    aside = IngestOutcome.objects.filter(outcome=IngestOutcome.Outcome.QUARANTINED, record__isnull=True)
    # grouped once: no index leads from a file to its later outcomes
    last = aside.exclude(sha256="").order_by().values("sha256").annotate(last=Max("pk")).values("last")
    return aside.filter(~Exists(held), Q(sha256="") | Q(pk__in=last))


_READ: Final[Mapping[Kind, Callable[[], tuple[int, ...]]]] = {
    Kind.UNTITLED: lambda: _lacking()[Kind.UNTITLED],
    Kind.UNDATED: lambda: _lacking()[Kind.UNDATED],
    Kind.OUTLET: lambda: _lacking()[Kind.OUTLET],
    Kind.DOUBTFUL: _doubtful,
    Kind.SHAPE: _shape,
    Kind.PAIRS: lambda: _lacking()[Kind.PAIRS],
    Kind.FILES: lambda: _lacking()[Kind.FILES],
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
    """Every rule that is not sure with the runs that used it, most articles first (one query more)."""
    runs = dict(Article.objects.order_by().values_list("pk", "source__first_run"))
    articles = defaultdict[tuple[str, str], set[int]](set)
    for key, field, rule in _doubts():
        articles[field, rule].add(key)
    found = [
        RuleCount(field, rule, run, number)
        for (field, rule), keys in articles.items()
        for run, number in Counter(map(runs.__getitem__, keys)).items()
    ]
    return tuple(sorted(found, key=lambda count: -count.articles))


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
