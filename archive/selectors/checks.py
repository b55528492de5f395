"""Whether what is held is whole: originals, the places of articles in them, the counts of runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, F, Q

from archive.models import Article, Evidence, IngestOutcome, IngestRun, SourceFile
from archive.selectors.runs import counts_of, kept_aside, orphaned_originals
from archive.services import originals

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it should be, and what to do."""

    what: str
    remedy: str


Check = Callable[[], Iterator[Difference]]

RESTORE = "restore the originals folder from its backup"
INGEST_AGAIN = "run the interrupted `ingest` again; it clears what a killed one left"
RESTORE_DATABASE = "restore the database from its backup, or withdraw the article and report the fault"


def check_originals() -> Iterator[Difference]:
    """Files, those that gave articles and those kept aside, whose bytes are missing or have changed."""
    held = SourceFile.objects.order_by("pk").values_list("sha256", "name").iterator(chunk_size=1000)
    for sha256, name in chain(held, kept_aside()):
        if fault := _fault_of_original(sha256):
            yield Difference(f"the original of {name} ({sha256}) {fault}", RESTORE)


def _fault_of_original(sha256: str) -> str:
    try:
        return "" if _digest(sha256) == sha256 else "has changed"
    except originals.OriginalMissing:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _digest(sha256: str) -> str:
    digest = hashlib.sha256()
    with originals.open_original(sha256) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def check_strays() -> Iterator[Difference]:
    """Originals that nothing names, and files left half written."""
    for sha256 in orphaned_originals():
        yield Difference(f"the original {sha256} belongs to no source file", INGEST_AGAIN)
    for path in originals.left_incoming():
        yield Difference(f"{path} was left half written (or an ingest is running now)", INGEST_AGAIN)


def check_spans() -> Iterator[Difference]:
    """Articles and evidence that point outside their source. Characters are never more than bytes, but where
    a page stands packed in a web archive."""
    size, packed = F("source__size"), SourceFile.Format.WARC
    outside = Q(byte_end__gt=size) | Q(byte_end__lte=F("byte_start"))
    outside |= Q(source_end__gt=size) & ~Q(source__format=packed)
    for uid in Article.objects.filter(outside).values_list("uid", flat=True):
        yield Difference(f"article {uid} points outside its source", RESTORE_DATABASE)
    beyond = Evidence.objects.filter(end__gt=F("article__source__size")).exclude(
        article__source__format=packed
    )
    for uid, field in beyond.values_list("article__uid", "field"):
        yield Difference(
            f"the evidence for {field} of article {uid} points outside its source", RESTORE_DATABASE
        )


def check_texts() -> Iterator[Difference]:
    """Articles whose marked parts do not cover them, in order and without holes, from where they start."""
    rows = Article.objects.order_by("pk").values_list("uid", "source_start", "source_end", "segments")
    for uid, start, end, segments in rows.iterator(chunk_size=1000):
        if segments and not _covers(segments, end - start):
            yield Difference(
                f"the parts of article {uid} do not fit its place in the source", RESTORE_DATABASE
            )


def _covers(segments: list[tuple[int, int, str]], length: int) -> bool:
    at = 0
    for start, end, _kind in segments:
        if start != at or end <= start:
            return False
        at = end
    return at == length


def check_runs() -> Iterator[Difference]:
    """Runs whose counts are not the sums of their outcomes, files with other articles than was said."""
    for run in IngestRun.objects.exclude(status=IngestRun.Status.RUNNING):
        counts = counts_of(run=run)
        if run.counts != counts.as_dict() or not counts.add_up:
            yield Difference(f"the counts of run {run.pk} do not add up", RESTORE_DATABASE)
    for run in IngestRun.objects.filter(status=IngestRun.Status.RUNNING):
        yield Difference(f"run {run.pk} has not ended (or is running now)", INGEST_AGAIN)
    held = SourceFile.objects.annotate(held=Count("articles")).values_list("pk", "held")
    said = IngestOutcome.objects.filter(outcome="new", record__isnull=True).values_list("source", "articles")
    again = SourceFile.objects.filter(reread_articles__isnull=False)
    figures = dict(said) | dict(again.values_list("pk", "reread_articles"))
    for source, count in held.iterator(chunk_size=2000):
        if figures.get(source, count) != count:
            yield Difference(
                f"source file {source} gave {figures[source]} articles and has {count}", RESTORE_DATABASE
            )


CHECKS: dict[str, tuple[Check, ...]] = {
    "originals": (check_originals, check_strays),
    "database": (check_spans, check_texts, check_runs),
}
"""What can be compared without an index."""
