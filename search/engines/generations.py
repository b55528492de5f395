"""Generations of the index side by side in one folder, and a pointer to the one that is served.

`gen-3/` holds a whole index and `meta.json`, what it was made by. `current` names the folder that is served;
it is swapped by a rename, so that a reader sees the old generation or the new one and never half of one.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from arabic.analysis import wanted_stamp

POINTER: Final = "current"
META: Final = "meta.json"
BUILT_LAST: Final = "built-last"
"""Beside the folders of the engines: the name of the one built last. Changes are noted once and worked
off by one engine, so the index of any other knows nothing of them."""
UNFINISHED: Final = ".new"
"""How the name of a note ends until it is whole."""
SWAPS_AT_ONCE: Final = 5
KEPT_NOTES: Final = 64
"""Notes and pointers whose text is kept in memory."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index is made by: the engine, what it holds of an article, and the analysis of its words."""

    engine: str
    schema: str

    @property
    def analysis(self) -> str:
        """As it is wanted now: an installation can make counts of its own while a process runs."""
        return wanted_stamp()


@dataclass(frozen=True, slots=True)
class Meta:
    """What a generation was made by, and how many articles it holds."""

    engine: str
    schema: str
    analysis: str
    documents: int


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index in a folder of its own."""

    folder: Path
    meta: Meta

    @property
    def name(self) -> str:
        return self.folder.name

    def outdated(self, now: Stamp) -> str:
        """Why it must be rebuilt; empty where it need not be."""
        for part in ("engine", "schema", "analysis"):
            made_by, today = getattr(self.meta, part), getattr(now, part)
            if made_by != today:
                return f"{part} {made_by}, now {today}"
        return ""


def current_generation(root: Path) -> Generation | None:
    """The generation that is served; None where there is none that can be read."""
    for _attempt in range(SWAPS_AT_ONCE):
        try:
            name = _written(root / POINTER).strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            return _read(root / name)
        except FileNotFoundError:
            # swapped out and removed between the two reads: the pointer names another one by now
            continue
        except (ValueError, TypeError):
            return None  # no notes that this version can read
    return None


def _read(folder: Path) -> Generation:
    return Generation(folder, _meta_of(_written(folder / META)))


@lru_cache(maxsize=KEPT_NOTES)
def _meta_of(text: str) -> Meta:
    values: dict[str, Any] = json.loads(text)
    return Meta(**values)


def _written(path: Path) -> str:
    """What a file holds that is only ever replaced as a whole; read anew only when it was.

    Every search looks several times. Raises: FileNotFoundError: there is none.
    """
    of_now = path.stat()
    return _read_text(path, (of_now.st_ino, of_now.st_mtime_ns, of_now.st_size))


@lru_cache(maxsize=KEPT_NOTES)
def _read_text(path: Path, _replaced: tuple[int, int, int]) -> str:
    return path.read_text()


def new_generation(root: Path, stamp: Stamp) -> Generation:
    """An empty folder beside the generation that is served, not served yet."""
    root.mkdir(parents=True, exist_ok=True)
    folder = root / f"gen-{1 + max(_numbers(root), default=0)}"
    folder.mkdir()
    return Generation(folder, Meta(stamp.engine, stamp.schema, stamp.analysis, 0))


def _numbers(root: Path) -> list[int]:
    return [int(path.name[4:]) for path in root.glob("gen-*") if path.name[4:].isdecimal()]


def write_meta(generation: Generation, documents: int) -> Generation:
    """Note how many documents a generation holds."""
    meta = Meta(generation.meta.engine, generation.meta.schema, generation.meta.analysis, documents)
    _replace(generation.folder / META, json.dumps(asdict(meta)))
    return Generation(generation.folder, meta)


def swap_in(generation: Generation) -> None:
    """Serve this generation from now on, and remove all others.

    Readers that have one open keep it until they look.
    """
    root = generation.folder.parent
    _replace(root / POINTER, generation.name)
    for path in root.glob("gen-*"):
        if path != generation.folder:
            shutil.rmtree(path, ignore_errors=True)


def note_built(root: Path, engine: str) -> None:
    """Note that this engine is the one that follows changes from now on."""
    _replace(root.parent / BUILT_LAST, engine)


def built_last(root: Path) -> str:
    """The engine that follows changes; empty where none was noted."""
    try:
        return _written(root.parent / BUILT_LAST).strip()
    except FileNotFoundError:
        return ""


def drop_unserved(root: Path) -> None:
    """Remove what an indexer that was killed left behind. Call only as the one indexer."""
    served = current_generation(root)
    for path in root.glob("gen-*"):
        if served is None or path != served.folder:
            shutil.rmtree(path, ignore_errors=True)
    folders = root.parent, root, *((served.folder,) if served else ())
    for path in [path for folder in folders for path in folder.glob(f"*{UNFINISHED}")]:
        path.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
