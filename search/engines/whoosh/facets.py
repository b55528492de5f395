"""How the hits are spread: counts over the whole set, never over a page of it."""

from __future__ import annotations

import numpy as np

from search.engines.base import Question
from search.engines.counts import by_count, by_time, day_name, leading, month_name
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.postings import Ints, Mask


def facets(columns: Columns, mask: Mask, question: Question) -> tuple[dict[str, dict[str, int]], bool]:
    """Counts by kind and value: names by frequency, times from the newest on, unknown last; and whether the
    hits have more authors than are counted.
    """
    more_authors = False
    found = {
        "outlet": by_count(columns.outlet.counts(mask)),
        "year": by_time(_counted(columns.year, mask), str),
        "month": by_time(_counted(columns.month, mask), month_name),
        "agency": by_count(columns.agencies.counts(mask)),
        "section": by_count(columns.section.counts(mask)),
    }
    if question.by_day:
        found["day"] = by_time(_counted(columns.day, mask), day_name)
    if question.by_author:
        found["author"], more_authors = leading(columns.authors.counts(mask), question.filters.authors)
    return found, more_authors


def _counted(times: Ints, mask: Mask) -> dict[int, int]:
    values, counts = np.unique(times[mask], return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
