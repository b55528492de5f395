"""Dates in ISO 8601, as far as they are known."""

from __future__ import annotations

import datetime


def iso_date(day: datetime.date | None, time: datetime.time | None, precision: str) -> str | None:
    """Write a date in ISO 8601 to its precision (year, month, day, time); None when unknown."""
    if day is None:
        return None
    if precision == "year":
        return f"{day.year:04d}"
    if precision == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if precision == "time" and time is not None:
        return f"{day.isoformat()}T{time.isoformat(timespec='seconds' if time.second else 'minutes')}"
    return day.isoformat()
