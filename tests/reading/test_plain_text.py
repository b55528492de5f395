"""Plain text to articles: what is found, and what is left unknown because the text does not surely say it."""

from __future__ import annotations

import pytest

from archive.ingest.reading import Reading, ReadingError, SegmentKind
from tests.reading.reading_help import check_places, items, only, opened

TITLE = "البلدية تفتح الحديقة القديمة للزوار"
FIRST = "فتحت بلدية المدينة صباح أمس أبواب الحديقة القديمة أمام الزوار بعد أعمال ترميم دامت ثلاثة أعوام."
SECOND = (
    "وقال رئيس البلدية إن الدخول سيبقى مجانيا حتى نهاية العام، وإن الأشجار القديمة سلمت من أعمال الترميم."
)
THIRD = (
    "وينتظر أن تقام في الحديقة حفلات موسيقية كل أسبوع خلال الصيف المقبل، يشارك فيها موسيقيون من بلدان عدة."
)
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
CAPTION = "زوار في ممرات الحديقة القديمة بعد ترميمها (منبر الضفة)"


def value(finding: object) -> object:
    return getattr(finding, "value", None)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(f"{TITLE}\n\n", TITLE, id="first line"),
        pytest.param(f"{TITLE} - منبر الضفة\n", TITLE, id="site's name behind"),
        pytest.param(f"منبر الضفة | {TITLE}\n\n", TITLE, id="site's name before"),
        pytest.param(
            f"{TITLE} - موقع بلا اسم معروف\n\n{TITLE}\n\n", TITLE, id="unknown site's name, then alone"
        ),
        pytest.param(f"شارك\n{TITLE}\n\n{TITLE}\n", TITLE, id="printed twice under a button"),
        pytest.param(
            f"{TITLE} | موقع القرية الخضراء\n", TITLE, id="unknown site by how sites call themselves"
        ),
        pytest.param(f"قرية.example.com - {TITLE}\nexample.com | {TITLE}\n\n{TITLE}\n", TITLE, id="address"),
        pytest.param(f"SADA : {TITLE} 22/11/2015\n{TITLE}\n", TITLE, id="between a mark and a date"),
        pytest.param(f"ممرات الحديقة بعد ترميمها (رويترز)\n{TITLE}\n", TITLE, id="under a caption"),
        pytest.param(f"صحيفة البلدة | 8 مارس 2015\n{TITLE}\n", TITLE, id="under a paper's name and date"),
        pytest.param(f"الأحد 8 مارس 2015\nأعمال الترميم\n{TITLE}\n\n", TITLE, id="under an overline"),
        pytest.param("", None, id="no headline"),
        pytest.param("شارك\nطباعة\n", None, id="only buttons"),
        pytest.param("الأحد 8 مارس 2015\n", None, id="only a date"),
        pytest.param(f"{CAPTION}\n{CAPTION}\n\n", None, id="only a caption"),
        pytest.param(
            "1000 (GMT+04:00) - 11/06/09 عنوان ملتصق بالتاريخ\n", None, id="run together with the date"
        ),
    ],
)
def test_headline(head: str, expected: str | None) -> None:
    found = only(head + BODY)
    assert value(found.title) == expected
    assert found.body == BODY
    if found.title and found.title.span:
        assert (head + BODY)[found.title.span.start : found.title.span.end] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("السبت 21/نوفمبر/2015 - 09:59 م", "2015-11-21 21:59", id="twelve-hour clock"),
        pytest.param("الثلاثاء 5 آذار/مارس 2013", "2013-03-05 None", id="two month names"),
        pytest.param("15 كانون الثاني (يناير) 2014", "2014-01-15 None", id="second name in brackets"),
        pytest.param("الأربعاء 1 محرم 1437 هـ - 14 أكتوبر 2015", "2015-10-14 None", id="two calendars"),
        pytest.param(
            "نُشر الخبر يوم الأربعاء 25 آذار / مارس 2015. 02:00 مـساءً", "2015-03-25 None", id="with words"
        ),
        pytest.param("سعاد الحلبي 04 أغسطس 2020 21:18", "2020-08-04 21:18", id="beside a name"),
        pytest.param("الأحد 21 نوفمبر 2015", None, id="weekday that is not the date's"),
        pytest.param("نوفمبر 2015", None, id="month only"),
        pytest.param("في 21 نوفمبر 2015 زار الرئيس المدينة القديمة", None, id="sentence"),
        pytest.param("رئيس التحرير: علي حسن 04:44 مساءً | الجمعة 19 أبريل 2024 م", None, id="page's clock"),
        pytest.param("-- -- -- / -- -- --", None, id="empty date field"),
    ],
)
def test_date_on_a_line_of_its_own(line: str, expected: str | None) -> None:
    found = only(f"{TITLE}\n{line}\n\n{BODY}")
    published = found.published.value if found.published else None
    assert (published and f"{published.day} {str(published.time)[:5]}") == expected


