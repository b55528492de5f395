"""An article is cited as each style asks, in Arabic and in Latin script, and says no more than is known."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from archive.display.styles import STYLES, Language
from archive.models import Article, Outlet
from tests.pages.making import MakeArticle

pytestmark = pytest.mark.django_db
ADDRESS = "https://archive.example/articles/x/"
SHORT = "archive.example/articles/x/"
CITE = dict(STYLES)
MakeOutlet = Callable[..., Outlet]


def cited(article: Article, style: str, language: Language) -> str:
    return "".join(part.text for part in CITE[style](article, ADDRESS, language).parts)


@pytest.fixture
def known(make_article: MakeArticle, make_outlet: MakeOutlet) -> Article:
    outlet = make_outlet(name="الرواق", name_latin="Al-Riwaq")
    return make_article(outlet=outlet, authors=("ليلى الحاج",), title="«وصلة» تندمج", body="نص")


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        ("Chicago", "ar", f"ليلى الحاج. «“وصلة” تندمج». الرواق، 21 نوفمبر 2015. أرشيف. {ADDRESS}."),
        (
            *("Chicago", "en"),
            f"ليلى الحاج. “«وصلة» تندمج” [in Arabic]. Al-Riwaq, November 21, 2015. Arshif. {ADDRESS}.",
        ),
        ("MLA", "ar", f"ليلى الحاج. «“وصلة” تندمج». الرواق، 21 نوفمبر 2015، أرشيف، {SHORT}."),
        ("MLA", "en", f"ليلى الحاج. “«وصلة» تندمج” [in Arabic]. Al-Riwaq, 21 Nov. 2015, Arshif, {SHORT}."),
        ("APA", "ar", f"ليلى الحاج. (2015، 21 نوفمبر). «وصلة» تندمج. الرواق. {ADDRESS}"),
        ("APA", "en", f"ليلى الحاج. (2015, November 21). «وصلة» تندمج [in Arabic]. Al-Riwaq. {ADDRESS}"),
    ],
)  # fmt: skip
def test_each_style_in_each_script(known: Article, style: str, language: Language, written: str) -> None:
    assert cited(known, style, language) == written


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        ("Chicago", "en", f"“خبر” [in Arabic]. n.d. Arshif. {ADDRESS}."),
        ("MLA", "en", "“خبر” [in Arabic]. n.d., Arshif, archive.example/articles/x/."),
        ("APA", "en", f"خبر [in Arabic]. (n.d.). {ADDRESS}"),
        ("APA", "ar", f"خبر. (د.ت.). {ADDRESS}"),
    ],
)
def test_what_is_not_known_is_not_cited(
    make_article: MakeArticle, style: str, language: Language, written: str
) -> None:
    assert cited(make_article(title="خبر", published=None, body="نص"), style, language) == written


@pytest.mark.parametrize(
    ("precision", "chicago", "mla", "apa"),
    [("month", "November 2015.", "Nov. 2015,", "(2015, November)"), ("year", "2015.", "2015,", "(2015)")],
)
def test_dates_stop_at_their_precision(
    make_article: MakeArticle, precision: str, chicago: str, mla: str, apa: str
) -> None:
    day = datetime.date(2015, 11 if precision == "month" else 1, 1)
    article = make_article(published=day, published_precision=precision)
    for style, date in (("Chicago", chicago), ("MLA", mla), ("APA", apa)):
        assert date in cited(article, style, "en")


def test_a_hijri_date_comes_with_the_day_it_was_converted_to(make_article: MakeArticle) -> None:
    article = make_article(published_calendar=Article.Calendar.HIJRI)
    assert "9 صفر 1437/21 نوفمبر 2015" in cited(article, "Chicago", "ar")
    assert "Safar 9, 1437/November 21, 2015" in cited(article, "Chicago", "en")
    assert "(1437/2015, Safar 9/November 21)" in cited(article, "APA", "en")


@pytest.mark.parametrize(
    ("style", "language", "names", "written"),
    [
        ("Chicago", "en", ("أ", "ب"), "أ and ب."),
        ("Chicago", "en", ("أ", "ب", "ج"), "أ, ب, and ج."),
        ("Chicago", "ar", ("أ", "ب", "ج"), "أ، ب، وج."),
        ("MLA", "en", ("أ", "ب"), "أ, and ب."),
        ("MLA", "en", ("أ", "ب", "ج"), "أ, et al."),
        ("MLA", "ar", ("أ", "ب", "ج"), "أ وآخرون."),
        ("APA", "en", ("أ", "ب"), "أ, & ب."),
        ("APA", "en", ("أ", "ب", "ج"), "أ, ب, & ج."),
        ("APA", "ar", ("أ", "ب"), "أ وب."),
    ],
)
def test_several_authors(
    make_article: MakeArticle, style: str, language: Language, names: tuple[str, ...], written: str
) -> None:
    assert cited(make_article(authors=names), style, language).startswith(f"{written} ")


def test_a_headline_of_the_archive_is_in_brackets_and_not_quoted(make_article: MakeArticle) -> None:
    article = make_article(title="", body="جرى الماء في الوادي")
    for style, language in [(style, language) for style in CITE for language in ("ar", "en")]:
        text = cited(article, style, language)  # type: ignore[arg-type]
        assert "[جرى الماء في الوادي]" in text
        assert "«" not in text
        assert "“" not in text


def test_the_page_cites_in_its_own_script_first(reader: Any, known: Article) -> None:
    for language, first in (("ar", "أرشيف. "), ("en", "Arshif. ")):
        reader.cookies["lang"] = language
        page = reader.get(known.get_absolute_url()).content.decode()
        assert page.count("<blockquote") == 6
        assert first in page.split("<blockquote")[1]
