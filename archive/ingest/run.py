"""A whole run of `ingest`: find files, read them (in several processes if asked), take each in."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError

from archive.ingest.errors import MissingPaths, plain_errors
from archive.ingest.files import find_files, missing_paths, total_weight
from archive.ingest.found import FileRefused, Found, FoundFile, LeftAside, Outcome
from archive.ingest.keepers import Keeper, recorded, trial
from archive.ingest.outcomes import Counts, FileOutcome
from archive.ingest.progress import Quiet, Watcher
from archive.ingest.readers import Message, Readers, ReadTask, open_readers
from archive.ingest.reading.types import Knowledge, Reading, ReadOptions, Rejected
from archive.ingest.report import Report
from archive.selectors.names import archive_knowledge
from archive.services import originals
from archive.services.ingest import FileUnreadable
from archive.services.originals import StagedFile

logger = logging.getLogger(__name__)

SAME_BYTES = "the archive holds these bytes already"
EMPTY = "is empty (0 bytes), so there is nothing to read: fetch it again if it should hold an article"


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What one call of `ingest` asks for."""

    paths: tuple[Path, ...]
    reading: ReadOptions = field(default_factory=ReadOptions)
    jobs: int = 1
    dry_run: bool = False
    new_outlets: bool = False
    report: Path | None = None


def ingest(request: IngestRequest, watcher: Watcher | None = None) -> Counts:
    """Take in all that a request means, and answer the counts.

    Raises: WrongCall: nothing was started. IngestFailed: it ended before its work was done (another ingest, a
    full disk, Ctrl-C); what was done until then is kept, and the same request again goes on from there.
    """
    if missing := missing_paths(request.paths):
        raise MissingPaths(missing)
    with ExitStack() as stack:
        stack.enter_context(plain_errors(Path(settings.ARSHIF_ORIGINALS_DIR)))
        report = Report(request.report)
        stack.callback(report.close)
        knowledge = archive_knowledge()
        keeper = stack.enter_context(_keeper(request, knowledge))
        readers = open_readers(request.reading, knowledge, request.jobs)
        stack.callback(readers.close)
        return _Run(keeper, readers, report, watcher or Quiet()).take_in(request.paths)


def _keeper(request: IngestRequest, knowledge: Knowledge) -> AbstractContextManager[Keeper]:
    if request.dry_run:
        return trial()
    options = {**asdict(request.reading), "jobs": request.jobs, "new_outlets": request.new_outlets}
    paths = [str(path) for path in request.paths]
    return recorded(paths=paths, options=options, knowledge=knowledge, new_outlets=request.new_outlets)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A file of which all is known."""

    outcome: FileOutcome
    weight: int


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A staged file that a reader is at work on."""

    found: FoundFile
    staged: StagedFile


class _Run:
    """Deals files out to the readers and takes them in again in the order in which they were found."""

    def __init__(self, keeper: Keeper, readers: Readers, report: Report, watcher: Watcher) -> None:
        self._keeper, self._readers, self._report, self._watcher = keeper, readers, report, watcher
        self._queue: deque[_Settled | _Awaited] = deque()
        self._awaited: set[str] = set()
        self._counts = Counts()
        self._weight = 0

    def take_in(self, paths: tuple[Path, ...]) -> Counts:
        self._watcher.begin(total_weight(paths))
        try:
            for found in find_files(paths):
                self._meet(found)
                while len(self._awaited) >= self._readers.capacity:
                    self._finish_first()
            self._finish_all()
        finally:
            self._watcher.end()
        return self._counts

    def _meet(self, found: Found) -> None:
        entry = _left_aside(found) if isinstance(found, LeftAside) else self._open(found)
        self._queue.append(entry)
        if not self._awaited:
            self._finish_all()

    def _open(self, found: FoundFile) -> _Settled | _Awaited:
        try:
            staged = originals.stage(chunks=found.chunks(), folder=self._keeper.incoming)
        except FileRefused as refusal:
            return _Settled(_outcome(found, Outcome.QUARANTINED, str(refusal)), found.weight)
        if staged.sha256 in self._awaited:
            self._finish_all()
        if staged.size and not self._keeper.has(staged.sha256):
            self._readers.submit(ReadTask(staged.path, found.name))
            self._awaited.add(staged.sha256)
            return _Awaited(found, staged)
        originals.discard(staged=staged)
        kind, reason = (Outcome.UNCHANGED, SAME_BYTES) if staged.size else (Outcome.QUARANTINED, EMPTY)
        return _Settled(_outcome(found, kind, reason, staged.sha256), found.weight)

    def _finish_all(self) -> None:
        while self._queue:
            self._finish_first()

    def _finish_first(self) -> None:
        entry = self._queue.popleft()
        if isinstance(entry, _Settled):
            outcome, weight = entry.outcome, entry.weight
        else:
            self._awaited.discard(entry.staged.sha256)
            outcome, weight = self._take(entry), entry.found.weight
        if outcome.outcome is not Outcome.NEW:
            self._keeper.note(outcome)
        self._counts.add(outcome)
        self._weight += weight
        self._report.write(outcome)
        self._watcher.advance(self._weight, self._counts.articles, self._counts)

    def _take(self, entry: _Awaited) -> FileOutcome:
        messages = self._watched(entry)
        try:
            return self._keeper.add(entry.staged, entry.found, messages)
        except FileUnreadable as bad:
            reason, refused = str(bad), bad.rejected
        except (DataError, IntegrityError) as error:
            logger.exception("writing %s", entry.found.path)
            reason, refused = f"the database refuses it ({error}): please report this fault of Arshif", ()
        finally:
            originals.discard(staged=entry.staged)
        for _rest in messages:
            continue
        return _outcome(entry.found, Outcome.QUARANTINED, reason, entry.staged.sha256, refused)

    def _watched(self, entry: _Awaited) -> Iterator[Message]:
        """Pass a file's messages on, and tell the watcher how far into the file they are."""
        articles = self._counts.articles
        for message in self._readers.messages():
            yield message
            readings = (
                [item for item in message if isinstance(item, Reading)] if isinstance(message, list) else []
            )
            if readings:
                articles += len(readings)
                part = entry.found.weight * readings[-1].byte_span.end / entry.staged.size
                self._watcher.advance(self._weight + part, articles, self._counts)


def _left_aside(found: LeftAside) -> _Settled:
    return _Settled(FileOutcome(found.path, found.name, found.outcome, found.reason), found.weight)


def _outcome(
    found: FoundFile, kind: Outcome, reason: str, sha256: str = "", refused: tuple[Rejected, ...] = ()
) -> FileOutcome:
    return FileOutcome(found.path, found.name, kind, reason, sha256, rejected=refused)