def test_dates_that_are_not_one_day_are_no_date() -> None:
    assert only(f"{TITLE}\n21 نوفمبر 2015\n23 نوفمبر 2015\n\n{BODY}").published is None


def test_headline_stands_above_paragraphs_that_are_all_printed_twice() -> None:
    paragraph = "قال المتحدث إن الاجتماع المقبل سيعقد في العاصمة يوم الخميس بحضور الوزراء جميعا."
    found = only(f"افتتاح معرض الكتاب في المدينة\n\n{paragraph}\n\n{paragraph}\n")
    assert value(found.title) == "افتتاح معرض الكتاب في المدينة"


def test_date_in_running_text_is_never_the_articles() -> None:
    spoken = "وكان ذلك يوم 21 نوفمبر 2015 وفق ما قاله رئيس البلدية في كلمته أمام الحضور."
    assert only(f"{TITLE}\n\n{FIRST}\n\n{spoken}").published is None


@pytest.mark.parametrize(
    ("text", "outlet", "agencies"),
    [
        pytest.param(f"{BODY}\n(المنبر، أ ف ب)", "minbar", ["afp"], id="signature"),
        pytest.param(f"{BODY}\n(رويترز)", None, ["reuters"], id="agency alone signs"),
        pytest.param(f"{BODY}\nالمصدر: صدى برس", None, ["sada"], id="source line"),
        pytest.param(f"{TITLE}\nمنبر الضفة - وكالات\n\n{BODY}", "minbar", ["agencies"], id="dateline"),
        pytest.param(f"{TITLE}\nصدى برس\n\n{BODY}", None, ["sada"], id="agency's line"),
        pytest.param(f"منبر الضفة – عين الماء: {BODY}", "minbar", [], id="before the first word"),
        pytest.param(f"لندن (رويترز) - {BODY}", None, ["reuters"], id="agency's city and brackets"),
        pytest.param(f"{TITLE} - منبر الضفة\n\n{BODY}", "minbar", [], id="beside the headline"),
        pytest.param(f"{BODY}\nأخبار «المنبر» على هاتفك", "minbar", [], id="page's own line"),
        pytest.param(
            f"{BODY}\n\nوكان رئيس البلدية قد قال لصحيفة «الشرق الأوسط» ووكالة رويترز إن الحديقة مغلقة.",
            None,
            [],
            id="mention",
        ),
        pytest.param(f"الرياض: {BODY}", None, [], id="city that is a paper's name too"),
        pytest.param(f"{BODY}\n(تصوير خاص)", None, [], id="brackets of something else"),
    ],
)
def test_outlet_and_agencies_only_where_they_sign(text: str, outlet: str | None, agencies: list[str]) -> None:
    found = only(text)
    assert (found.outlet.value.slug if found.outlet else None) == outlet
    assert [agency.value.slug for agency in found.agencies] == agencies
    assert FIRST in found.body
    assert "(المنبر" not in found.body
    assert "المصدر:" not in found.body


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        pytest.param("كتبت سعاد الحلبي", ["سعاد الحلبي"], id="verb"),
        pytest.param("بقلم: د. سعاد الحلبي", ["د. سعاد الحلبي"], id="by, with a title"),
        pytest.param("حاورته: سعاد الحلبي", ["سعاد الحلبي"], id="interview"),
        pytest.param("رأي - سعاد الحلبي", ["سعاد الحلبي"], id="opinion"),
        pytest.param("منبر الضفة - سعاد الحلبي", ["سعاد الحلبي"], id="paper and name"),
        pytest.param("القاهرة - سعاد الحلبي", ["سعاد الحلبي"], id="city and name"),
        pytest.param("21 نوفمبر 2015\nسعاد الحلبي", ["سعاد الحلبي"], id="under the date"),
        pytest.param("سعاد الحلبي\n\n8 مارس 2015", ["سعاد الحلبي"], id="name that persons are given"),
        pytest.param("By Suad Halabi", ["Suad Halabi"], id="English"),
        pytest.param("8 مارس 2015 - كتب : سعاد الحلبي", ["سعاد الحلبي"], id="verb beside the date"),
        pytest.param("لندن ـ «منبر الضفة» ـ سعاد الحلبي", ["سعاد الحلبي"], id="tatweel for a dash"),
        pytest.param("العرب والعالم", [], id="section"),
        pytest.param("منبر الضفة - عين الماء", [], id="paper and place"),
        pytest.param("عمّال يرمّمون السور، والزوار ينتظرون", [], id="subtitle with a comma"),
    ],
)
def test_author_only_where_a_byline_names_one(line: str, authors: list[str]) -> None:
    found = only(f"{TITLE}\n{line}\n\n{BODY}")
    assert [author.value for author in found.authors] == authors
    assert found.body == BODY


