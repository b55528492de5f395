"""What an undated text allows its date to be, as evidence keeps it: `earliest..latest`, or days."""

from __future__ import annotations

import datetime
from typing import Final

from archive.ingest.reading.types import DateHint

TO: Final = ".."


def hint_as_kept(hint: DateHint) -> str:
    """The bounds as `earliest..latest`, either left out where there is none; the days parted by spaces."""
    bounds = f"{_iso(hint.earliest)}{TO}{_iso(hint.latest)}"
    return " ".join([*([bounds] if bounds != TO else []), *map(str, hint.days)])


def hint_from_kept(kept: str) -> DateHint:
    """The hint that `hint_as_kept` wrote. Raises: ValueError: it did not write this."""
    parts = kept.split()
    earliest, latest = parts.pop(0).split(TO) if parts and TO in parts[0] else ("", "")
    return DateHint(_day(earliest), _day(latest), tuple(map(datetime.date.fromisoformat, parts)))


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _day(iso: str) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None
