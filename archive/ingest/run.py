"""A whole run of `ingest`: find files, read them (in several processes if asked), take each in."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError

from archive.ingest.drafts import Draft
from archive.ingest.errors import MissingPaths, plain_errors
from archive.ingest.files import find_files, missing_paths, total_weight
from archive.ingest.found import FileRefused, FoundFile, LeftAside, Outcome
from archive.ingest.keepers import Keeper, recorded, trial
from archive.ingest.outcomes import Counts, FileOutcome
from archive.ingest.progress import Quiet, Watcher
from archive.ingest.readers import Message, Readers, ReadHere, ReadTask, open_readers
from archive.ingest.reading.types import Knowledge, ReadOptions
from archive.ingest.report import Report
from archive.selectors.names import archive_knowledge
from archive.services import originals
from archive.services.ingest import FileUnreadable, ReadFile, read_file
from archive.services.originals import StagedFile

logger = logging.getLogger(__name__)

HANDFUL_FILES = 64
HANDFUL_BYTES = 1 << 20

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
    told_without: Path | None = None
    """A folder that the paths stand in for the moment and that no record of them should name."""
    by: str = ""
    """Who asked for it in a browser; a command leaves it empty."""


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
        here = ReadHere(request.reading, knowledge)
        run = _Run(keeper, readers, here, report, watcher or Quiet())
        return run.take_in(request.paths, request.told_without)


def _told(path: str, without: Path | None) -> str:
    """A path as records name it."""
    return path.removeprefix(f"{without}/") if without else path


def _keeper(request: IngestRequest, knowledge: Knowledge) -> AbstractContextManager[Keeper]:
    if request.dry_run:
        return trial()
    options = {**asdict(request.reading), "jobs": request.jobs, "new_outlets": request.new_outlets}
    if request.by:
        options["by"] = request.by
    paths = [_told(str(path), request.told_without) for path in request.paths]
    return recorded(paths=paths, options=options, knowledge=knowledge, new_outlets=request.new_outlets)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A file of which all is known."""

    outcome: FileOutcome
    weight: int


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A staged file that a reader is at work on, or will be."""

    found: FoundFile
    staged: StagedFile

    @property
    def task(self) -> ReadTask:
        """What the reader is to do."""
        return ReadTask(self.staged.path, self.found.name, self.staged.sha256)


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A staged file with the bytes of one before it, of which it is not known yet what becomes."""

    found: FoundFile
    staged: StagedFile


_Entry = _Settled | _Awaited | _Repeated


