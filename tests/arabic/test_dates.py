"""Dates that are printed, and what is none."""

from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arabic import PrintedDate, find_dates, find_yearless
from arabic.hijri import DateOutOfRange, to_gregorian

D = date
LEVANTINE = (
    "كانون الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب, أيلول, تشرين الأول, تشرين الثاني, كانون الأول"
)
MONTH_NAMES = [
    [name.strip() for name in family.split(",")]
    for family in (
        "يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
        "يناير, فبراير, مارس, إبريل, مايو, يونيه, يوليه, اغسطس, سبتمبر, اكتوبر, نوفمبر, ديسمبر",
        LEVANTINE,
        "جانفي, فيفري, مارس, أفريل, ماي, جوان, جويلية, أوت, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
        "يناير, فبراير, مارس, أبريل, ماي, يونيو, يوليوز, غشت, شتنبر, أكتوبر, نونبر, دجنبر",
        "January, February, March, April, May, June, July, August, September, October, November, December",
        "Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec",
    )
]
NAMED = [(name, number) for family in MONTH_NAMES for number, name in enumerate(family, 1)]
HIJRI_NAMES = [
    ("محرم", 1), ("صفر", 2), ("ربيع الأول", 3), ("ربيع الآخر", 4), ("ربيع الثاني", 4), ("جمادى الأولى", 5),
    ("جمادى الآخرة", 6), ("جمادى الثانية", 6), ("رجب", 7), ("شعبان", 8), ("رمضان", 9), ("شوال", 10),
    ("ذو القعدة", 11), ("ذي القعدة", 11), ("ذو الحجة", 12), ("ذي الحجة", 12),
]  # fmt: skip
DAYS = [
    ("21 نوفمبر 2015", D(2015, 11, 21)),
    ("21/نوفمبر/2015", D(2015, 11, 21)),
    ("21 نوفمبر، 2015", D(2015, 11, 21)),
    ("21 نوفمبر 2015م", D(2015, 11, 21)),
    ("21 نوفمبر 2015 م", D(2015, 11, 21)),
    ("21 من نوفمبر 2015", D(2015, 11, 21)),
    ("21 نوفمبر من عام 2015", D(2015, 11, 21)),
    ("21 تشرين الثاني/نوفمبر 2015", D(2015, 11, 21)),
    ("21 تشرين الثاني / نوفمبر 2015", D(2015, 11, 21)),
    ("21 نوفمبر/ تشرين الثاني, 2015", D(2015, 11, 21)),
    ("21 نوفمبر (تشرين الثاني) 2015", D(2015, 11, 21)),
    ("٢١ نوفمبر ٢٠١٥", D(2015, 11, 21)),
    ("۲۱ نوفمبر ۲۰۱۵", D(2015, 11, 21)),
    ("٢١ نُوفَمبر ٢٠١٥", D(2015, 11, 21)),
    ("21 نوفمـبر 2015", D(2015, 11, 21)),
    ("21 ﻧﻮﻓﻤﺒﺮ 2015", D(2015, 11, 21)),
    ("\u200f21\u200f نوفمبر 2015", D(2015, 11, 21)),
    ("نوفمبر 21, 2015", D(2015, 11, 21)),
    ("November 21, 2015", D(2015, 11, 21)),
    ("21st November 2015", D(2015, 11, 21)),
    ("21/11/2015", D(2015, 11, 21)),
    ("٢١/١١/٢٠١٥", D(2015, 11, 21)),
    ("21-11-2015", D(2015, 11, 21)),
    ("21.11.2015", D(2015, 11, 21)),
    ("21 / 11 / 2015", D(2015, 11, 21)),
    ("2015/11/21", D(2015, 11, 21)),
    ("2015-11-21", D(2015, 11, 21)),
    ("11/21/2015", D(2015, 11, 21)),
    ("7/11/2015", D(2015, 11, 7)),
    ("السبت 7/11/2015", D(2015, 11, 7)),
    ("الأربعاء 7/10/2015", D(2015, 10, 7)),
    ("الجمعة 7/10/2015", D(2015, 7, 10)),
    ("الأحد 7/10/2015", D(2015, 10, 7)),
    ("29 شباط 2016", D(2016, 2, 29)),
    ("9 صفر 1437هـ", D(2015, 11, 21)),
    ("9 صفر 1437 هـ", D(2015, 11, 21)),
    ("9 صفر 1437 هجرية", D(2015, 11, 21)),
    ("9 صفر 1437", D(2015, 11, 21)),
    ("٩ صفر ١٤٣٧هـ", D(2015, 11, 21)),
    ("غرة رجب 1441هـ", D(2020, 2, 25)),
    ("9/2/1437هـ", D(2015, 11, 21)),
    ("9/2/1437", D(2015, 11, 21)),
    ("1437/2/9هـ", D(2015, 11, 21)),
]
NO_DATES = [
    ("no year", "الأربعاء 11 كانون الثاني"),
    ("day and month in digits", "21/11"),
    ("two-digit year", "22/01/09"),
    ("two-digit year with a month", "21 نوفمبر 15"),
    ("month named twice, differently", "21 نوفمبر/كانون الأول 2015"),
    ("no such day", "31 نوفمبر 2015"),
    ("no such day in digits", "31/11/2015"),
    ("no leap year", "29 شباط 2015"),
    ("no such month", "21/13/2015 "),
    ("Hijri month, Gregorian year", "10 رمضان 2015"),
    ("Gregorian month, Hijri year", "21 نوفمبر 1437هـ"),
    ("Gregorian era, Hijri year in digits", "9/2/1437م"),
    ("Persian calendar", "30/8/1394 هـ.ش"),
    ("unmarked year that may be Persian", "30/8/1394"),
    ("no 31st in Hijri", "31 صفر 1437هـ"),
    ("part of a longer number", "121/11/20151"),
    ("address of a machine", "10.11.2015.12"),
    ("word that begins like a month", "مارسيليا 2015"),
    ("word that ends like a month", "تمارس 2015 شخصا"),
    ("bare year", "2015"),
    ("season", "عام 2014/2015"),
    ("year of either calendar", "عام 1437"),
    ("money", "12.500.2015 دينار"),
    ("time as year", "21 نوفمبر 1901 (GMT+04:00)"),
    ("placeholder", "00/00/0000"),
    ("digits in reverse", "أكتوبر 2102"),
]
TIMES = [
    ("السبت 21/نوفمبر/2015 - 09:59 م", time(21, 59)),
    ("21 نوفمبر 2015 - 09:59 ص", time(9, 59)),
    ("21 نوفمبر 2015 12:05 ص", time(0, 5)),
    ("21 نوفمبر 2015 12:05 م", time(12, 5)),
    ("21 نوفمبر 2015 الساعة 9:59 مساءً", time(21, 59)),
    ("21 نوفمبر 2015، الساعة 9:59 صباحاً", time(9, 59)),
    ("21 نوفمبر 2015 على الساعة 15:30", time(15, 30)),
    ("21/11/2015 09:59 PM", time(21, 59)),
    ("21/11/2015 | 21:59", time(21, 59)),
    ("٢١/١١/٢٠١٥ ٠٩:٥٩ م", time(21, 59)),
    ("السبت, 21 نوفمبر/ تشرين الثاني, 2015, 18:20 GMT", time(18, 20)),
    ("السبت، 21 تشرين الثاني/نوفمبر 2015، آخر تحديث 16:35 (GMT+0400)", time(16, 35)),
    ("1901 (GMT+04:00) - 21/11/15", time(19, 1)),
    ("2015-11-21T10:18:00+01:00", time(10, 18)),
    ("2015-11-21 00:08:45", time(0, 8, 45)),
    ("09:59 م - 21 نوفمبر 2015", time(21, 59)),
]


