"""How the hits are spread: counts over the whole set, never over a page of it."""

from __future__ import annotations

import numpy as np

from search.engines.counts import by_count, by_time, month_name
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.postings import Ints, Mask


def facets(columns: Columns, mask: Mask) -> dict[str, dict[str, int]]:
    """Counts by kind and value: names by frequency, years and months from the newest on, unknown last."""
    return {
        "outlet": by_count(columns.outlet.counts(mask)),
        "year": by_time(_counted(columns.year, mask), str),
        "month": by_time(_counted(columns.month, mask), month_name),
        "agency": by_count(columns.agencies.counts(mask)),
        "section": by_count(columns.section.counts(mask)),
    }


def _counted(times: Ints, mask: Mask) -> dict[int, int]:
    values, counts = np.unique(times[mask], return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
