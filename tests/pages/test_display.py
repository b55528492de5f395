"""Dates, calendars and strips as plain values."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from archive.display import dates
from archive.display.directions import direction_of_line, direction_of_prose
from archive.display.evidence import Note
from archive.display.holdings import Axis, Heat, calendar_year, strip, year_rows
from archive.display.prose import Segment, lines, runs
from archive.selectors.browse import HeldCount

Day = datetime.date


@pytest.mark.parametrize(
    ("first", "last", "arabic", "english"),
    [
        (Day(2015, 2, 3), Day(2015, 2, 5), "3–5 فبراير", "3–5 February"),
        (Day(2015, 12, 19), Day(2015, 12, 19), "19 ديسمبر", "19 December"),
        (Day(2015, 1, 30), Day(2015, 2, 2), "30 يناير – 2 فبراير", "30 January – 2 February"),
    ],
)
def test_a_stretch_of_days_is_written_shortest(first: Day, last: Day, arabic: str, english: str) -> None:
    with override("ar"):
        assert dates.written_stretch(first, last) == arabic
    with override("en"):
        assert dates.written_stretch(first, last) == english


def test_the_hijri_months_of_a_month_are_named() -> None:
    with override("ar"):
        assert dates.written_hijri_months(Day(2015, 1, 1), Day(2015, 1, 31)) == "ربيع الأول – ربيع الآخر 1436"
        assert dates.written_hijri_months(Day(2015, 10, 1), Day(2015, 10, 31)) == "ذو الحجة 1436 – محرم 1437"
        assert dates.written_hijri_months(Day(1900, 1, 1), Day(1900, 1, 31)) == ""


@given(st.lists(st.integers(min_value=1, max_value=500), max_size=60))
def test_shades_rise_with_the_count_and_their_legend_has_no_holes(counts: list[int]) -> None:
    heat = Heat.of(counts)
    shades = [heat.shade(count) for count in sorted(counts)]
    assert shades == sorted(shades)
    assert heat.shade(0) == 0
    legend = heat.legend()
    assert [low for _, low, _ in legend[:1]] == [1][: len(counts)]
    assert [high for _, _, high in legend[-1:]] == sorted(counts)[-1:]
    assert all(low == high + 1 for (_, _, high), (_, low, _) in pairwise(legend))
    for count in counts:
        _, low, high = legend[heat.shade(count) - 1]
        assert low <= count <= high


def counted(day: Day | None, articles: int = 1, precision: str = "day") -> HeldCount:
    return HeldCount(1, day, precision, articles)


def test_a_year_counts_its_days_and_names_its_gaps() -> None:
    year = calendar_year(
        2016, [counted(Day(2016, 1, 1)), counted(Day(2016, 12, 31), 4), counted(Day(2016, 1, 1), 7, "year")]
    )
    assert (year.articles, year.days_held, year.days, year.year_only) == (12, 2, 366, 7)
    assert year.gaps == ((Day(2016, 1, 2), Day(2016, 12, 30)),)
    assert [month.articles for month in year.months] == [1, *[0] * 10, 4]
    assert all(len(week) == 7 for month in year.months for week in month.weeks)


def test_years_between_held_ones_are_shown_as_gaps() -> None:
    rows = year_rows([counted(Day(2012, 5, 1)), counted(Day(2014, 5, 1), 2), counted(None, 3, "unknown")])
    assert [(row.year, row.articles) for row in rows] == [(2014, 2), (2013, 0), (2012, 1)]


@pytest.mark.parametrize("right_to_left", [True, False], ids=["rtl", "ltr"])
def test_time_runs_with_reading(right_to_left: bool) -> None:
    counts = [counted(Day(2015, 1, 1)), counted(Day(2015, 4, 1), 2)]
    axis = Axis.of(counts)
    assert axis is not None
    oldest, gap, newest = strip(counts, axis, right_to_left=right_to_left)
    assert (oldest.x > newest.x) == right_to_left
    assert gap.gap
    assert gap.width == 300
    assert newest.height == 2 * oldest.height


def test_a_long_time_is_counted_by_years() -> None:
    axis = Axis.of([counted(Day(1950, 1, 1)), counted(Day(2015, 4, 1))])
    assert axis is not None
    assert (axis.months, axis.steps) == (12, 66)


def note(letter: str, start: int, end: int) -> Note:
    return Note(letter, "title", "", "", "", "", False, False, start, end, "")


@given(
    st.text(alphabet="اب ج\n", max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6),
    st.integers(0, 50),
)
def test_no_letter_of_a_source_is_lost_or_doubled(
    text: str, spans: list[tuple[int, int]], origin: int
) -> None:
    found = [note(str(number), start + origin, end + origin) for number, (start, end) in enumerate(spans)]
    segments = [Segment(0, 10, "title"), Segment(10, 40, "body")]
    pieces = runs(text, segments, found, origin)
    assert "".join(piece.text for piece in pieces) == text
    rows = ["".join(piece.text for piece in line) for line in lines(pieces)]
    assert "\n".join(rows).rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize(
    ("text", "prose", "line"),
    [
        pytest.param("أطلقت BBC قناة", "rtl", "rtl", id="Arabic"),
        pytest.param("BBC تطلق قناة عربية", "rtl", "rtl", id="Arabic, beginning in Latin"),
        pytest.param(
            "The daily Al-Hayat (الحياة) is printed in London and in Beirut",
            "ltr",
            "ltr",
            id="English, naming in Arabic",
        ),
        pytest.param("2015-03-05 10:30", "rtl", "ltr", id="figures"),
        pytest.param("", "rtl", "ltr", id="nothing"),
    ],
)
def test_a_line_runs_as_its_letters_ask_and_figures_as_figures(text: str, prose: str, line: str) -> None:
    assert (direction_of_prose(text), direction_of_line(text)) == (prose, line)
