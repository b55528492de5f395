"""What runs did, by the outcomes they noted, and which originals nothing names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def is_held(*, sha256: str) -> bool:
    """Whether a file with these bytes is in the archive."""
    return SourceFile.objects.filter(sha256=sha256).exists()


def orphaned_originals() -> Iterator[str]:
    """The SHA-256 of every original that no source file names."""
    for group in _groups(originals.kept_originals()):
        held = set(SourceFile.objects.filter(sha256__in=group).values_list("sha256", flat=True))
        yield from (sha256 for sha256 in group if sha256 not in held)


def _groups(names: Iterable[str]) -> Iterator[list[str]]:
    names = iter(names)
    while group := list(islice(names, LOOKED_UP_AT_ONCE)):
        yield group
