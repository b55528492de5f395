"""`--report FILE.jsonl`: one line for each file, and one for each record of it that was refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from archive.ingest.errors import WrongCall
from archive.ingest.found import Outcome, describe
from archive.ingest.outcomes import FileOutcome


class Report:
    """Writes outcomes as they become known; nothing at all without a path."""

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = None
        if path is not None:
            try:
                self._file = path.open("w", encoding="utf-8")
            except OSError as error:
                raise WrongCall(
                    f"--report {path}: {describe(error)}. Name a file that can be written."
                ) from error

    def write(self, outcome: FileOutcome) -> None:
        """Add the lines for one file."""
        if self._file is None:
            return
        common = {"path": outcome.path, "name": outcome.name, "sha256": outcome.sha256}
        self._line({**common, "record": None, **_said(outcome.outcome, outcome.reason, outcome.articles)})
        for rejected in outcome.rejected:
            said = _said(Outcome.QUARANTINED, rejected.reason, 0)
            self._line({**common, "record": rejected.record, **said})

    def _line(self, values: dict[str, object]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(values, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Write out what is still in memory."""
        if self._file is not None:
            self._file.close()


def _said(outcome: Outcome, reason: str, articles: int) -> dict[str, object]:
    return {"outcome": outcome.value, "reason": reason, "articles": articles}
