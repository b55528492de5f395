"""How the hits are spread: counts over the whole set, never over a page of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tantivy import Query

from search.engines.counts import by_count, by_time, month_name
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


def spread(snapshot: Snapshot, query: Query) -> Spread:
    """Counts by kind and value: names by frequency, years and months from the newest on, unknown last."""
    asked = {kind: {"terms": {"field": field, "size": MOST_VALUES}} for kind, field in _KINDS.items()}
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
    return Spread(sum(years.values()), years.get(0, 0), facets)


def _counts(answered: dict[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in answered["buckets"]}


def _named(counts: dict[str, int]) -> dict[str, int]:
    return by_count({"" if name == UNKNOWN_VALUE else name: count for name, count in counts.items()})
