"""What ends a whole run, each with the remedy. A bad file never does: it is quarantined."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError

from archive.ingest.readers import ReaderLost

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_ROOM_WORDS = ("disk is full", "no space left", "disk full", "disk i/o error")


class IngestFailed(Exception):
    """The run ended before its work was done; what it reported as done is kept."""


class WrongCall(Exception):
    """The call asks for something that cannot be done; nothing was started."""


class MissingPaths(WrongCall):
    """Paths that do not exist."""

    def __init__(self, paths: Iterable[Path]) -> None:
        super().__init__(
            f"no such file or folder: {', '.join(map(str, paths))}. Check the spelling; nothing was read."
        )


class AnotherIngestRuns(IngestFailed):
    """Only one ingest may write at a time."""

    def __init__(self) -> None:
        super().__init__(
            "another ingest is running: wait until it is done, or stop it, and run this command again."
        )


class DiskFull(IngestFailed):
    """There was no room to write."""

    def __init__(self, folder: Path) -> None:
        free = shutil.disk_usage(folder).free if folder.exists() else 0
        super().__init__(
            f"no room left to write in {folder} ({free:,} bytes free). What is reported as done is kept. "
            "Make room, or move the data folder to a larger disk (ARSHIF_DATA_DIR), and run the same command "
            "again."
        )


class IngestStopped(IngestFailed):
    """Someone asked it to stop."""

    def __init__(self) -> None:
        super().__init__("stopped. What is reported as done is kept; run the same command again to go on.")


def is_no_room(error: BaseException) -> bool:
    """Whether an error of the file system or of the database says that there is no room to write."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    text = str(error).lower()
    return isinstance(error, DatabaseError) and any(words in text for words in NO_ROOM_WORDS)


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn what the system raises into what ended the run. Raises: DiskFull, IngestStopped, IngestFailed."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise IngestStopped from error
    except ReaderLost as error:
        raise IngestFailed(str(error)) from error
    except (OSError, DatabaseError) as error:
        if is_no_room(error):
            raise DiskFull(folder) from error
        raise IngestFailed(
            f"{error}. Mend this and run the same command again; what is done is kept."
        ) from error
