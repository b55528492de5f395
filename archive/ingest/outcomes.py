"""What became of each file and record of a run, and counts that add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from archive.ingest.found import Outcome
from archive.ingest.reading.types import Rejected


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file: the articles it gave and the records in it that could not become one.

    `kept`: it could not be read, and its bytes stand among the originals all the same.
    """

    path: str
    name: str
    outcome: Outcome
    reason: str = ""
    sha256: str = ""
    articles: int = 0
    rejected: tuple[Rejected, ...] = ()
    kept: bool = False


@dataclass(slots=True)
class Counts:
    """files = new + unchanged + skipped + quarantined; records = articles + rejected."""

    files: int = 0
    new: int = 0
    unchanged: int = 0
    skipped: int = 0
    quarantined: int = 0
    records: int = 0
    articles: int = 0
    rejected: int = 0

    def add(self, outcome: FileOutcome) -> None:
        """Count one more file with its records."""
        self.files += 1
        setattr(self, outcome.outcome.value, getattr(self, outcome.outcome.value) + 1)
        self.articles += outcome.articles
        self.rejected += len(outcome.rejected)
        self.records += outcome.articles + len(outcome.rejected)

    def as_dict(self) -> dict[str, int]:
        """The counts by name, as a run keeps them."""
        return asdict(self)

    @property
    def add_up(self) -> bool:
        """Whether files and records are all accounted for."""
        files = self.new + self.unchanged + self.skipped + self.quarantined
        return self.files == files and self.records == self.articles + self.rejected
