"""Files into the archive: sources, articles, evidence, names and index notes in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from archive.ingest.found import Outcome
from archive.ingest.outcomes import FileOutcome
from archive.ingest.readers import Item, Message, SourceHead, Unreadable
from archive.ingest.reading.types import Reading, Rejected
from archive.models import Article, Evidence, IngestRun, SourceFile
from archive.selectors.runs import named_among
from archive.services import originals
from archive.services.changes import note_changes
from archive.services.namebook import NameBook
from archive.services.originals import StagedFile
from archive.services.readings import ArticleRows, links, reason_to_reject, rejected, rows_for
from archive.services.runs import note_outcomes

SAVED_AT_ONCE = 200
"""Articles written with one statement; those of several small files count together."""

Sifted = tuple[list[Reading], list[Rejected]]
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
    return ReadFile(staged, path, name, head, _batches(messages))


def _batches(messages: Iterable[Message]) -> Iterator[Sifted]:
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
    sources = SourceFile.objects.bulk_create([_source(run, file) for file in files])
    tallies = [Tally() for _file in files]
    waiting: list[ArticleRows] = []
    for file, source, tally in zip(files, sources, tallies, strict=True):
        for batch in file.batches:
            tally.add(batch)
            waiting += [rows_for(reading, source=source, names=names) for reading in batch[0]]
            if len(waiting) >= SAVED_AT_ONCE:
                _save(waiting, names)
                waiting = []
    if waiting:
        _save(waiting, names)
    outcomes = [tally.outcome(file) for file, tally in zip(files, tallies, strict=True)]
    note_outcomes(run=run, outcomes=outcomes, sources=sources)
    return outcomes


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
    """Tell the readings that can be stored from the records that are refused."""
    good: list[Reading] = []
    bad: list[Rejected] = []
    for item in batch:
        if isinstance(item, Rejected):
            bad.append(item)
        elif reason := reason_to_reject(item):
            bad.append(rejected(item, reason))
        else:
            good.append(item)
    return good, bad


def _save(rows: list[ArticleRows], names: NameBook) -> None:
    Article.objects.bulk_create([row.article for row in rows])
    for row in rows:
        for evidence in row.evidence:
            evidence.article = row.article
    Evidence.objects.bulk_create([evidence for row in rows for evidence in row.evidence])
    agencies, authors = links(rows, names.authors(name for row in rows for name in row.authors))
    Article.agencies.through.objects.bulk_create(agencies)
    Article.authors.through.objects.bulk_create(authors)
    note_changes(uids=[row.article.uid for row in rows])
