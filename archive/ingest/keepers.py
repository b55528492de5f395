"""What a run does with what it reads: keeps it in the archive or, trying (`--dry-run`), only counts it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError
from filelock import FileLock, Timeout

from archive.ingest.errors import AnotherIngestRuns, IngestFailed, IngestStopped, plain_errors
from archive.ingest.found import FoundFile, Outcome
from archive.ingest.outcomes import FileOutcome
from archive.ingest.readers import Message
from archive.ingest.reading.types import Knowledge, Rejected
from archive.models import IngestRun
from archive.selectors.runs import is_held
from archive.services import originals
from archive.services.ingest import add_file, batches_of, require_articles, sift
from archive.services.namebook import NameBook
from archive.services.originals import StagedFile
from archive.services.runs import begin_run, end_run, note_outcomes, recover

logger = logging.getLogger(__name__)

NOTED_AT_ONCE = 200
RESERVE = 1 << 20
"""Bytes held back, so that a run that ends for want of room can still say so in the database."""


class Keeper(Protocol):
    """Where read files go. `incoming` is the folder to stage them in."""

    incoming: Path

    def has(self, sha256: str) -> bool:
        """Whether these bytes are known already."""
        ...

    def add(self, staged: StagedFile, found: FoundFile, messages: Iterator[Message]) -> FileOutcome:
        """Take a file in. Raises: FileUnreadable."""
        ...

    def note(self, outcome: FileOutcome) -> None:
        """Write down what became of a file that was not taken in."""
        ...


class ArchiveKeeper:
    """Keeps what is read in the archive."""

    def __init__(self, run: IngestRun, knowledge: Knowledge, new_outlets: bool) -> None:
        self.incoming = originals.incoming_folder()
        self._run = run
        self._names = NameBook(knowledge=knowledge, run=run, new_outlets=new_outlets)
        self._noted: list[FileOutcome] = []
        (self.incoming / "reserve").write_bytes(bytes(RESERVE))

    def has(self, sha256: str) -> bool:
        return is_held(sha256=sha256)

    def add(self, staged: StagedFile, found: FoundFile, messages: Iterator[Message]) -> FileOutcome:
        return add_file(
            run=self._run,
            staged=staged,
            path=found.path,
            name=found.name,
            messages=messages,
            names=self._names,
        )

    def note(self, outcome: FileOutcome) -> None:
        self._noted.append(outcome)
        if len(self._noted) >= NOTED_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write down what is still in memory."""
        note_outcomes(run=self._run, outcomes=self._noted)
        self._noted = []


class TrialKeeper:
    """Keeps nothing; reads all there is, so that the counts are those of a real run."""

    def __init__(self, incoming: Path) -> None:
        self.incoming = incoming
        self._seen: set[str] = set()

    def has(self, sha256: str) -> bool:
        return sha256 in self._seen or is_held(sha256=sha256)

    def add(self, staged: StagedFile, found: FoundFile, messages: Iterator[Message]) -> FileOutcome:
        articles, refused = 0, list[Rejected]()
        for batch in batches_of(messages):
            good, bad = sift(batch)
            articles += len(good)
            refused += bad
        require_articles(articles, refused)
        self._seen.add(staged.sha256)
        return FileOutcome(
            found.path, found.name, Outcome.NEW, "", staged.sha256, articles=articles, rejected=tuple(refused)
        )

    def note(self, outcome: FileOutcome) -> None:
        """Nothing is written."""


@contextmanager
def trial() -> Iterator[Keeper]:
    """A keeper that writes nothing but a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="arshif-") as folder, plain_errors(Path(folder)):
        yield TrialKeeper(Path(folder))


@contextmanager
def recorded(
    *, paths: Sequence[str], options: dict[str, Any], knowledge: Knowledge, new_outlets: bool
) -> Iterator[Keeper]:
    """A keeper that holds the ingest lock and writes a run; however the run ends, its record says how.

    Raises: AnotherIngestRuns, DiskFull, IngestStopped, IngestFailed.
    """
    with plain_errors(Path(settings.ARSHIF_ORIGINALS_DIR)), _lock():
        if died := recover():
            logger.warning("%d run(s) had ended without a word; going on where they stopped", died)
        run = begin_run(paths=paths, options=options)
        try:
            with plain_errors(Path(settings.ARSHIF_ORIGINALS_DIR)):
                keeper = ArchiveKeeper(run, knowledge, new_outlets)
                yield keeper
                keeper.flush()
        except BaseException as error:
            _end_badly(run, error)
            raise
        originals.clear_incoming()
        end_run(run=run, status=IngestRun.Status.FINISHED)


@contextmanager
def _lock() -> Iterator[None]:
    folder = Path(settings.ARSHIF_LOCK_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "ingest.lock", timeout=0):
            yield
    except Timeout as error:
        raise AnotherIngestRuns from error


def _end_badly(run: IngestRun, error: BaseException) -> None:
    originals.clear_incoming()
    status = IngestRun.Status.STOPPED if isinstance(error, IngestStopped) else IngestRun.Status.FAILED
    try:
        end_run(
            run=run, status=status, message=str(error) if isinstance(error, IngestFailed) else repr(error)
        )
    except DatabaseError as failure:
        logger.warning(
            "the run's end could not be written (%s); the next ingest will say that it stopped", failure
        )
