"""A run of `ingest` taken back as a whole: its articles leave the readers, its bytes and rows stay.

What was there can be brought back by taking the same files in again; nothing that a curator set is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.ingest.errors import WrongCall
from archive.models import Article, Evidence, IngestOutcome, IngestRun, SourceFile
from archive.services.changes import announce_changes
from archive.services.duplicates import MACHINE_WITHDRAWN, RUN_UNDONE
from archive.services.fields import CURATED
from archive.services.withdrawal import withdraw_articles


class CannotUndo(WrongCall):
    """The run cannot be taken back as asked."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a run back comes to.

    `files`: sources whose articles leave the readers; `held_elsewhere`: sources that another run that
    stands named as well, which stay; `curated`: UID and title of articles that leave though a curator has
    set something of them.
    """

    run: IngestRun
    files: tuple[int, ...]
    articles: tuple[int, ...]
    held_elsewhere: int
    curated: tuple[tuple[str, str], ...]


def plan_undo(*, number: int) -> Undoing:
    """What taking back the run of this number would do. Raises: CannotUndo."""
    run = IngestRun.objects.filter(pk=number).first()
    if run is None:
        known = IngestRun.objects.values_list("pk", flat=True).first()
        raise CannotUndo(f"there is no run {number}" + (f"; the last is {known}." if known else "."))
    if run.status == IngestRun.Status.UNDONE:
        raise CannotUndo(f"run {number} is undone already: to bring it back, ingest its files again.")
    files = _sources_of(run)
    alone = files.exclude(sha256__in=_named_by_others(run))
    articles = Article.objects.filter(source__in=alone)
    gone = Evidence.objects.filter(rule__in=MACHINE_WITHDRAWN).values("article")
    curated = articles.filter(evidence__rule=CURATED).distinct().order_by("pk").defer("segments")
    return Undoing(
        run=run,
        files=tuple(alone.values_list("pk", flat=True)),
        articles=tuple(articles.exclude(pk__in=gone).values_list("pk", flat=True)),
        held_elsewhere=files.count() - alone.count(),
        curated=tuple((article.uid, article.display_title) for article in curated),
    )


def _sources_of(run: IngestRun) -> QuerySet[SourceFile]:
    """The files that a run took in, or met as known, and that are not taken back yet."""
    named = IngestOutcome.objects.filter(run=run, outcome__in=("new", "unchanged"), record__isnull=True)
    return SourceFile.objects.filter(sha256__in=named.values("sha256"), undone__isnull=True)


def _named_by_others(run: IngestRun) -> QuerySet[IngestOutcome, str]:
    standing = IngestRun.objects.exclude(pk=run.pk).exclude(status=IngestRun.Status.UNDONE)
    named = IngestOutcome.objects.filter(
        run__in=standing, outcome__in=("new", "unchanged"), record__isnull=True
    )
    return named.values_list("sha256", flat=True)


def check_curated(*, undoing: Undoing, including_curated: bool) -> None:
    """Raises: CannotUndo: the run holds curated articles, and they were not asked for."""
    if undoing.curated and not including_curated:
        raise CannotUndo(
            f"curators have set fields of {len(undoing.curated):,} articles of run {undoing.run.pk}; "
            "--including-curated takes them back too (what was set is kept and comes back with them)."
        )


@transaction.atomic
def undo_run(*, undoing: Undoing, including_curated: bool = False) -> None:
    """Take a run back. Call while holding the ingest lock. Raises: CannotUndo: it holds curated articles."""
    check_curated(undoing=undoing, including_curated=including_curated)
    withdraw_articles(articles=undoing.articles, rule=RUN_UNDONE)
    now = timezone.now()
    for start in range(0, len(undoing.files), 500):
        SourceFile.objects.filter(pk__in=undoing.files[start : start + 500]).update(undone=now)
    undoing.run.status = IngestRun.Status.UNDONE
    undoing.run.save(update_fields=["status"])
    announce_changes()