@pytest.mark.parametrize(
    ("prefix", "place", "agency"),
    [
        pytest.param("الدوحة في 22 نوفمبر /قنا/ ", "الدوحة", "qna", id="between strokes"),
        pytest.param("الكويت - 22 - 11 (كونا) -- ", "الكويت", "kuna", id="day and month in digits"),
        pytest.param("دبي، الإمارات (رويترز)-- ", "دبي", "reuters", id="city and country"),
    ],
)
def test_dateline_before_the_first_word_gives_place_and_agency(prefix: str, place: str, agency: str) -> None:
    found = only(f"{TITLE}\n\n{prefix}{BODY}")
    assert (value(found.place), [each.value.slug for each in found.agencies]) == (place, [agency])
    assert found.body == BODY
    assert found.published is None


def test_kicker_stands_over_the_headline() -> None:
    text = f"8 مارس 2015\nبعد ثلاثة أعوام\n{TITLE}\n\n{BODY}"
    found = only(text)
    kickers = [part for part in found.segments if part.kind is SegmentKind.KICKER]
    assert [text[part.start : part.end] for part in kickers] == ["بعد ثلاثة أعوام"]
    assert value(found.title) == TITLE


@pytest.mark.parametrize(
    "menu",
    [
        pytest.param("الرئيسية\nأخبار\nرياضة\nثقافة وفن\nصور وتسجيلات\n", id="in lines"),
        pytest.param("الرئيسية | أخبار | رياضة | ثقافة وفن\n", id="on one line"),
        pytest.param(
            'content="كلام عن الحديقة القديمة وعن ترميمها الذي دام ثلاثة أعوام كاملة." />\n', id="tag"
        ),
    ],
)
def test_menu_and_remains_of_tags_leave_the_body(menu: str) -> None:
    found = only(f"{menu}{TITLE}\n\n{BODY}\n\n{menu}")
    assert found.body == BODY
    assert value(found.title) == TITLE


def test_quotation_set_large_is_kept_once() -> None:
    quote = f'"{SECOND.removesuffix(".")}"'
    assert only(f"{TITLE}\n\n{FIRST}\n\n{quote}\n\n{SECOND}\n\n{THIRD}").body == BODY


def test_box_of_related_stories_within_the_text_leaves_it_whole() -> None:
    box = "روابط ذات علاقة\nعنوان خبر آخر\nخبر ثالث عن الحديقة\n"
    assert only(f"{TITLE}\n\n{FIRST}\n\n{box}\n{SECOND}\n\n{THIRD}").body == BODY


def test_comments_leave_the_body() -> None:
    assert only(f"{TITLE}\n\n{BODY}\n\nالتعليقات\nقارئ من المدينة\nشكرا على الخبر الجميل").body == BODY


def test_subtitle_stands_under_the_headline() -> None:
    found = only(f"{TITLE}\nثلاثة أعوام من الترميم والدخول مجاني\n8 مارس 2015\n\n{BODY}")
    assert value(found.subtitle) == "ثلاثة أعوام من الترميم والدخول مجاني"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("شارك", SegmentKind.FURNITURE, id="share"),
        pytest.param("A+ A-", SegmentKind.FURNITURE, id="type size"),
        pytest.param("play-circle 00:21", SegmentKind.FURNITURE, id="player"),
        pytest.param("طباعة ممرات الحديقة", SegmentKind.FURNITURE, id="print and picture's name"),
        pytest.param("* * *", SegmentKind.MARKUP, id="ruler"),
        pytest.param(CAPTION, SegmentKind.CAPTION, id="caption with credit"),
    ],
)
def test_what_the_page_prints_around_the_text_leaves_the_body(line: str, kind: SegmentKind) -> None:
    found = only(f"{TITLE}\n{line}\n\n{BODY}\n\n{line}")
    assert found.body == BODY
    assert sum(segment.kind is kind for segment in found.segments) == 2


def test_caption_doubled_within_the_text_leaves_the_body() -> None:
    found = only(f"{TITLE}\n\n{FIRST}\n\nممرات الحديقة\n{SECOND}\n\nممرات الحديقة\n{THIRD}")
    assert found.body == BODY


