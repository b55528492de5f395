"""Files that come through a browser: written out under their names for as long as `ingest` reads them."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from django.conf import settings

from archive.ingest.outcomes import Counts
from archive.ingest.reading.types import ReadOptions
from archive.ingest.run import IngestRequest, ingest
from archive.models import IngestOutcome, IngestRun
from archive.services.originals import open_original

CHUNK = 1 << 18
MAX_PART_BYTES = 200
"""File systems allow 255 bytes; the rest is for a number, where two files have one name."""
MAX_SUFFIX_BYTES = 20
ABANDONED_AFTER = 24 * 3600
"""Seconds after which files that a killed process left here are removed."""
CONTROL = re.compile("[\\x00-\\x1f\\x7f]")
UNPACKED = re.compile(r"(\.(gz|zip|tgz|tar|bz2|xz|7z|rar|zst))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came: its name, which may be anything at all, and its bytes."""

    name: str
    chunks: Iterable[bytes]


def take_in(
    files: Sequence[Received], *, reading: ReadOptions, by: str, new_outlets: bool = False
) -> tuple[Counts, IngestRun]:
    """Take files in as `manage.py ingest` does, and answer the counts and the run.

    Raises: IngestFailed: another ingest runs, a disk is full.
    """
    with _written_out(files) as (folder, paths):
        request = IngestRequest(
            paths=paths, reading=reading, new_outlets=new_outlets, told_without=folder, by=by
        )
        counts = ingest(request)
    return counts, IngestRun.objects.filter(options__by=by).latest("pk")


def kept_file(outcome: IngestOutcome) -> Received:
    """A file that could not be read, under the name that it had within what was asked for.

    Raises: OriginalMissing: its bytes are not there.
    """
    name = outcome.name
    for asked in outcome.run.paths:
        name = name.removeprefix(f"{asked.rstrip('/')}/")
    return Received(UNPACKED.sub("", name) or name, _chunks(outcome.sha256))


def _chunks(sha256: str) -> Iterator[bytes]:
    with open_original(sha256) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def safe_name(name: str) -> PurePosixPath:
    """A name, or path, of which every part can stand in a folder, none leads out of it and none is hidden."""
    parts = [_safe_part(part) for part in re.split(r"[/\\]", name)]
    return PurePosixPath(*([part for part in parts if part] or ["file"]))


def _safe_part(part: str) -> str:
    part = CONTROL.sub("", part.encode("utf-8", "replace").decode()).strip().lstrip(".")
    stem, suffix = PurePosixPath(part).stem, PurePosixPath(part).suffix
    suffix = suffix if len(suffix.encode()) <= MAX_SUFFIX_BYTES else ""
    stem = stem if suffix else part
    return stem.encode()[: MAX_PART_BYTES - len(suffix.encode())].decode("utf-8", "ignore") + suffix


@contextmanager
def _written_out(files: Sequence[Received]) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """The files in a folder of their own, which is gone afterwards, and what to ask `ingest` for."""
    above = Path(settings.ARSHIF_UPLOAD_DIR)
    above.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(above)
    folder = Path(tempfile.mkdtemp(dir=above))
    try:
        paths = [_write(file, folder) for file in files]
        yield folder, tuple(paths)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(file: Received, folder: Path) -> Path:
    """Write a file out; answers what `ingest` is to be asked for: the file, or the folder that it is in."""
    name = _free(safe_name(file.name), folder)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        for chunk in file.chunks:
            out.write(chunk)
    return folder / name.parts[0]


def _free(name: PurePosixPath, folder: Path) -> PurePosixPath:
    """The name, with a number where another file of the same upload has it."""
    numbered = (name.with_name(f"{name.stem} ({number}){name.suffix}") for number in count(2))
    return next(one for one in chain([name], numbered) if not (folder / one).exists())


def _clear_abandoned(above: Path) -> None:
    for left in above.iterdir():
        if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)
