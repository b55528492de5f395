"""What looking for files finds: a file that can be read, or one that is left aside with a reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_NAME = 1000


class Outcome(StrEnum):
    """What became of a file, or of one record of it."""

    NEW = "new"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    QUARANTINED = "quarantined"


class FileRefused(Exception):
    """A file that cannot be taken in. The message says why and the remedy."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: `path` as the caller would write it, `name` within what was asked for.

    `chunks()` reads its bytes once, from the beginning, until the next file is asked for, and raises
    FileRefused. `weight` is how many bytes on the disk it stands for (in an archive: its packed bytes).
    """

    path: str
    name: str
    weight: int
    chunks: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A file that is not read: skipped, for it holds no article, or quarantined, for it cannot be read."""

    path: str
    name: str
    outcome: Outcome
    reason: str
    weight: int = 0


Found = FoundFile | LeftAside


def printable(path: str | os.PathLike[str]) -> str:
    """A path that can be printed and stored, whatever bytes it is made of; the end of a very long one."""
    text = os.fsencode(path).decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text if len(text) <= MAX_NAME else "…" + text[1 - MAX_NAME :]


def describe(error: OSError) -> str:
    """What the system says, without the path that the message already names."""
    return error.strerror or str(error)