def only(text: str) -> PrintedDate:
    found = find_dates(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("name", "number"), NAMED, ids=[f"{name}-{number}" for name, number in NAMED])
def test_month_of_every_family(name: str, number: int) -> None:
    found = only(f"في 5 {name} 2009 قال")
    assert (found.date, found.precision, found.calendar) == (D(2009, number, 5), "day", "gregorian")


@pytest.mark.parametrize(("name", "number"), HIJRI_NAMES)
def test_hijri_month(name: str, number: int) -> None:
    found = only(f"5 {name} 1437هـ")
    assert (found.hijri, found.calendar) == ((1437, number, 5), "hijri")
    assert found.date == to_gregorian((1437, number, 5))


@pytest.mark.parametrize(("printed", "expected"), DAYS)
def test_printed_day(printed: str, expected: date) -> None:
    text = f"صدر يوم ({printed}) هنا"
    found = only(text)
    assert (found.date, found.precision) == (expected, "day")
    assert found.raw == text[found.start : found.end] == printed.strip("\u200f")


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NO_DATES])
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(("printed", "expected"), TIMES)
def test_time_beside_a_date(printed: str, expected: time) -> None:
    found = only(f"خبر\n{printed}\nنص")
    assert (found.date, found.time, found.precision) == (D(2015, 11, 21), expected, "time")
    assert found.raw == printed


