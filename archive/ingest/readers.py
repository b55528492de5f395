"""Reading staged files, in this process or in several at once. What is read does not depend on how many.

Reading processes know nothing of Django or its database: they get paths and send back values, in that order.
A process that runs ahead waits when the pipe is full, so memory stays bounded however large a file is.
"""

from __future__ import annotations

import fcntl
import logging
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import NamedTuple, Protocol

from archive.ingest.drafts import Draft, drafted
from archive.ingest.reading import read_source
from archive.ingest.reading.types import (
    Knowledge,
    NotText,
    Reading,
    ReadingError,
    ReadOptions,
    Rejected,
    SourceFormat,
)

logger = logging.getLogger(__name__)

BATCH_ITEMS = 200
BATCH_CHARACTERS = 1_000_000
READ_AHEAD = 3
"""Handfuls given to each reading process before the first is asked back, so that it need not wait."""

PIPE_BYTES = 1 << 20
"""What a reading process may have sent before it is asked for, where the system lets a pipe hold so much: a
few handfuls, so that it need not wait for the one that writes."""

Item = Draft | Rejected


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A staged file to read, the name that it came with, and the SHA-256 of its bytes."""

    path: Path
    name: str
    sha256: str


class SourceHead(NamedTuple):
    """What is known of a source before its first article: format, encoding and how that was found."""

    format: SourceFormat
    encoding: str
    encoding_rule: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file cannot be read (any further), and why. `is_text`: it holds text all the same."""

    reason: str
    is_text: bool = True


Message = SourceHead | list[Item] | Unreadable
"""Of each file: its head, then batches; or, at any point, that it is unreadable, which is the last."""


class ReaderLost(Exception):
    """A reading process died: mostly, the system had no memory left for it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the process that read {name} was ended by the system, most likely for want of memory: "
            "run the same command again with --jobs 1 (what is done is kept)"
        )


class Readers(Protocol):
    """Reads files: `submit` up to `capacity` handfuls, then ask for the messages of each file in order."""

    capacity: int

    def submit(self, tasks: Sequence[ReadTask]) -> None:
        """Give a handful of files to read."""
        ...

    def messages(self) -> Iterator[Message]:
        """The messages of the next file; take them all before those of another."""
        ...

    def close(self) -> None:
        """Read no more."""
        ...


def read_messages(task: ReadTask, options: ReadOptions, knowledge: Knowledge) -> Iterator[Message]:
    """Read one staged file, whatever happens: a fault of ours is a reason like any other, and is logged."""
    try:
        with task.path.open("rb") as stream:
            source = read_source(task.name, stream, options, knowledge)
            yield SourceHead(source.format, source.encoding, source.encoding_rule)
            yield from in_batches(map(partial(_ready, task.sha256), source.items))
    except ReadingError as error:
        yield Unreadable(str(error), is_text=not isinstance(error, NotText))
    except MemoryError:
        yield Unreadable("is too large for the memory of this machine: split it and ingest the parts")
    except Exception as error:
        logger.exception("reading %s", task.name)
        yield Unreadable(f"could not be read for a fault of Arshif ({error!r}): please report it")


def _ready(sha256: str, item: Reading | Rejected) -> Item:
    return drafted(item, sha256) if isinstance(item, Reading) else item


def in_batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Gather items by number and by length of text, so that a batch has a bounded size."""
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.columns.body) if isinstance(item, Draft) else 0
        if len(batch) >= BATCH_ITEMS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class ReadHere:
    """Reads in this process."""

    capacity = 1

    def __init__(self, options: ReadOptions, knowledge: Knowledge) -> None:
        self._options, self._knowledge = options, knowledge
        self._tasks: deque[ReadTask] = deque()

    def submit(self, tasks: Sequence[ReadTask]) -> None:
        self._tasks.extend(tasks)

    def messages(self) -> Iterator[Message]:
        return read_messages(self._tasks.popleft(), self._options, self._knowledge)

    def close(self) -> None:
        self._tasks.clear()


