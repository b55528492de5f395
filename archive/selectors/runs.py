"""What runs did, by the outcomes they noted, and which originals are named by what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db.models import Count, Q, Sum

from archive.ingest.outcomes import Counts
from archive.models import IngestOutcome, IngestRun, SourceFile
from archive.services import originals

LOOKED_UP_AT_ONCE = 500


def counts_of(*, run: IngestRun) -> Counts:
    """The counts of a run, added up from the outcomes that it noted."""
    whole = Q(record__isnull=True)
    row = IngestOutcome.objects.filter(run=run).aggregate(
        files=Count("pk", filter=whole),
        new=Count("pk", filter=whole & Q(outcome="new")),
        unchanged=Count("pk", filter=whole & Q(outcome="unchanged")),
        skipped=Count("pk", filter=whole & Q(outcome="skipped")),
        quarantined=Count("pk", filter=whole & Q(outcome="quarantined")),
        articles=Sum("articles", filter=whole, default=0),
        rejected=Count("pk", filter=~whole),
    )
    return Counts(**row, records=row["articles"] + row["rejected"])


def run_of(*, source: SourceFile) -> IngestRun:
    """The run that took a source in last: one that was undone may have brought it first."""
    last = IngestOutcome.objects.filter(source=source, outcome="new", record__isnull=True)
    found = last.select_related("run").order_by("-pk").first()
    return found.run if found else source.first_run


def held_among(sha256s: Collection[str]) -> set[str]:
    """Those of these files, by their SHA-256, that gave the archive articles, and were not taken back."""
    if not sha256s:
        return set()
    held = SourceFile.objects.filter(sha256__in=sha256s, undone__isnull=True)
    return set(held.values_list("sha256", flat=True))


def named_among(sha256s: Collection[str]) -> set[str]:
    """Those of these originals that a source file names, or the outcome of one that could not be read."""
    aside = IngestOutcome.objects.filter(kept=True, sha256__in=sha256s).values_list("sha256", flat=True)
    sources = SourceFile.objects.filter(sha256__in=sha256s).values_list("sha256", flat=True)
    return set(sources).union(aside)


def kept_aside() -> Iterator[tuple[str, str]]:
    """The SHA-256 and path of every file that could not be read and whose bytes were kept."""
    kept = IngestOutcome.objects.filter(kept=True).order_by("sha256").values_list("sha256", "name")
    last = ""
    for sha256, name in kept.iterator(chunk_size=1000):
        if sha256 != last:
            yield sha256, name
        last = sha256


def orphaned_originals() -> Iterator[str]:
    """The SHA-256 of every original that nothing names."""
    for group in _groups(originals.kept_originals()):
        named = named_among(group)
        yield from (sha256 for sha256 in group if sha256 not in named)


def _groups(names: Iterable[str]) -> Iterator[list[str]]:
    names = iter(names)
    while group := list(islice(names, LOOKED_UP_AT_ONCE)):
        yield group
