"""Reading kept originals again by today's rules: `manage.py reread`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from archive.ingest.errors import WrongCall, plain_errors
from archive.ingest.found import describe
from archive.ingest.keepers import ingest_lock
from archive.ingest.readers import ReadTask, SourceHead, Unreadable, read_messages
from archive.ingest.reading.types import Knowledge, ReadOptions
from archive.models import IngestOutcome, IngestRun, SourceFile
from archive.selectors.names import archive_knowledge
from archive.selectors.runs import run_of
from archive.services.changes import announce_changes
from archive.services.ingest import FileUnreadable, Sifted, Tally, batches_of
from archive.services.namebook import NameBook
from archive.services.originals import OriginalMissing, original_path
from archive.services.rereading import Change, Kind, apply_readings
from archive.services.runs import recover

Progress = Callable[[int, int], None]
"""Is told how many sources are read, of how many."""


@dataclass(frozen=True, slots=True)
class RereadRequest:
    """Which sources to read again: those of a run, those of a name (or SHA-256), or all."""

    run: int | None = None
    source: str = ""
    dry_run: bool = False
    report: Path | None = None


@dataclass(slots=True)
class Reread:
    """What reading again came to. `left`: sources that today's rules cannot read, left as they were."""

    sources: int = 0
    articles: int = 0
    left: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, articles: int, changes: list[Change]) -> None:
        """Count one more source."""
        self.sources += 1
        self.articles += articles
        self.kinds.update(change.kind.value for change in changes)
        self.fields.update(name for change in changes for name in change.fields)


def reread(request: RereadRequest, progress: Progress | None = None) -> Reread:
    """Read sources again and make their articles what they say today, source by source, each whole or not at
    all. What a curator set stays.

    Raises: WrongCall: there is no such run or source. IngestFailed: another ingest runs, a disk is full.
    """
    sources = _sources(request)
    with ExitStack() as stack:
        stack.enter_context(plain_errors(Path(settings.ARSHIF_ORIGINALS_DIR)))
        stack.enter_context(ingest_lock())
        recover()
        report = _opened(request.report)
        if report:
            stack.enter_context(report)
        reader = _Rereader(archive_knowledge(), request.dry_run, report)
        total = sources.count()
        for done, source in enumerate(_one_by_one(sources), start=1):
            reader.read(source)
            if progress is not None:
                progress(done, total)
    if not request.dry_run:
        announce_changes()
    return reader.result


def _sources(request: RereadRequest) -> QuerySet[SourceFile]:
    held = SourceFile.objects.filter(undone__isnull=True)
    if request.run is not None:
        if not IngestRun.objects.filter(pk=request.run).exists():
            raise WrongCall(f"--run {request.run}: there is no such run. The admin's list of runs has them.")
        of_run = IngestOutcome.objects.filter(run=request.run, outcome="new", source__isnull=False)
        held = held.filter(pk__in=of_run.values("source"))
    if request.source:
        held = held.filter(name=request.source) | held.filter(sha256=request.source)
        if not held.exists():
            raise WrongCall(f"--source {request.source}: no source file has this name or SHA-256.")
    return held


def _one_by_one(sources: QuerySet[SourceFile]) -> Iterator[SourceFile]:
    keys = list(sources.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        yield from sources.select_related("first_run").filter(pk__in=keys[start : start + 500]).order_by("pk")


def _opened(path: Path | None) -> TextIO | None:
    if path is None:
        return None
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise WrongCall(f"--report {path}: {describe(error)}. Name a file that can be written.") from error


class _Rereader:
    """Reads one source after another, each as the run that took it in was told to."""

    def __init__(self, knowledge: Knowledge, dry_run: bool, report: TextIO | None) -> None:
        self._knowledge, self._dry_run, self._report = knowledge, dry_run, report
        self._books: dict[int, NameBook] = {}
        self.result = Reread()

    def read(self, source: SourceFile) -> None:
        run = run_of(source=source)
        names = self._names(run)
        tally = Tally()
        try:
            with transaction.atomic():
                batches = _counted(_batches(source, _options(run), self._knowledge), tally)
                changes = apply_readings(source=source, batches=batches, names=names)
                tally.require_articles()
                transaction.set_rollback(self._dry_run)
        except (FileUnreadable, OriginalMissing) as bad:
            names.forget()
            self.result.left += 1
            self._write({"source": source.name, "sha256": source.sha256, "change": "left", "why": str(bad)})
            return
        if self._dry_run:
            names.forget()
        self.result.add(tally.articles, changes)
        for change in changes:
            self._write(_line(source, change))

    def _names(self, run: IngestRun) -> NameBook:
        if run.pk not in self._books:
            new_outlets = bool(run.options.get("new_outlets"))
            self._books[run.pk] = NameBook(knowledge=self._knowledge, run=run, new_outlets=new_outlets)
        return self._books[run.pk]

    def _write(self, line: dict[str, Any]) -> None:
        if self._report:
            self._report.write(json.dumps(line, ensure_ascii=False) + "\n")


def _options(run: IngestRun) -> ReadOptions:
    asked = run.options
    return ReadOptions(
        asked.get("format", "auto"), dict(asked.get("field_map", {})), asked.get("encoding", "")
    )


def _batches(source: SourceFile, options: ReadOptions, knowledge: Knowledge) -> Iterator[Sifted]:
    path = original_path(sha256=source.sha256)
    if not path.exists():
        raise OriginalMissing(source.sha256)
    messages = read_messages(ReadTask(path, source.name, source.sha256), options, knowledge)
    head = next(messages)
    if isinstance(head, Unreadable):
        raise FileUnreadable(head.reason)
    if isinstance(head, SourceHead) and head.encoding != source.encoding:
        source.encoding, source.encoding_rule = head.encoding, head.encoding_rule
        source.save(update_fields=["encoding", "encoding_rule"])
    yield from batches_of(messages)


def _counted(batches: Iterator[Sifted], tally: Tally) -> Iterator[Sifted]:
    for batch in batches:
        tally.add(batch)
        yield batch


def _line(source: SourceFile, change: Change) -> dict[str, Any]:
    fields = {name: {"before": before, "now": now} for name, (before, now) in change.fields.items()}
    return {"source": source.name, "uid": change.uid, "change": change.kind.value, "fields": fields}


def said(result: Reread) -> str:
    """What reading again came to, in three lines."""
    kinds = result.kinds
    fields = ", ".join(f"{name} {number:,}" for name, number in sorted(result.fields.items()))
    return (
        f"sources  {result.sources + result.left:>9,} = {result.sources:,} read again + {result.left:,} left"
        f" as they were\n"
        f"articles {result.articles:>9,} read: {kinds[Kind.CHANGED]:,} changed, {kinds[Kind.FOUND]:,} new; "
        f"not found any more: {kinds[Kind.WITHDRAWN]:,} withdrawn, {kinds[Kind.KEPT]:,} kept by curators\n"
        f"fields   {fields or 'none changed'}"
    )