@pytest.mark.parametrize(
    "printed", ["21/11/2015 13:05 ص", "21/11/2015 25:00", "21/11/2015 9:75", "21/11/2015 00:30 م"]
)
def test_a_time_that_is_none_leaves_the_day(printed: str) -> None:
    found = only(printed)
    assert (found.time, found.precision) == (None, "day")


@pytest.mark.parametrize(
    ("text", "first", "precision", "calendar"),
    [
        ("في نوفمبر 2015", D(2015, 11, 1), "month", "gregorian"),
        ("في تشرين الثاني/نوفمبر 2015", D(2015, 11, 1), "month", "gregorian"),
        ("شهر نوفمبر من العام 2015", D(2015, 11, 1), "month", "gregorian"),
        ("محرم 1437", D(2015, 10, 14), "month", "hijri"),
        ("عام 2015", D(2015, 1, 1), "year", "gregorian"),
        ("سنة 1437هـ", D(2015, 10, 14), "year", "hijri"),
        ("العام 1437م", D(1437, 1, 1), "year", "gregorian"),
    ],
)
def test_month_and_year_alone_begin_on_their_first_day(
    text: str, first: date, precision: str, calendar: str
) -> None:
    found = only(text)
    assert (found.date, found.precision, found.calendar) == (first, precision, calendar)


@pytest.mark.parametrize("particle", ["و", "ب", "ل", "ف"])
def test_a_particle_at_the_month_is_no_part_of_the_date(particle: str) -> None:
    assert only(f"{particle}نوفمبر 2015").raw == "نوفمبر 2015"


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("العدد 5\nنوفمبر 2015", "نوفمبر 2015"),
        ("يوم السبت\n20 نوفمبر 2015", "20 نوفمبر 2015"),
        ("20 نوفمبر 2015\n10:30 النشرة", "20 نوفمبر 2015"),
        ("10:30\n20 نوفمبر 2015", "20 نوفمبر 2015"),
    ],
    ids=["number", "weekday", "time after", "time before"],
)
def test_a_date_ends_with_its_line(text: str, raw: str) -> None:
    found = only(text)
    assert (found.raw, found.time, found.weekday_agrees) == (raw, None, None)


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("السبت 21 نوفمبر 2015", True),
        ("السبت، 21 نوفمبر 2015", True),
        ("يوم السبت الموافق 21/11/2015", True),
        ("الأحد 21 نوفمبر 2015", False),
        ("الإثنين 23 نوفمبر 2015", True),
        ("Saturday, 21 November 2015", True),
        ("21 نوفمبر 2015", None),
    ],
)
def test_weekday_is_checked_against_the_date(text: str, agrees: bool | None) -> None:
    assert only(text).weekday_agrees is agrees


@pytest.mark.parametrize(
    "text",
    [
        "9 صفر 1437هـ الموافق 21 نوفمبر 2015",
        "السبت 9 صفر 1437هـ - 21 نوفمبر 2015م",
        "9/2/1437هـ = 21/11/2015م",
    ],
)
def test_hijri_and_gregorian_beside_each_other_are_two(text: str) -> None:
    hijri, gregorian = find_dates(text)
    assert (hijri.calendar, hijri.hijri, hijri.date) == ("hijri", (1437, 2, 9), D(2015, 11, 21))
    assert (gregorian.calendar, gregorian.hijri, gregorian.date) == ("gregorian", None, D(2015, 11, 21))
    assert hijri.end <= gregorian.start


