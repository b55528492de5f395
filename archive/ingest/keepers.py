"""What a run does with what it reads: keeps it in the archive or, trying (`--dry-run`), only counts it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError
from filelock import FileLock, Timeout

from archive.ingest.errors import AnotherIngestRuns, IngestFailed, IngestStopped, plain_errors
from archive.ingest.outcomes import FileOutcome
from archive.ingest.reading.types import Knowledge
from archive.models import IngestRun
from archive.selectors.runs import held_among
from archive.services import originals
from archive.services.ingest import ReadFile, Tally, add_files
from archive.services.namebook import NameBook
from archive.services.originals import StagedFile
from archive.services.runs import begin_run, end_run, note_outcomes, recover

logger = logging.getLogger(__name__)

NOTED_AT_ONCE = 200
RESERVE = 1 << 20
"""Bytes held back, so that a run that ends for want of room can still say so in the database."""

MOST_KEPT_ASIDE = 64 << 20
"""The longest file whose bytes are kept though it could not be read: as long as a text that is read whole."""


class Keeper(Protocol):
    """Where read files go. `incoming` is the folder to stage them in."""

    incoming: Path

    def held(self, sha256s: Collection[str]) -> set[str]:
        """Those of these bytes that are known already."""
        ...

    def add(self, files: Sequence[ReadFile]) -> list[FileOutcome]:
        """Take files in, all or none; they are staged no longer. Raises: FileUnreadable."""
        ...

    def keep_aside(self, staged: StagedFile) -> bool:
        """Keep the bytes of a file that could not be read; whether they are kept."""
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

    def held(self, sha256s: Collection[str]) -> set[str]:
        return held_among(sha256s)

    def add(self, files: Sequence[ReadFile]) -> list[FileOutcome]:
        return add_files(run=self._run, files=files, names=self._names)

    def keep_aside(self, staged: StagedFile) -> bool:
        if staged.size > MOST_KEPT_ASIDE:
            return False
        originals.keep(staged=[staged])
        return True

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

    def held(self, sha256s: Collection[str]) -> set[str]:
        return held_among(sha256s) | self._seen.intersection(sha256s)

    def add(self, files: Sequence[ReadFile]) -> list[FileOutcome]:
        return [self._count(file) for file in files]

    def _count(self, file: ReadFile) -> FileOutcome:
        tally = Tally()
        for batch in file.batches:
            tally.add(batch)
        outcome = tally.outcome(file)
        self._seen.add(file.staged.sha256)
        originals.discard(staged=file.staged)
        return outcome

    def keep_aside(self, staged: StagedFile) -> bool:
        return False

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
    with plain_errors(Path(settings.ARSHIF_ORIGINALS_DIR)), ingest_lock():
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
def ingest_lock() -> Iterator[None]:
    """Be the only one that takes in, takes back or reads again. Raises: AnotherIngestRuns."""
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
