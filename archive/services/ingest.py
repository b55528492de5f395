"""One file into the archive: its source, articles, evidence, names and index notes in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from archive.ingest.found import Outcome
from archive.ingest.outcomes import FileOutcome
from archive.ingest.readers import Item, Message, SourceHead, Unreadable
from archive.ingest.reading.types import Reading, Rejected
from archive.models import Article, Evidence, IngestRun, SourceFile
from archive.selectors.runs import is_held
from archive.services import originals
from archive.services.changes import note_changes
from archive.services.namebook import NameBook
from archive.services.originals import StagedFile
from archive.services.readings import ArticleRows, links, reason_to_reject, rejected, rows_for
from archive.services.runs import note_outcomes


class FileUnreadable(Exception):
    """The file gave no article. Nothing of it was written; its refused records are in `rejected`."""

    def __init__(self, reason: str, refused: tuple[Rejected, ...] = ()) -> None:
        super().__init__(reason)
        self.rejected = refused


def add_file(
    *,
    run: IngestRun,
    staged: StagedFile,
    path: str,
    name: str,
    messages: Iterable[Message],
    names: NameBook,
) -> FileOutcome:
    """Take one staged file in, as `messages` read it, and keep its bytes: all of it or nothing.

    Raises: FileUnreadable: it cannot be read, or none of its records is an article.
    """
    try:
        with transaction.atomic():
            source, batches = _begin(run, staged, name, messages)
            outcome = _write(source, path, batches, names)
            note_outcomes(run=run, outcomes=[outcome], source=source)
            originals.keep(staged=staged)
    except BaseException:
        names.forget()
        originals.discard(staged=staged)
        if not is_held(sha256=staged.sha256):  # a stop can come between the commit and here
            originals.remove_original(sha256=staged.sha256)
        raise
    return outcome


def _begin(
    run: IngestRun, staged: StagedFile, name: str, messages: Iterable[Message]
) -> tuple[SourceFile, Iterator[list[Item]]]:
    messages = iter(messages)
    head = next(messages)
    if not isinstance(head, SourceHead):
        raise FileUnreadable(head.reason if isinstance(head, Unreadable) else "it has no head")
    source = SourceFile.objects.create(
        sha256=staged.sha256,
        name=name,
        size=staged.size,
        format=head.format.value,
        encoding=head.encoding,
        encoding_rule=head.encoding_rule,
        first_run=run,
    )
    return source, batches_of(messages)


def batches_of(messages: Iterable[Message]) -> Iterator[list[Item]]:
    """The batches among the messages that follow a head. Raises: FileUnreadable: when the file ends badly."""
    for message in messages:
        if isinstance(message, Unreadable):
            raise FileUnreadable(message.reason)
        if isinstance(message, list):
            yield message


def _write(source: SourceFile, path: str, batches: Iterable[list[Item]], names: NameBook) -> FileOutcome:
    articles, refused = 0, []
    for batch in batches:
        readings, bad = sift(batch)
        _save([rows_for(reading, source=source, names=names) for reading in readings], names)
        articles += len(readings)
        refused += bad
    require_articles(articles, refused)
    return FileOutcome(
        path=path,
        name=source.name,
        outcome=Outcome.NEW,
        sha256=source.sha256,
        articles=articles,
        rejected=tuple(refused),
    )


def sift(batch: Iterable[Item]) -> tuple[list[Reading], list[Rejected]]:
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


def require_articles(articles: int, refused: list[Rejected]) -> None:
    """Raises: FileUnreadable: none of the records of a file became an article."""
    if articles:
        return
    if not refused:
        raise FileUnreadable("holds no article: if it should, name its format with --format")
    first = refused[0]
    raise FileUnreadable(
        f"none of its {len(refused):,} records is an article; record {first.record}: {first.reason}",
        tuple(refused),
    )


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