def test_a_weekday_before_two_calendars_is_checked_against_both() -> None:
    dates = find_dates("الجمعة 9 صفر 1437هـ - 21 نوفمبر 2015م")
    assert [found.weekday_agrees for found in dates] == [False, False]


def test_a_weekday_is_not_carried_to_the_next_day() -> None:
    dates = find_dates("السبت 21 نوفمبر 2015 و22 نوفمبر 2015")
    assert [found.weekday_agrees for found in dates] == [True, None]


def test_a_time_between_two_dates_is_the_first_ones() -> None:
    first, second = find_dates("21/11/2015 10:00 22/11/2015")
    assert (first.time, second.time) == (time(10), None)


@pytest.mark.parametrize("value", [(1342, 12, 29), (1501, 1, 1), (1437, 2, 30)])
def test_hijri_outside_the_calendar_is_refused_with_its_bounds(value: tuple[int, int, int]) -> None:
    with pytest.raises(DateOutOfRange, match="1343 to 1500") as raised:
        to_gregorian(value)
    assert raised.value.value == value


def test_hijri_outside_the_calendar_is_kept_without_a_gregorian_date() -> None:
    found = only("12 رمضان 1300هـ")
    assert (found.hijri, found.date) == ((1300, 9, 12), None)


def test_every_dateline_is_read_and_none_wrongly(shared: Path) -> None:
    lines = (shared / "corpora" / "datelines-dev.tsv").read_text(encoding="utf-8").splitlines()
    wrong, missed = [], []
    for line in lines:
        _, _, printed, expected = line.split("\t")
        dates = [found for found in find_dates(printed) if found.precision in ("day", "time")]
        if not dates:
            missed.append(printed)
        wrong += [
            (printed, found.raw)
            for found in dates
            if found.calendar == "gregorian" and str(found.date) != expected
        ]
    assert wrong == []
    assert len(missed) <= 0.005 * len(lines), missed


PIECES = (
    "21|11|2015|1437|9|/|-| |، |نوفمبر|صفر|تشرين الثاني|هـ|م|السبت|10:30|"
    "عام|(|)|GMT|الموافق|ـ|\u200f|غرة|ﷺ|٢١"
)
DIGITS_AND_NAMES = st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join)


@settings(deadline=None)
@given(st.one_of(DIGITS_AND_NAMES, st.text()))
def test_dates_stand_where_they_say_and_never_overlap(text: str) -> None:
    dates = find_dates(text)
    assert all(found.raw == text[found.start : found.end] for found in dates)
    assert all(before.end <= after.start for before, after in pairwise(dates))
    assert all((found.time is not None) == (found.precision == "time") for found in dates)


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_printed(day: date) -> None:
    name = MONTH_NAMES[0][day.month - 1]
    assert only(f"{day.day} {name} {day.year}").date == day
    assert only(f"{day.day}/{day.month}/{day.year}").date == day
    assert only(day.isoformat()).date == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("GMT 11:30 2015 الأحد 22 نوفمبر", "2015-11-22 11:30:00", id="weekday bears it out"),
        pytest.param("2015 الإثنين 22 نوفمبر", None, id="another weekday"),
        pytest.param("في عام 2014 الأحد 22 نوفمبر 2015", "2015-11-22 None", id="year behind, too"),
    ],
)
def test_year_before_weekday_day_and_month(text: str, expected: str | None) -> None:
    days = [f"{found.date} {found.time}" for found in find_dates(text) if found.precision in ("day", "time")]
    assert days == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("الاربعاء11 كانون الثاني", [2006, 2012, 2017], id="run together"),
        pytest.param("الأحد، ٢٢ من تشرين الثاني/نوفمبر", [2009, 2015, 2020], id="two names"),
        pytest.param("الأحد 22 نوفمبر 2015", [], id="its year stands there"),
        pytest.param("الأحد 22 محرم", [], id="Hijri"),
        pytest.param("الخميس 31 شباط", [], id="no such day"),
        pytest.param("22 نوفمبر", [], id="no weekday"),
    ],
)
def test_date_without_year_is_of_the_years_that_its_weekday_allows(text: str, expected: list[int]) -> None:
    assert [day.year for found in find_yearless(text) for day in found.days(2005, 2020)] == expected
