"""Which files a call of `ingest` means: files, folders with all that is in them, and archives."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from archive.ingest.archives import CHUNK, UNPACK_FIRST, files_in_archive, is_archive, is_unopened
from archive.ingest.found import FileRefused, Found, FoundFile, LeftAside, Outcome, describe, printable
from archive.ingest.leaving import reason_to_skip

Identity = tuple[int, int]
"""Device and inode: what a folder is, by whatever path it is reached."""

BELONGINGS = frozenset({"files", "ملفات", "fichiers"})
"""What browsers end the name of a saved page's folder with."""

KINDS = (
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


def missing_paths(paths: Iterable[Path]) -> list[Path]:
    """Those that do not exist. A link that points nowhere is there: it is quarantined when it is met."""
    return [path for path in paths if not os.path.lexists(path)]


def total_weight(paths: Sequence[Path]) -> int:
    """How many bytes on the disk a call means, for the time left; archives count with their packed size."""
    return sum(found.weight for found in find_files(paths, inside=False))


def find_files(paths: Sequence[Path], *, inside: bool = True) -> Iterator[Found]:
    """Every file that is meant, folders in the order of names, archives opened if `inside`.

    A folder is read once, by whatever links it is reached, so loops of links end.
    """
    walked: dict[Identity, str] = {}
    for path in paths:
        yield from _find(path, walked, inside)


def _find(asked: Path, walked: dict[Identity, str], inside: bool) -> Iterator[Found]:
    waiting = [asked]
    while waiting:
        path = waiting.pop()
        name = printable(path.relative_to(asked) if path != asked else path.name or path.resolve().name)
        status = _status(path)
        if isinstance(status, str):
            yield LeftAside(printable(path), name, Outcome.QUARANTINED, status)
        elif path != asked and (reason := reason_to_skip(Path(path.name))):
            yield LeftAside(printable(path), name, Outcome.SKIPPED, reason, _weight(status))
        elif stat.S_ISDIR(status.st_mode):
            page = _page_beside(path) if path != asked else ""
            entries = _belongings(path, name, page) if page else _enter(path, status, walked)
            if isinstance(entries, LeftAside):
                yield entries
            else:
                waiting.extend(reversed(entries))
        else:
            yield from _file(path, name, status, inside)


def _page_beside(folder: Path) -> str:
    """The saved page that a folder belongs to: browsers put `x_files` beside `x.html`."""
    stem, _, ending = folder.name.rpartition("_")
    if ending not in BELONGINGS or not stem:
        return ""
    pages = (folder.with_name(stem + suffix) for suffix in (".html", ".htm", ".xhtml"))
    return next((page.name for page in pages if page.is_file()), "")


def _belongings(folder: Path, name: str, page: str) -> LeftAside:
    reason = f"holds pictures and scripts of the saved page {printable(page)} beside it, which is read"
    return LeftAside(printable(folder), name, Outcome.SKIPPED, reason)


def _status(path: Path) -> os.stat_result | str:
    try:
        return path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "is a symbolic link that leads back to itself: remove it, or point it at a file"
        if path.is_symlink():
            return "is a symbolic link to something that is not there: remove it, or mend where it points"
        return f"cannot be looked at: {_with_remedy(error)}"


def _with_remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it was taken away after its folder was listed; run again if it is back"
    if isinstance(error, PermissionError):
        return f"{describe(error)}; mend its permissions and run again"
    return f"{describe(error)}; copy it to a sound disk, or leave it out, and run again"


def _weight(status: os.stat_result) -> int:
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _enter(path: Path, status: os.stat_result, walked: dict[Identity, str]) -> list[Path] | LeftAside:
    identity = (status.st_dev, status.st_ino)
    shown = printable(path)
    if before := walked.get(identity):
        reason = f"is the folder {before} again, reached by a link or named twice: it is read once"
        return LeftAside(shown, shown, Outcome.SKIPPED, reason)
    walked[identity] = shown
    try:
        return [path / name for name in sorted(entry.name for entry in path.iterdir())]
    except OSError as error:
        reason = f"this folder cannot be opened: {_with_remedy(error)}"
        return LeftAside(shown, shown, Outcome.QUARANTINED, reason)


def _file(path: Path, name: str, status: os.stat_result, inside: bool) -> Iterator[Found]:
    for is_kind, kind in KINDS:
        if is_kind(status.st_mode):
            reason = f"is {kind}, not a file: copy what it gives into a file and ingest that"
            yield LeftAside(printable(path), name, Outcome.QUARANTINED, reason)
            return
    if is_unopened(path.name):
        yield LeftAside(printable(path), name, Outcome.QUARANTINED, UNPACK_FIRST, status.st_size)
    elif inside and is_archive(path):
        yield from files_in_archive(path, name, status.st_size)
    else:
        yield FoundFile(printable(path), name, status.st_size, partial(_chunks, path))


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except OSError as error:
        raise FileRefused(f"cannot be read: {_with_remedy(error)}") from error
