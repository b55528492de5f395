"""What an undated text allows, as it is kept and as it is said."""

from __future__ import annotations

import datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from archive.display.hints import hint_in_words, joined_hint, written_hint
from archive.hints import hint_as_kept, hint_from_kept
from archive.ingest.reading.types import DateHint

DAY = datetime.date
HINTS = st.builds(
    DateHint, st.none() | st.dates(), st.none() | st.dates(), st.lists(st.dates(), max_size=5).map(tuple)
)


@given(HINTS)
def test_hint_is_kept_whole(hint: DateHint) -> None:
    assert hint_from_kept(hint_as_kept(hint)) == hint


@given(st.lists(HINTS, max_size=4))
def test_hints_together_can_always_be_said(hints: list[DateHint]) -> None:
    joined = joined_hint(hints)
    assert bool(written_hint(joined)) == any(hint != DateHint() for hint in hints)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        pytest.param("2014-06-12..2015-05-03", "from 12 June 2014 to 3 May 2015", id="between"),
        pytest.param("2014-06-12..", "from 12 June 2014 on", id="after"),
        pytest.param("..2015-05-03", "up to 3 May 2015", id="before"),
        pytest.param(
            "2016-01-01..2015-05-03", "from 1 January 2016 on, up to 3 May 2015", id="contradiction"
        ),
        pytest.param("2015-05-03", "this day: 3 May 2015", id="one day"),
        pytest.param("", "", id="nothing"),
        pytest.param("soon", "soon", id="no hint"),
    ],
)
def test_hint_is_said_plainly(kept: str, said: str) -> None:
    with override("en"):
        assert hint_in_words(kept) == said


def test_days_outside_the_bounds_are_left_out_unless_all_are() -> None:
    bounds, days = DateHint(DAY(2014, 1, 1), DAY(2016, 1, 1)), (DAY(2009, 3, 8), DAY(2015, 3, 8))
    assert joined_hint([bounds, DateHint(days=days)]).days == days[1:]
    assert joined_hint([bounds, DateHint(days=days[:1])]).days == days[:1]
