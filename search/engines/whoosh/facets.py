"""How the hits are spread: counts over the whole set, never over a page of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from search.engines.whoosh.columns import Columns
from search.engines.whoosh.postings import Ints, Mask
from search.types import UNKNOWN


def facets(columns: Columns, mask: Mask) -> dict[str, dict[str, int]]:
    """Counts by kind and value: names by frequency, years and months from the newest on, unknown last."""
    return {
        "outlet": _by_count(columns.outlet.counts(mask)),
        "year": _by_time(columns.year, mask, str),
        "month": _by_time(columns.month, mask, lambda month: f"{month // 12:04d}-{month % 12 + 1:02d}"),
        "agency": _by_count(columns.agencies.counts(mask)),
        "section": _by_count(columns.section.counts(mask)),
    }


def _by_count(counts: dict[str, int]) -> dict[str, int]:
    ranked = sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0]))
    return {value or UNKNOWN: count for value, count in ranked}


def _by_time(times: Ints, mask: Mask, name: Callable[[int], str]) -> dict[str, int]:
    values, counts = np.unique(times[mask], return_counts=True)
    pairs = sorted(
        zip(values.tolist(), counts.tolist(), strict=True), key=lambda pair: (pair[0] == 0, -pair[0])
    )
    return {name(value) if value else UNKNOWN: count for value, count in pairs}
