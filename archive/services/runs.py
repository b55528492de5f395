"""The record of a run: begun, counted, ended; and what a run that died left behind put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive.ingest.outcomes import FileOutcome
from archive.models import IngestOutcome, IngestRun, SourceFile
from archive.selectors.runs import counts_of, orphaned_originals
from archive.services import originals
from archive.services.inserting import insert_rows

DIED = "the process ended without a word; found at the next start, which goes on where it stopped"

NOTED = ("run", "name", "record", "outcome", "reason", "sha256", "kept", "source", "articles")


def begin_run(*, paths: Sequence[str], options: dict[str, Any]) -> IngestRun:
    """Note that a run has begun. Call while holding the ingest lock."""
    run = IngestRun(paths=list(paths), options=options)
    run.full_clean()
    run.save()
    return run


def end_run(*, run: IngestRun, status: IngestRun.Status, message: str = "") -> None:
    """Note how a run ended and what came of it, by the outcomes it noted."""
    run.status, run.counts, run.message = status, counts_of(run=run).as_dict(), message
    run.finished = timezone.now()
    run.save(update_fields=["status", "counts", "message", "finished"])


def recover() -> int:
    """Put right what killed runs left: half-written files, unowned originals, runs that say they are running.

    Call while holding the ingest lock: then no run is alive. Answers how many runs had died.
    """
    originals.clear_incoming()
    dead = list(IngestRun.objects.filter(status=IngestRun.Status.RUNNING))
    if not dead:
        return 0
    for sha256 in orphaned_originals():
        originals.remove_original(sha256=sha256)
    for run in dead:
        run.status, run.message, run.counts = IngestRun.Status.STOPPED, DIED, counts_of(run=run).as_dict()
        run.save(update_fields=["status", "message", "counts"])
    return len(dead)


@transaction.atomic
def note_outcomes(
    *, run: IngestRun, outcomes: Sequence[FileOutcome], sources: Sequence[SourceFile] = ()
) -> None:
    """Write down what became of files, and of the records in them that were refused."""
    keys = {source.sha256: source.pk for source in sources}
    rows = (row for outcome in outcomes for row in _rows(run.pk, outcome, keys.get(outcome.sha256)))
    insert_rows(IngestOutcome, NOTED, rows, at=())


def _rows(run: int, outcome: FileOutcome, source: int | None) -> Iterator[tuple[Any, ...]]:
    of_file = (outcome.kept, source, outcome.articles)
    yield run, outcome.path, None, outcome.outcome.value, outcome.reason, outcome.sha256, *of_file
    refused = IngestOutcome.Outcome.QUARANTINED.value
    for rejected in outcome.rejected:
        yield run, outcome.path, rejected.record, refused, rejected.reason, outcome.sha256, False, source, 0
