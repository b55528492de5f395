"""How the hits are spread: counts over the whole set, never over a page of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tantivy import Query

from search.engines.counts import by_count, by_time, day_name, month_name
from search.engines.tantivy.schema import UNKNOWN_VALUE
from search.engines.tantivy.snapshot import Snapshot

MOST_VALUES: Final = 10_000
"""Values of a kind that are counted: more than there are outlets, agencies, sections or months."""
_KINDS: Final = {
    "outlet": "outlet",
    "year": "year",
    "month": "month",
    "agency": "agencies",
    "section": "section",
}


@dataclass(frozen=True, slots=True)
class Spread:
    """All that is counted of the hits of a question."""

    total: int
    undated: int
    facets: dict[str, dict[str, int]]


def spread(snapshot: Snapshot, query: Query, *, by_day: bool = False) -> Spread:
    """Counts by kind and value: names by frequency, times from the newest on, unknown last."""
    asked: dict[str, Any] = {kind: _terms(field) for kind, field in _KINDS.items()}
    if by_day:
        asked["day"] = {**_terms("first_day"), "aggs": {"last": _terms("last_day")}}
    answered = snapshot.searcher.aggregate(query, asked)
    counted = {kind: _counts(answered[kind]) for kind in _KINDS}
    years = counted["year"]
    facets = {
        "outlet": _named(counted["outlet"]),
        "year": by_time(years, str),
        "month": by_time(counted["month"], month_name),
        "agency": _named(counted["agency"]),
        "section": _named(counted["section"]),
    }
    total = sum(years.values())
    if by_day:
        facets["day"] = by_time(_days(answered["day"], total), day_name)
    return Spread(total, years.get(0, 0), facets)


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_VALUES}}


def _days(answered: dict[str, Any], total: int) -> dict[int, int]:
    """The days of entries whose printed period is one day; all others under 0, the unknown one."""
    days = {
        int(first["key"]): int(last["doc_count"])
        for first in answered["buckets"]
        for last in first["last"]["buckets"]
        if last["key"] == first["key"]
    }
    unknown = total - sum(days.values())
    return days | {0: unknown} if unknown else days


def _counts(answered: dict[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in answered["buckets"]}


def _named(counts: dict[str, int]) -> dict[str, int]:
    return by_count({"" if name == UNKNOWN_VALUE else name: count for name, count in counts.items()})
