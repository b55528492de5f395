"""Files into the archive: sources, articles, evidence, names and index notes in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from archive.ingest.drafts import Draft
from archive.ingest.found import Outcome
from archive.ingest.outcomes import FileOutcome
from archive.ingest.readers import Item, Message, SourceHead, Unreadable
from archive.ingest.reading.types import Rejected
from archive.models import IngestRun, SourceFile
from archive.selectors.runs import named_among
from archive.services import originals
from archive.services.namebook import NameBook
from archive.services.originals import StagedFile
from archive.services.readings import ArticleRows, rows_for
from archive.services.rereading import apply_readings
from archive.services.runs import note_outcomes
from archive.services.saving import save_rows

SAVED_AT_ONCE = 200
"""Articles written with one statement; those of several small files count together."""

Sifted = tuple[list[Draft], list[Rejected]]
"""What can be stored, and what is refused."""


class FileUnreadable(Exception):
    """The file gave no article. Nothing of it was written; its refused records are in `rejected`."""

    def __init__(self, reason: str, refused: tuple[Rejected, ...] = (), *, is_text: bool = True) -> None:
        super().__init__(reason)
        self.rejected, self.is_text = refused, is_text


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A staged file with its head and, batch by batch, what was read of it."""

    staged: StagedFile
    path: str
    name: str
    head: SourceHead
    batches: Iterable[Sifted]

    def at_once(self) -> ReadFile:
        """The same with all of it in memory. Raises: FileUnreadable: it gives no article."""
        batches = list(self.batches)
        tally = Tally()
        for batch in batches:
            tally.add(batch)
        tally.require_articles()
        return replace(self, batches=batches)


@dataclass(slots=True)
class Tally:
    """How many articles a file gave, and its records that could not become one."""

    articles: int = 0
    refused: list[Rejected] = field(default_factory=list)

    def add(self, batch: Sifted) -> None:
        """Count one more batch."""
        self.articles += len(batch[0])
        self.refused += batch[1]

    def require_articles(self) -> None:
        """Raises: FileUnreadable: none of the records of a file became an article."""
        if self.articles:
            return
        if not self.refused:
            raise FileUnreadable("holds no article: if it should, name its format with --format")
        first = self.refused[0]
        raise FileUnreadable(
            f"none of its {len(self.refused):,} records is an article; record {first.record}: {first.reason}",
            tuple(self.refused),
        )

    def outcome(self, file: ReadFile) -> FileOutcome:
        """What became of a file that gave these. Raises: FileUnreadable: it gave no article."""
        self.require_articles()
        return FileOutcome(
            path=file.path,
            name=file.name,
            outcome=Outcome.NEW,
            sha256=file.staged.sha256,
            articles=self.articles,
            rejected=tuple(self.refused),
        )


def read_file(*, staged: StagedFile, path: str, name: str, messages: Iterable[Message]) -> ReadFile:
    """A staged file as its messages read it, the first of which is taken here. Raises: FileUnreadable."""
    messages = iter(messages)
    head = next(messages)
    if isinstance(head, Unreadable):
        raise FileUnreadable(head.reason, is_text=head.is_text)
    if not isinstance(head, SourceHead):
        raise FileUnreadable("it has no head")
    return ReadFile(staged, path, name, head, batches_of(messages))


def batches_of(messages: Iterable[Message]) -> Iterator[Sifted]:
    """What can be stored and what is refused, batch by batch. Raises: FileUnreadable: it ends in a fault."""
    for message in messages:
        if isinstance(message, Unreadable):
            raise FileUnreadable(message.reason, is_text=message.is_text)
        if isinstance(message, list):
            yield sift(message)


def add_files(*, run: IngestRun, files: Sequence[ReadFile], names: NameBook) -> list[FileOutcome]:
    """Take files in and keep their bytes: all of them or, where one cannot be, none.

    Raises: FileUnreadable: one cannot be read to its end, or none of its records is an article.
    """
    try:
        with transaction.atomic():
            outcomes = _write(run, files, names)
            originals.keep(staged=[file.staged for file in files])
    except BaseException:
        names.forget()
        sha256s = {file.staged.sha256 for file in files}
        for sha256 in sha256s - named_among(sha256s):  # a stop can come between the commit and here
            originals.remove_original(sha256=sha256)
        raise
    return outcomes


def _write(run: IngestRun, files: Sequence[ReadFile], names: NameBook) -> list[FileOutcome]:
    """Write files that are new, and bring those back whose runs were undone."""
    undone = SourceFile.objects.filter(
        undone__isnull=False, sha256__in=[file.staged.sha256 for file in files]
    )
    before = {source.sha256: source for source in undone}
    new = [file for file in files if file.staged.sha256 not in before]
    sources = SourceFile.objects.bulk_create([_source(run, file) for file in new])
    tallies = _write_new(new, sources, names)
    for file in files:
        if file.staged.sha256 in before:
            tallies[file.staged.sha256] = _bring_back(file, before[file.staged.sha256], names)
    outcomes = [tallies[file.staged.sha256].outcome(file) for file in files]
    note_outcomes(run=run, outcomes=outcomes, sources=[*sources, *before.values()])
    return outcomes


def _write_new(files: Sequence[ReadFile], sources: Sequence[SourceFile], names: NameBook) -> dict[str, Tally]:
    """Write the articles of new files, many at a time; the tally of each file by its SHA-256."""
    tallies: dict[str, Tally] = {}
    waiting: list[ArticleRows] = []
    for file, source in zip(files, sources, strict=True):
        tally = tallies[source.sha256] = Tally()
        for batch in file.batches:
            tally.add(batch)
            waiting += [rows_for(draft, source=source, names=names) for draft in batch[0]]
            if len(waiting) >= SAVED_AT_ONCE:
                save_rows(waiting, names)
                waiting = []
    if waiting:
        save_rows(waiting, names)
    return tallies


def _bring_back(file: ReadFile, source: SourceFile, names: NameBook) -> Tally:
    """Show the articles of a file again whose run was undone, as its bytes are read today."""
    tally = Tally()

    def counted() -> Iterator[Sifted]:
        for batch in file.batches:
            tally.add(batch)
            yield batch

    apply_readings(source=source, batches=counted(), names=names)
    return tally


def _source(run: IngestRun, file: ReadFile) -> SourceFile:
    return SourceFile(
        sha256=file.staged.sha256,
        name=file.name,
        size=file.staged.size,
        format=file.head.format.value,
        encoding=file.head.encoding,
        encoding_rule=file.head.encoding_rule,
        first_run=run,
    )


def sift(batch: Iterable[Item]) -> Sifted:
    """Tell the drafts from the records that are refused."""
    good: list[Draft] = []
    bad: list[Rejected] = []
    for item in batch:
        if isinstance(item, Rejected):
            bad.append(item)
        else:
            good.append(item)
    return good, bad