@dataclass(eq=False, slots=True)
class _Pipes:
    """To a reading process and from it, and what has come and is not asked for yet."""

    asked: Connection
    come: Connection
    waiting: deque[Message | None] = field(default_factory=deque)


def _widen(pipe: Connection) -> None:
    """Have a pipe hold PIPE_BYTES, on systems that can; on others a reader waits sooner."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):  # whoever has many wide pipes already may have no more
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)


class ReadInProcesses:
    """Reads in `jobs` processes, handfuls dealt out in turn."""

    def __init__(self, options: ReadOptions, knowledge: Knowledge, jobs: int) -> None:
        self.capacity = jobs * READ_AHEAD
        self._readers: deque[_Pipes] = deque()
        self._asked: deque[tuple[_Pipes, ReadTask]] = deque()
        self._processes: list[SpawnProcess] = []
        try:
            with undisturbed():
                # on its first start it lets signals in again, in the midst of starting a process
                resource_tracker.ensure_running()
            for _number in range(jobs):
                self._start(options, knowledge)
        except BaseException:
            self.close()
            raise

    def _start(self, options: ReadOptions, knowledge: Knowledge) -> None:
        context = get_context("spawn")
        tasks, asked = context.Pipe(duplex=False)
        come, sent = context.Pipe(duplex=False)
        _widen(sent)
        process = context.Process(target=_serve, args=(tasks, sent, options, knowledge), daemon=True)
        with undisturbed():
            process.start()
            self._processes.append(process)
        tasks.close()
        sent.close()
        self._readers.append(_Pipes(asked, come))

    def submit(self, tasks: Sequence[ReadTask]) -> None:
        reader = self._readers[0]
        self._readers.rotate(-1)
        self._asked.extend((reader, task) for task in tasks)
        try:
            reader.asked.send(tasks)
        except OSError as error:
            raise ReaderLost(tasks[0].name) from error

    def messages(self) -> Iterator[Message]:
        reader, task = self._asked.popleft()
        while (message := self._next(reader, task)) is not None:
            yield message

    def _next(self, reader: _Pipes, task: ReadTask) -> Message | None:
        while not reader.waiting:
            try:
                reader.waiting.extend(reader.come.recv())
            except (EOFError, OSError) as error:
                raise ReaderLost(task.name) from error
        return reader.waiting.popleft()

    def close(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        for reader in self._readers:
            reader.asked.close()
            reader.come.close()


STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep requests to stop waiting, so that none comes between a process and what it is to be told first.

    Blocked, that a process started here has them blocked too until it can answer; and noted rather than
    obeyed, as a block holds for one thread only and another may be given the signal.
    """
    asked: list[int] = []
    obeyed = {number: signal.signal(number, lambda stop, _frame: asked.append(stop)) for number in STOPS}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in obeyed.items():
            signal.signal(number, handler or signal.SIG_DFL)
    for stop in asked:
        signal.raise_signal(stop)


def _serve(tasks: Connection, sent: Connection, options: ReadOptions, knowledge: Knowledge) -> None:
    """Read what is asked until the asker is gone. Only the asker answers Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    try:
        while True:
            for packet in in_packets(tasks.recv(), options, knowledge):
                sent.send(packet)
    except (EOFError, OSError):
        return


def in_packets(
    tasks: Iterable[ReadTask], options: ReadOptions, knowledge: Knowledge
) -> Iterator[list[Message | None]]:
    """The messages of files, None after each file's last, gathered: many small ones are sent as one."""
    packet: list[Message | None] = []
    size = 0
    for task in tasks:
        for message in read_messages(task, options, knowledge):
            packet.append(message)
            size += len(message) if isinstance(message, list) else 0
            if size >= BATCH_ITEMS:
                yield packet
                packet, size = [], 0
        packet.append(None)
    if packet:
        yield packet


def open_readers(options: ReadOptions, knowledge: Knowledge, jobs: int) -> Readers:
    """The readers for a run: in this process for one job, in as many processes as asked otherwise."""
    return ReadHere(options, knowledge) if jobs == 1 else ReadInProcesses(options, knowledge, jobs)
