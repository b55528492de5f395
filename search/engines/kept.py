"""What the embedded engines share: an index in a folder of generations, opened when it has changed."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from arabic.analysis import adopt
from search.engines.base import (
    Answer,
    EngineState,
    IndexMissing,
    IndexOutgrown,
    Question,
    SearchError,
    Words,
)
from search.engines.generations import (
    Generation,
    Stamp,
    built_last,
    current_generation,
    drop_unserved,
    note_built,
    swap_in,
)
from search.engines.kept_words import KeptWords

if TYPE_CHECKING:
    from archive.models import Article

OPEN_ATTEMPTS: Final = 5


class Snapshot(Protocol):
    """An index as committed at one moment."""

    @property
    def live_count(self) -> int:
        """How many articles it holds."""

    def close(self) -> object:
        """Let go of its files."""


S = TypeVar("S", bound=Snapshot)


class IndexDamaged(SearchError):
    """The index holds something else than what was written to it."""

    def __init__(self, held: int, expected: int) -> None:
        super().__init__(
            f"The new index holds {held:,} articles, not {expected:,}; the old one stays. "
            "Run `manage.py index --rebuild` again, and see that the disk is not full."
        )


class IndexLocked(SearchError):
    """Another process writes this very index."""

    def __init__(self) -> None:
        super().__init__("Another process is writing the index. Wait for it, or stop it.")


class KeptIndex(ABC, Generic[S]):
    """One snapshot kept in each process and one writer at a time. Safe to share between threads."""

    stamp: ClassVar[Stamp]
    unreadable: ClassVar[tuple[type[Exception], ...]]
    """What opening raises where files are gone: by a commit or a swap just now, or for good."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.RLock()
        self._snapshot: S | None = None
        self._commit: tuple[str, Hashable] | None = None
        self._words = KeptWords()

    # -- what an engine says of itself ------------------------------------------------------------------

    @abstractmethod
    def _last_commit(self, generation: Generation) -> Hashable:
        """Something that is equal as long as nothing was committed. Raises: one of `unreadable`."""

    @abstractmethod
    def _open(self, generation: Generation, earlier: S | None) -> S:
        """A snapshot; `earlier`: one of the same generation. Raises: one of `unreadable`."""

    @abstractmethod
    def _create(self) -> Generation:
        """An empty index in a new generation."""

    @abstractmethod
    def _fill(self, generation: Generation, articles: Iterable[Article]) -> int:
        """Write all articles into it; the number written. Raises: IndexDamaged."""

    @abstractmethod
    def _write(
        self, generation: Generation, articles: Iterable[Article], removed: Iterable[str], *, bulk: bool
    ) -> int:
        """Write entries anew and take others out, in one commit; the number written."""

    @abstractmethod
    def _merge(self, generation: Generation) -> bool:
        """Make few segments of many; whether there was something to do."""

    # -- reading ----------------------------------------------------------------------------------------

    @abstractmethod
    def ask(self, question: Question) -> Answer:
        """Answer a question from the index as last committed. Raises: IndexMissing: there is no index."""

    def state(self) -> EngineState:
        """What is served now."""
        name, generation = self.stamp.engine, current_generation(self.root)
        if generation is None:
            return EngineState(name, "", 0, False, "there is no index")
        outdated = generation.outdated(self.stamp) or self._left_behind()
        if outdated:
            return EngineState(name, generation.name, generation.meta.documents, False, outdated)
        try:
            return EngineState(name, generation.name, self.snapshot().live_count, True)
        except IndexMissing:
            return EngineState(name, generation.name, 0, False, "its files cannot be opened")

    def _left_behind(self) -> str:
        last = built_last(self.root)
        return f"changes since went to the index of {last}" if last not in ("", self.stamp.engine) else ""

    def snapshot(self) -> S:
        """The index as last committed, opened anew only when it has changed.

        Raises: IndexMissing: there is none, or its files are gone; IndexOutgrown: an earlier version made
        it.
        """
        for attempt in range(OPEN_ATTEMPTS):
            try:
                with self._lock:
                    return self._fresh()
            except self.unreadable as error:
                # a commit or a swap took the files away between the look and the opening: look again
                if attempt == OPEN_ATTEMPTS - 1:
                    raise IndexMissing(
                        _("The index cannot be opened: run `manage.py index --rebuild`.")
                    ) from error
        raise AssertionError

    def _fresh(self) -> S:
        generation = current_generation(self.root)
        if generation is None or generation.meta.engine != self.stamp.engine:
            raise IndexMissing(_("There is no index yet: run `manage.py index --rebuild`."))
        if generation.meta.schema != self.stamp.schema:
            raise IndexOutgrown(
                _("An earlier version of Arshif made this index: run `manage.py index --rebuild`.")
            )
        commit = generation.name, self._last_commit(generation)
        if self._snapshot is None or commit != self._commit:
            adopt(generation.meta.analysis)
            earlier, same = self._snapshot, self._commit is not None and self._commit[0] == generation.name
            self._snapshot = self._open(generation, earlier if same else None)
            self._commit = commit
            if earlier is not None:
                earlier.close()
        return self._snapshot

    def moment(self) -> Hashable:
        """Something that is equal to an earlier answer only as long as the same index is served.

        Raises: IndexMissing: there is none.
        """
        self.snapshot()
        return self._commit

    def words(self, limit: int) -> Words:
        """The words of the collection, at most `limit`: those of most documents. They may lag behind the
        index by a hundredth of its documents.

        Raises: IndexMissing: there is no index yet.
        """
        with self._lock:
            self.snapshot()
            generation = self._commit[0] if self._commit else ""
        try:
            return self._words.of(self.root / generation, limit)
        except FileNotFoundError as error:
            raise IndexMissing(_("There is no index yet: run `manage.py index --rebuild`.")) from error

    def forget(self) -> None:
        """Close the index and drop what is cached, as in a process that has just begun."""
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.close()
            self._snapshot = self._commit = None

    # -- writing (call only as the one indexer) ---------------------------------------------------------

    def apply(self, *, articles: Iterable[Article], removed: Iterable[str], bulk: bool = False) -> int:
        """Write these articles' entries anew and take the others out, in one commit; the number written."""
        generation = current_generation(self.root)
        if generation is None:
            return self.build(articles=articles)
        adopt(generation.meta.analysis)
        return self._write(generation, articles, removed, bulk=bulk)

    def build(self, *, articles: Iterable[Article]) -> int:
        """Write a new generation from these articles beside the live one and swap it in; the number written.

        Raises: IndexDamaged: what was written is not what was read; the live generation stays.
        """
        drop_unserved(self.root)
        generation = self._create()
        adopt(generation.meta.analysis)
        written = self._fill(generation, articles)
        swap_in(generation)
        note_built(self.root, self.stamp.engine)
        return written

    def merge(self) -> bool:
        """Make few segments of many, which search quicker; whether there was something to do.

        What an indexer that was killed left behind goes too.
        """
        generation = current_generation(self.root)
        if generation is None:
            return False
        drop_unserved(self.root)
        return self._merge(generation)