def test_pull_quote_leaves_the_body_and_a_subhead_stays() -> None:
    quote = "الأشجار القديمة\nسلمت كلها من\nأعمال الترميم"
    found = only(f"{FIRST}\n\n{quote}\n\n{SECOND}\n\nحفلات كل أسبوع\n\n{THIRD}")
    assert found.body == f"{FIRST}\n\n{SECOND}\n\nحفلات كل أسبوع\n\n{THIRD}"
    assert SegmentKind.SUBHEAD in {segment.kind for segment in found.segments}


def test_stray_ampersands_leave_the_body_and_others_stay() -> None:
    strays = only(f"&{FIRST}\n&\n{SECOND}&\n&\n{THIRD.replace('،', '.&و')}")
    assert "&" not in strays.body
    assert ". و" in strays.body
    assert "AT&T" in only(f"{BODY} وباعت شركة AT&T أسهمها في شركة B & O وفي Q&A.").body


@pytest.mark.parametrize("heading", ["مقالات ذات صلة", "اقرأ أيضًا:", "مواضيع متعلقة"])
def test_related_stories_leave_the_body(heading: str) -> None:
    found = only(f"{BODY}\n\n{heading}\nعنوان خبر آخر\nخبر ثالث عن الحديقة\n")
    assert found.body == BODY


def test_text_goes_on_after_related_stories() -> None:
    long = " ".join(["كلمة"] * 40) + "."
    assert only(f"{FIRST}\n\nاقرأ أيضا\nعنوان خبر آخر\n\n{long}").body == f"{FIRST}\n\n{long}"


def test_two_articles_by_headline_over_date_are_two() -> None:
    second = "محكمة المدينة تعيد الشجرة إلى صاحبها"
    text = f"{TITLE}\n8 مارس 2015\n\n{BODY}\n{second}\n9 مارس 2015\n\n{SECOND}\n\n{THIRD}"
    one, two = check_places(text.encode(), opened(text))
    assert isinstance(one, Reading)
    assert isinstance(two, Reading)
    assert (value(one.title), one.body, one.ordinal) == (TITLE, BODY, 0)
    assert (value(two.title), two.body, two.ordinal) == (second, f"{SECOND}\n\n{THIRD}", 1)
    assert two.published
    assert two.published.value.day.day == 9
    assert (one.span.end, two.span.end) == (two.span.start, len(text))


def test_two_articles_by_doubled_head_are_two_and_share_their_site() -> None:
    def article(title: str, caption: str) -> str:
        return f"{title}\n\n{caption}\n{caption}\nTT\n\n{title}\n\n{caption}\n{caption}\n\n{BODY}\n\n"

    related = "مقالات ذات صلة\n\nعنوان خبر آخر\n\n«منبر الضفة» (عين الماء)\n\n"
    found = items(
        article(TITLE, "زوار الحديقة") + related + article("محكمة المدينة تعيد الشجرة", "الشجرة في الدار")
    )
    assert [value(item.title) for item in found if isinstance(item, Reading)] == [
        TITLE,
        "محكمة المدينة تعيد الشجرة",
    ]
    assert [item.outlet and item.outlet.value.slug for item in found if isinstance(item, Reading)] == [
        "minbar"
    ] * 2
    assert all(item.body == BODY for item in found if isinstance(item, Reading))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{TITLE}\n\n{BODY}\n\nحفلات كل أسبوع\n\n{THIRD}", id="subhead"),
        pytest.param(f"{FIRST}\n\nفي يوم 9 مارس 2015\n\n{SECOND}", id="date in the text"),
        pytest.param(f"{TITLE}\n\n{FIRST}\n\n{TITLE}\n\n{SECOND}", id="headline again in the text"),
    ],
)
def test_one_article_stays_one(text: str) -> None:
    assert len(items(text)) == 1


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind_are_read(line_end: str) -> None:
    text = f"{TITLE}\n8 مارس 2015\n\n{BODY}".replace("\n", line_end)
    (found,) = check_places(text.encode(), opened(text))
    assert isinstance(found, Reading)
    assert (value(found.title), found.body) == (TITLE, BODY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("A note about the collection.\nنص", "no Arabic text.*leave the file out", id="english"),
        pytest.param(" \n\t\n", "is empty.*leave the file out", id="blank"),
    ],
)
def test_text_that_is_no_article_is_refused_with_remedy(text: str, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        opened(text)


def test_nothing_of_a_menu_is_called_a_headline() -> None:
    menu = "\n".join(f"قسم من أقسام الموقع رقم {n}" for n in range(12))
    assert only(f"{menu}\n\n{BODY}").title is None