class _Run:
    """Deals files out to the readers in handfuls and takes them in in the order in which they were found.

    What is done for every file costs more than a small file itself, so the small ones of a handful share one
    look-up, one message between processes and one transaction. A large file is a handful of its own. The same
    bytes twice do not hold the readers up: the second waits for its turn, and only if the first could not be
    taken in (its name may be why) it is read too, `here`.
    """

    def __init__(
        self, keeper: Keeper, readers: Readers, here: ReadHere, report: Report, watcher: Watcher
    ) -> None:
        self._keeper, self._readers, self._here = keeper, readers, here
        self._report, self._watcher = report, watcher
        self._gathered: list[_Entry] = []
        self._gathered_bytes = 0
        self._dealt: deque[list[_Entry]] = deque()
        self._awaited: set[str] = set()
        self._counts = Counts()
        self._weight = 0

    def take_in(self, paths: tuple[Path, ...], told_without: Path | None) -> Counts:
        self._watcher.begin(total_weight(paths))
        try:
            for place in find_files(paths):
                found = replace(place, path=_told(place.path, told_without))
                self._gather(_left_aside(found) if isinstance(found, LeftAside) else self._open(found))
            self._finish_all()
        finally:
            self._watcher.end()
        return self._counts

    def _open(self, found: FoundFile) -> _Settled | _Awaited:
        try:
            staged = originals.stage(chunks=found.chunks(), folder=self._keeper.incoming)
        except FileRefused as refusal:
            return _Settled(_outcome(found, Outcome.QUARANTINED, str(refusal)), found.weight)
        if staged.size:
            return _Awaited(found, staged)
        originals.discard(staged=staged)
        return _Settled(_outcome(found, Outcome.QUARANTINED, EMPTY, staged.sha256), found.weight)

    def _gather(self, entry: _Entry) -> None:
        if isinstance(entry, _Awaited):
            self._gather_staged(entry)
        else:
            self._gathered.append(entry)
        if len(self._gathered) >= HANDFUL_FILES or self._gathered_bytes >= HANDFUL_BYTES:
            self._deal()

    def _gather_staged(self, entry: _Awaited) -> None:
        if entry.staged.sha256 in self._awaited:
            self._gathered.append(_Repeated(entry.found, entry.staged))
            return
        if entry.staged.size >= HANDFUL_BYTES:
            self._deal()
        self._awaited.add(entry.staged.sha256)
        self._gathered.append(entry)
        self._gathered_bytes += entry.staged.size

    def _deal(self) -> None:
        """Give what is gathered to the readers, but for what the archive holds already."""
        handful, self._gathered, self._gathered_bytes = self._gathered, [], 0
        held = self._keeper.held([entry.staged.sha256 for entry in handful if isinstance(entry, _Awaited)])
        handful = [self._without_held(entry, held) for entry in handful]
        if tasks := [entry.task for entry in handful if isinstance(entry, _Awaited)]:
            self._readers.submit(tasks)
        self._dealt.append(handful)
        while len(self._dealt) >= self._readers.capacity:
            self._finish_first()

    def _without_held(self, entry: _Entry, held: set[str]) -> _Entry:
        if not isinstance(entry, _Awaited) or entry.staged.sha256 not in held:
            return entry
        self._awaited.discard(entry.staged.sha256)
        return _unchanged(entry)

    def _finish_all(self) -> None:
        if self._gathered:
            self._deal()
        while self._dealt:
            self._finish_first()

    def _finish_first(self) -> None:
        handful = self._dealt.popleft()
        awaited = [entry for entry in handful if isinstance(entry, _Awaited)]
        outcomes = self._take(awaited)
        for entry in handful:
            match entry:
                case _Settled():
                    self._settle(entry)
                case _Awaited():
                    self._awaited.discard(entry.staged.sha256)
                    self._settle_taken(entry, outcomes[entry.staged.sha256])
                case _Repeated():
                    self._settle_repeated(entry)

    def _settle_taken(self, entry: _Awaited, outcome: FileOutcome) -> None:
        if outcome.outcome is not Outcome.NEW:
            originals.discard(staged=entry.staged)
        self._settle(_Settled(outcome, entry.found.weight))

    def _settle_repeated(self, entry: _Repeated) -> None:
        if self._keeper.held([entry.staged.sha256]):
            self._settle(_unchanged(entry))
            return
        again = _Awaited(entry.found, entry.staged)
        self._here.submit([again.task])
        self._settle_taken(again, self._take_alone(again, self._here))

    def _settle(self, entry: _Settled) -> None:
        outcome = entry.outcome
        if outcome.outcome is not Outcome.NEW:
            self._keeper.note(outcome)
        self._counts.add(outcome)
        self._weight += entry.weight
        self._report.write(outcome)
        self._watcher.advance(self._weight, self._counts.articles, self._counts)

    def _take(self, entries: list[_Awaited]) -> dict[str, FileOutcome]:
        """What became of the files of a handful, by SHA-256."""
        if len(entries) == 1:
            outcomes: Iterable[FileOutcome] = [self._take_alone(entries[0], self._readers)]
        else:
            outcomes = self._take_together(entries)
        return {outcome.sha256: outcome for outcome in outcomes}

    def _take_alone(self, entry: _Awaited, readers: Readers) -> FileOutcome:
        """Take in one file, however large, while it is being read."""
        messages = self._watched(entry, readers)
        try:
            outcome = self._add(entry, _read(entry, messages))
        except FileUnreadable as bad:
            outcome = self._set_aside(entry, bad)
        for _rest in messages:
            continue
        return outcome

    def _take_together(self, entries: list[_Awaited]) -> Iterator[FileOutcome]:
        """Take in small files, read first, in one transaction; where that fails, each in its own."""
        files: list[tuple[_Awaited, ReadFile]] = []
        for entry in entries:
            messages = list(self._readers.messages())
            try:
                files.append((entry, _read(entry, messages).at_once()))
            except FileUnreadable as bad:
                yield self._set_aside(entry, bad)
        if not files:
            return
        try:
            yield from self._keeper.add([file for _entry, file in files])
        except (DataError, IntegrityError):
            yield from (self._add(entry, file) for entry, file in files)

    def _add(self, entry: _Awaited, file: ReadFile) -> FileOutcome:
        try:
            return self._keeper.add([file])[0]
        except (DataError, IntegrityError) as error:
            logger.exception("writing %s", file.path)
            reason = f"the database refuses it ({error}): please report this fault of Arshif"
            return self._set_aside(entry, FileUnreadable(reason))

    def _set_aside(self, entry: _Awaited, bad: FileUnreadable) -> FileOutcome:
        """Quarantine a file that gave no article. The bytes of a text are kept, to be seen later."""
        kept = bad.is_text and self._keeper.keep_aside(entry.staged)
        outcome = _outcome(entry.found, Outcome.QUARANTINED, str(bad), entry.staged.sha256)
        return replace(outcome, rejected=bad.rejected, kept=kept)

    def _watched(self, entry: _Awaited, readers: Readers) -> Iterator[Message]:
        """Pass a file's messages on, and tell the watcher how far into the file they are."""
        articles = self._counts.articles
        for message in readers.messages():
            yield message
            found = [item for item in message if isinstance(item, Draft)] if isinstance(message, list) else []
            if found:
                articles += len(found)
                part = entry.found.weight * found[-1].columns.byte_end / entry.staged.size
                self._watcher.advance(self._weight + part, articles, self._counts)


def _read(entry: _Awaited, messages: Iterable[Message]) -> ReadFile:
    return read_file(staged=entry.staged, path=entry.found.path, name=entry.found.name, messages=messages)


def _unchanged(entry: _Awaited | _Repeated) -> _Settled:
    originals.discard(staged=entry.staged)
    outcome = _outcome(entry.found, Outcome.UNCHANGED, SAME_BYTES, entry.staged.sha256)
    return _Settled(outcome, entry.found.weight)


def _left_aside(found: LeftAside) -> _Settled:
    return _Settled(FileOutcome(found.path, found.name, found.outcome, found.reason), found.weight)


def _outcome(found: FoundFile, kind: Outcome, reason: str, sha256: str = "") -> FileOutcome:
    return FileOutcome(found.path, found.name, kind, reason, sha256)
