"""The originals: every file that came in, byte for byte, under the SHA-256 of its bytes (`ab/abcd…`)."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

INCOMING = "incoming"
"""Where files stand until they are known to be good; what a killed ingest left is cleared by the next."""
SHA256 = re.compile(r"[0-9a-f]{64}")
SYNCED_AT_ONCE = 8
"""A disk writes several files down for little more than the price of one, if it is asked at the same time."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file written out beside the originals, not yet one of them."""

    path: Path
    sha256: str
    size: int


class OriginalMissing(Exception):
    """The bytes of a source file are not there: restore the originals folder from its backup."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"the original {sha256} is not in {_folder()}: restore that folder from its backup")


def _folder() -> Path:
    return Path(settings.ARSHIF_ORIGINALS_DIR)


def incoming_folder() -> Path:
    """The folder to stage files in, made if need be: on the same disk, so that keeping one is a rename."""
    folder = _folder() / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def clear_incoming() -> None:
    """Remove what a killed ingest left half written. Call only while holding the ingest lock."""
    shutil.rmtree(_folder() / INCOMING, ignore_errors=True)


def stage(*, chunks: Iterable[bytes], folder: Path) -> StagedFile:
    """Write a stream out under a temporary name, hashed on the way; nothing is left behind on an error."""
    digest, size = hashlib.sha256(), 0
    path = folder / f"{os.getpid()}-{next(_numbers)}"
    try:
        with open(path, "xb", opener=_read_only) as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return StagedFile(path, digest.hexdigest(), size)


def _read_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o444)


def keep(*, staged: Sequence[StagedFile]) -> None:
    """Make staged files originals; they are on the disk for good when this returns.

    Named first and synced then, so that one sync writes down both bytes and name. What a crash leaves between
    the two belongs to no source, and the next ingest writes it anew.
    """
    targets = [_name(file) for file in staged]
    if len(targets) == 1:
        _sync(targets[0])
        return
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:
        for _done in pool.map(_sync, targets):
            pass


def _name(staged: StagedFile) -> Path:
    target = original_path(sha256=staged.sha256)
    try:
        staged.path.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.path.replace(target)
    return target


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(*, staged: StagedFile) -> None:
    """Remove a staged file that is not kept."""
    staged.path.unlink(missing_ok=True)


def remove_original(*, sha256: str) -> None:
    """Remove an original that nothing names."""
    original_path(sha256=sha256).unlink(missing_ok=True)


def original_path(*, sha256: str) -> Path:
    """Where the original with this SHA-256 stands, whether it is there or not."""
    if not SHA256.fullmatch(sha256):
        raise OriginalMissing(sha256)
    return _folder() / sha256[:2] / sha256


def open_original(sha256: str) -> BinaryIO:
    """An original, open for reading. Raises: OriginalMissing."""
    try:
        return original_path(sha256=sha256).open("rb")
    except FileNotFoundError as error:
        raise OriginalMissing(sha256) from error


def read_slice(sha256: str, start: int, end: int) -> bytes:
    """The bytes of an original from `start` up to `end`. Raises: OriginalMissing."""
    with open_original(sha256) as original:
        original.seek(start)
        return original.read(max(0, end - start))


def kept_originals() -> Iterator[str]:
    """The SHA-256 of every original in the folder, in order."""
    if not _folder().is_dir():
        return
    for folder in sorted(_folder().glob("[0-9a-f][0-9a-f]")):
        yield from sorted(path.name for path in folder.iterdir() if SHA256.fullmatch(path.name))


def left_incoming() -> list[Path]:
    """Files that stand half written in the incoming folder."""
    folder = _folder() / INCOMING
    return sorted(folder.iterdir()) if folder.is_dir() else []
