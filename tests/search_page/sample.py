"""The sample collection taken in and indexed as `make demo` does it."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command

from search.upkeep import rebuild

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


def load_sample() -> None:
    """Names, articles and index of the sample collection, into the database and folders of the test."""
    call_command("load_names", str(SAMPLE / "names.toml"), verbosity=0)
    call_command("ingest", str(SAMPLE / "raw"), no_index=True)
    rebuild()
