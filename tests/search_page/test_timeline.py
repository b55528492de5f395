"""The drawing of hits over time: it runs with reading, bars are to scale, what is not held is not nought."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.presentation.timeline import HEIGHT, WIDTH, Scale, Slot, Timeline, timeline
from search.types import UNKNOWN, FacetValue, Level, Results, SearchRequest, Understood


def results(
    by_month: dict[str, int],
    *,
    only_year: dict[int, int] | None = None,
    undated: int = 0,
    request: SearchRequest | None = None,
) -> Results:
    """Results with these hits by month ("2015-11"), and these that are dated to their year only."""
    by_year: dict[str, int] = {f"{year:04d}": count for year, count in (only_year or {}).items()}
    for month, count in by_month.items():
        by_year[month[:4]] = by_year.get(month[:4], 0) + count
    return Results(
        request=request or SearchRequest(query="فيضان"),
        understood=Understood("فيضان", ()),
        level=Level.INFLECTED,
        stepped_down=False,
        total=sum(by_year.values()) + undated,
        undated=undated,
        levels={},
        hits=(),
        facets={"year": facet({**by_year, UNKNOWN: undated}.items()), "month": facet(by_month.items())},
    )


def facet(counts: Iterable[tuple[str, int]]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(value, value, count) for value, count in counts)


def drawn(found: Results, *, right_to_left: bool = False, held: Iterable[tuple[int, int]] = ()) -> Timeline:
    drawing = timeline(found, dict.fromkeys(held, 1), right_to_left=right_to_left)
    assert drawing is not None
    return drawing


def test_undated_hits_alone_have_no_drawing() -> None:
    assert timeline(results({}, undated=6), {}, right_to_left=True) is None


def test_time_runs_with_reading() -> None:
    found = results({"2014-01": 1, "2015-12": 1})
    english, arabic = drawn(found).slots, drawn(found, right_to_left=True).slots
    assert float(english[0].x) == 0
    assert float(arabic[-1].x) == 0
    for left, right in zip(english, arabic, strict=True):
        assert float(left.x) + float(right.x) + float(left.width) == pytest.approx(WIDTH, abs=0.02)


def test_month_without_holdings_is_a_gap_and_month_without_hits_is_not() -> None:
    drawing = drawn(results({"2015-01": 3, "2015-12": 1}), held=[(2015, 2)])
    assert [slot.held for slot in drawing.slots[:3]] == [True, True, False]
    assert [slot.count for slot in drawing.slots[:3]] == [3, 0, 0]
    assert drawing.rows[0].months[:3] == ("3", "0", "–")


def test_nothing_is_said_of_a_month_that_the_filters_leave_out() -> None:
    asked = SearchRequest(date_from=datetime.date(2015, 2, 10), date_to=datetime.date(2015, 11, 3))
    drawing = drawn(results({"2015-02": 1}, request=asked), held=[(2015, 1), (2015, 3)])
    assert [slot.count for slot in drawing.slots[:3]] == [None, 1, 0]
    assert drawing.axis[0].count is None
    assert drawing.rows[0].months == ("", "1", "0", "–", "–", "–", "–", "–", "–", "–", "–", "")
    assert [slot.held for slot in drawing.slots[:4]] == [True, True, True, False]


def test_nothing_is_said_of_a_year_that_the_filters_leave_out() -> None:
    drawing = drawn(results({"2013-02": 1, "2015-02": 1}, request=SearchRequest(years=("2013", "2015"))))
    assert [label.count for label in drawing.axis] == [1, None, 1]


def test_one_month_alone_has_no_drawing() -> None:
    asked = SearchRequest(date_from=datetime.date(2015, 2, 1), date_to=datetime.date(2015, 2, 28))
    assert timeline(results({"2015-02": 1}, request=asked), {}, right_to_left=True) is None


def test_bars_are_to_scale_under_a_round_grid_line() -> None:
    drawing = drawn(results({"2015-01": 34, "2015-02": 17}))
    assert drawing.middle == 20
    assert float(drawing.slots[0].bar_height) == pytest.approx(2 * float(drawing.slots[1].bar_height))
    assert float(drawing.slots[0].bar_height) == pytest.approx(34 / 40 * HEIGHT)


@pytest.mark.parametrize(
    ("years", "scale", "slots", "labels"),
    [
        pytest.param((2015, 2015), Scale.MONTH_OF_ONE_YEAR, 12, 12, id="one-year-by-month"),
        pytest.param((2012, 2016), Scale.MONTH, 60, 5, id="few-years-by-month"),
        pytest.param((2013, 2021), Scale.MONTH, 120, 5, id="nine-years-by-month-under-labels-of-two"),
        pytest.param((1990, 2016), Scale.YEAR, 30, 6, id="many-years-by-year-under-labels-of-five"),
        pytest.param((1, 9999), Scale.YEAR, 100, 5, id="from-the-first-year-to-the-last"),
    ],
)
def test_scale_follows_the_years_covered(
    years: tuple[int, int], scale: Scale, slots: int, labels: int
) -> None:
    drawing = drawn(results({f"{year:04d}-05": 2 for year in years}))
    assert (drawing.scale, len(drawing.slots), len(drawing.axis)) == (scale, slots, labels)
    assert (drawing.first, drawing.last) == years


def test_hits_dated_to_their_year_are_in_its_sum_and_in_no_month() -> None:
    drawing = drawn(results({"2015-03": 2, "2014-03": 1}, only_year={2015: 4}))
    assert drawing.has_without_month
    last = drawing.rows[-1]
    assert (last.label, last.without_month, last.total) == ("2015", 4, 6)
    assert drawing.axis[-1].count == 6


def test_bar_leads_to_its_month_and_label_to_its_year() -> None:
    drawing = drawn(results({"2014-02": 1, "2015-11": 2}))
    assert drawing.slots[-2].url is not None
    assert drawing.slots[-2].url.endswith("&from=2015-11&to=2015-11")
    assert drawing.axis[-1].url is not None
    assert drawing.axis[-1].url.endswith("&year=2015")


def _end(slot: Slot) -> float:
    return float(slot.x) + float(slot.width)


@given(
    st.dictionaries(
        st.tuples(st.integers(1900, 2050), st.integers(1, 12)).map(lambda m: f"{m[0]:04d}-{m[1]:02d}"),
        st.integers(1, 10_000),
        min_size=1,
        max_size=30,
    )
)
def test_every_dated_hit_is_drawn_once_and_inside_the_drawing(by_month: dict[str, int]) -> None:
    drawing = drawn(results(by_month), right_to_left=True)
    assert sum(slot.count or 0 for slot in drawing.slots) == sum(by_month.values())
    assert sum(label.count or 0 for label in drawing.axis) == sum(by_month.values())
    assert sum(row.total for row in drawing.rows) == sum(by_month.values())
    assert all(float(slot.x) >= 0 and _end(slot) <= WIDTH + 0.02 for slot in drawing.slots)
    assert all(float(slot.bar_height) <= HEIGHT for slot in drawing.slots)
