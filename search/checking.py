"""Whether originals, database and index agree, and what the last look at that found, kept for the desk."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from filelock import FileLock, Timeout

from archive.background import start_command
from archive.selectors.checks import CHECKS, Check, Difference
from search.service import index_state

log = logging.getLogger(__name__)
MOST_KEPT: Final = 200
"""Differences that are kept; the command says all."""


class CheckRunning(Exception):
    """Another look is under way."""

    def __init__(self) -> None:
        super().__init__(
            "another check_archive is running: wait for it; the desk's health page shows its end"
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look found: when it ended, how many seconds it took, how many differences, and the first of
    them by part, difference and remedy."""

    at: datetime
    seconds: float
    found: int
    first: tuple[tuple[str, str, str], ...]


def checks() -> Mapping[str, tuple[Check, ...]]:
    """All that is compared, by part."""
    return {**CHECKS, "index": (check_index,)}


def check_index() -> Iterator[Difference]:
    """Whether the index has every shown article, by today's rules, and nothing is waiting to be indexed."""
    state = index_state()
    if state.pending:
        yield Difference(f"{state.pending:,} changes are waiting to be indexed", "run `manage.py index`")
    if state.documents != state.shown:
        what = (
            f"generation {state.generation or '(none)'} has {state.documents:,} articles of {state.shown:,}"
        )
        yield Difference(what, state.remedy or "run `manage.py index --rebuild`")
    elif not (state.current or state.pending):
        yield Difference(f"generation {state.generation} was made by other rules", state.remedy)


@contextmanager
def only_check() -> Iterator[None]:
    """Be the one that looks. Raises: CheckRunning."""
    folder = Path(settings.ARSHIF_LOCK_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "check.lock", timeout=0):
            yield
    except Timeout:
        raise CheckRunning from None


def is_running() -> bool:
    """Whether somebody looks now."""
    try:
        with only_check():
            return False
    except CheckRunning:
        return True


def start_check() -> bool:
    """Have a look begun beside the server; whether it could be."""
    return start_command("check_archive")


def keep_result(*, began: datetime, found: int, first: tuple[tuple[str, str, str], ...]) -> None:
    """Note what a look found. Where there is no room to write, that is no fault of the archive."""
    now = timezone.now()
    result = asdict(Checked(now, (now - began).total_seconds(), found, first[:MOST_KEPT]))
    path = Path(settings.ARSHIF_CHECK_FILE)
    try:
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps({**result, "at": now.isoformat()}, ensure_ascii=False), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        log.warning("the result could not be kept in %s: %s", path, error)


def last_result() -> Checked | None:
    """What the last look found; None where nobody has looked, or its note cannot be read."""
    try:
        kept = json.loads(Path(settings.ARSHIF_CHECK_FILE).read_text(encoding="utf-8"))
        first = tuple((part, what, remedy) for part, what, remedy in kept["first"])
        return Checked(datetime.fromisoformat(kept["at"]), kept["seconds"], kept["found"], first)
    except (OSError, ValueError, KeyError, TypeError):
        return None
