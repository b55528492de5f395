"""Which of a page's dates is its article's: clocks, comments, other stories and placeholders never are."""

from __future__ import annotations

import pytest

from archive.ingest.reading import Reading
from tests.reading.reading_help import only
from tests.reading.site_pages import STORY, TITLE

MENU = "الرئيسية\nأخبار\nرياضة\nاقتصاد\nثقافة وفن\n"


def date_of(found: Reading) -> str | None:
    return str(found.published.value.day) if found.published else None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(f"الأربعاء 12 يناير 2022\n{MENU}{TITLE}\n{STORY}", None, id="clock above a menu"),
        pytest.param(
            f"الأربعاء 12 يناير 2022\n{MENU}{TITLE}\n3 مارس 2015\n{STORY}", "2015-03-03", id="clock and date"
        ),
        pytest.param(
            f"{TITLE}\n3 مارس 2015\n{STORY}\n\nالتعليقات\n1\nمحمد\n22 نوفمبر 2015\nأحسنت",
            "2015-03-03",
            id="date and comment",
        ),
        pytest.param(
            f"{TITLE}\n{STORY}\n\nالتعليقات\n1\nمحمد\n22 نوفمبر 2015\nأحسنت", None, id="comment alone"
        ),
        pytest.param(
            f"{TITLE}\n{STORY}\n\nمقالات ذات صلة\nعنوان خبر آخر\n22 نوفمبر 2015",
            None,
            id="date of another story",
        ),
        pytest.param(f"{TITLE}\n{STORY}\n\n22 نوفمبر 2015", "2015-11-22", id="right below the text"),
        pytest.param(f"الوقت الآن: 12 يناير 2022\n{TITLE}\n{STORY}", None, id="line that says it is a clock"),
        pytest.param(
            f"{TITLE}\nآخر تحديث: 4 مارس 2015 - تاريخ النشر: 3 مارس 2015\n{STORY}",
            "2015-03-03",
            id="publication and change on one line",
        ),
        pytest.param(
            f"12 يناير 2022\n{TITLE}\nآخر تحديث: 4 مارس 2015\n{STORY}",
            "2015-03-04",
            id="date after the last change",
        ),
        pytest.param(f"{TITLE}\nآخر تحديث:\n4 مارس 2015\n{STORY}", "2015-03-04", id="label on its own line"),
        pytest.param(f"{TITLE}\n1 يناير 1970\n{STORY}", None, id="clock that was never set"),
        pytest.param(f"{TITLE}\n00/00/0000\n{STORY}", None, id="empty date"),
        pytest.param(
            f"{TITLE}\nنشر: 3 مارس 2015\nنشر: 9 مارس 2015\n{STORY}", None, id="two dates of publication"
        ),
        pytest.param(
            f"م 2015 ماي 8 لـ الموافق 6341هـ رجب 19 الجمعة\n{TITLE}\n{STORY}",
            "2015-05-08",
            id="words from the end",
        ),
        pytest.param(
            f"م 2015 ماي 8 لـ الموافق السبت\n{TITLE}\n{STORY}", None, id="from the end, other weekday"
        ),
        pytest.param(
            f"{TITLE}\nالخميس 6 ذو الحجة 1437 هـ - 08 سبتمبر 2016م\n{STORY}",
            "2016-09-08",
            id="moon seen a day late",
        ),
        pytest.param(
            f"الرياض 10 صفر 1437 هـ الموافق 22 نوفمبر 2015 م واس\n{STORY}", "2015-11-22", id="in dateline"
        ),
    ],
)
def test_only_the_article_s_own_date_is_taken(page: str, expected: str | None) -> None:
    assert date_of(only(page)) == expected


@pytest.mark.parametrize(
    ("page", "rule", "expected"),
    [
        pytest.param(
            f"{TITLE}\n{STORY}", "last event that the text tells", ("2014-03-12", None, []), id="event"
        ),
        pytest.param(
            f"الوقت الآن: 12 يناير 2022\n{TITLE}\n{STORY}",
            "day that the page was looked at",
            (None, "2022-01-12", []),
            id="clock",
        ),
        pytest.param(
            f"{TITLE} يوم الأربعاء 11 كانون الثاني\n{STORY}",
            "weekday and day without a year",
            (
                None,
                None,
                ["2017-01-11", "2023-01-11", "2034-01-11", "2040-01-11", "2045-01-11", "2051-01-11"],
            ),
            id="no year",
        ),
        pytest.param(
            f"{TITLE}\n3 مارس 2015\n9 مارس 2015\n{STORY}",
            "dates that cannot be told apart",
            (None, None, ["2015-03-03", "2015-03-09"]),
            id="two dates",
        ),
    ],
)
def test_what_an_undated_text_allows_is_a_hint_and_no_date(
    page: str, rule: str, expected: tuple[str | None, str | None, list[str]]
) -> None:
    found = only(page)
    assert found.published is None
    (hint,) = (each for each in found.published_hints if each.rule == rule)
    first, last = (str(day) if day else None for day in (hint.value.earliest, hint.value.latest))
    assert (first, last, [str(day) for day in hint.value.days]) == expected
    assert hint.span
    assert page[hint.span.start : hint.span.end].strip()


def test_what_is_still_to_come_bounds_nothing() -> None:
    page = f"{TITLE}\n{STORY}\n\nوقال الوزير إن الحكومة ستبني بحلول عام 2030 صوامع جديدة في كل المحافظات."
    assert [hint.value.earliest and hint.value.earliest.year for hint in only(page).published_hints] == [2014]


def test_dated_article_has_no_hints() -> None:
    assert only(f"{TITLE}\n3 مارس 2015\n{STORY}").published_hints == ()
