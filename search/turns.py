"""Turns at long work: one at a time in each process, so that readers of pages are not kept waiting by it."""

from __future__ import annotations

import threading
import time
from typing import Final

STALLED_AFTER: Final = 60.0
"""Seconds without progress after which another may take the turn: a reader who went away holds nobody up."""


class TurnLost(Exception):
    """This work stood still for so long that somebody else took its turn: it ends here, unfinished."""


class Turn:
    """A turn that is being used. End it, whatever happens."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.last_used = time.monotonic()

    def use(self) -> None:
        """Say that work goes on. Raises: TurnLost."""
        self._turns.use(self)

    def end(self) -> None:
        """Let the next one begin; ending twice is ending once."""
        self._turns.end(self)


class Turns:
    """Who is at work in this process."""

    def __init__(self, stalled_after: float = STALLED_AFTER) -> None:
        self._stalled_after = stalled_after
        self._lock = threading.Lock()
        self._holder: Turn | None = None

    def begin(self) -> Turn | None:
        """A turn; None where another is at work and has not stood still for long."""
        with self._lock:
            holder = self._holder
            if holder is not None and time.monotonic() - holder.last_used < self._stalled_after:
                return None
            self._holder = Turn(self)
            return self._holder

    def use(self, turn: Turn) -> None:
        with self._lock:
            if self._holder is not turn:
                raise TurnLost("another began after this one had stood still for too long")
            turn.last_used = time.monotonic()

    def end(self, turn: Turn) -> None:
        with self._lock:
            if self._holder is turn:
                self._holder = None
