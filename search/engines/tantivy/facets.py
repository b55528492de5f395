"""How the hits are spread: counts over the whole set, never over a page of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tantivy import Query

from search.engines.base import Question
from search.engines.counts import MOST_AUTHORS, by_count, by_time, cut_of, day_name, leading, month_name
from search.engines.tantivy.schema import UNKNOWN_VALUE
from search.engines.tantivy.snapshot import Snapshot, all_of, term
from search.types import UNKNOWN

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
    more_authors: bool = False


def spread(snapshot: Snapshot, query: Query, question: Question) -> Spread:
    """Counts by kind and value: names by frequency, times from the newest on, unknown last."""
    asked: dict[str, Any] = {kind: _terms(field) for kind, field in _KINDS.items()}
    if question.by_day:
        asked["day"] = {**_terms("first_day"), "aggs": {"last": _terms("last_day")}}
    if question.by_author:
        asked["author"] = _first_authors(snapshot)
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
    if question.by_day:
        facets["day"] = by_time(_days(answered["day"], total), day_name)
    if not question.by_author:
        return Spread(total, years.get(0, 0), facets)
    authors = _authors(snapshot, query, _counts(answered["author"]), question.filters.authors)
    named = snapshot.count(all_of([query, Query.exists_query("authors")]))
    facets["author"], more = leading({**authors, "": total - named}, question.filters.authors)
    return Spread(total, years.get(0, 0), facets, more)


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_VALUES}}


def _first_authors(snapshot: Snapshot) -> dict[str, Any]:
    """The commonest authors and the one behind them, exactly: a name is read for each that a segment gives,
    and one segment need give no more than these."""
    most = MOST_AUTHORS + 1
    given = most if snapshot.searcher.num_segments == 1 else MOST_VALUES
    return {"terms": {"field": "authors", "size": most, "segment_size": given}}


def _authors(
    snapshot: Snapshot, query: Query, first: dict[str, int], chosen: Sequence[str]
) -> dict[str, int]:
    """The authors that may be shown, from the first ones; all only where names decide which those are."""
    if not cut_of(first.values()):
        return _counts(snapshot.searcher.aggregate(query, {"author": _terms("authors")})["author"])
    beyond = {*chosen} - {UNKNOWN} - first.keys()
    return first | {name: snapshot.count(all_of([query, term("authors", name)])) for name in beyond}


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
