"""An article as PDF."""

from __future__ import annotations

from io import BytesIO
from unicodedata import normalize

import pytest
from django.test import Client
from pypdf import PdfReader

from archive.display.pdf import Mark, for_the_eye, joined, marks_apart
from archive.models import Article
from tests.pages.making import MakeArticle


def read_pdf(reader: Client, article: Article) -> PdfReader:
    response = reader.get(f"/articles/{article.uid}.pdf")
    assert response.status_code == 200
    return PdfReader(BytesIO(response.content))


def test_letters_are_joined_and_run_from_the_right() -> None:
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"
    assert for_the_eye("سلام") == "\ufee1\ufefc\ufeb3"
    assert for_the_eye("عام 2015") == "2015 " + "".join(reversed(joined("عام")))


FATHA, DAMMA, SHADDA = "\u064e", "\u064f", "\u0651"


@pytest.mark.parametrize("typed", [FATHA + SHADDA, SHADDA + FATHA], ids=["vowel-first", "doubling-first"])
def test_each_mark_knows_the_letter_that_it_stands_on(typed: str) -> None:
    dal, beh = tuple(for_the_eye("بد"))
    letters, marks = marks_apart(f"{typed[::-1]}{dal}{DAMMA}{beh}")
    assert letters == dal + beh
    assert set(marks) == {Mark(SHADDA, 0, 0), Mark(FATHA, 0, 1), Mark(DAMMA, 1, 0)}


def test_other_scripts_keep_their_marks() -> None:
    assert marks_apart("cafe\u0301") == ("cafe\u0301", ())


def test_a_long_article_takes_several_pages_each_with_its_number(
    reader: Client, make_article: MakeArticle
) -> None:
    body = "\n".join(f"الفقرة {number}: " + "جرى الماء في الوادي وعاد الناس. " * 12 for number in range(20))
    found = read_pdf(reader, make_article(body=body))
    assert len(found.pages) > 2
    assert "/articles/uid00000001/" in found.pages[-1].extract_text()
    assert found.metadata is not None
    assert found.metadata.title == "خبر رقم 1"


def test_a_body_beyond_the_budget_is_cut_and_says_so(reader: Client, make_article: MakeArticle) -> None:
    found = read_pdf(reader, make_article(body="جرى الماء في الوادي " * 6000))
    assert len(found.pages) < 45
    assert "…" in found.pages[-1].extract_text()


def test_the_face_is_in_the_file(reader: Client, make_article: MakeArticle) -> None:
    fonts = read_pdf(reader, make_article()).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert any("Amiri" in name for name in names)


def test_a_word_longer_than_a_line_is_cut_and_an_empty_line_is_nothing(
    reader: Client, make_article: MakeArticle
) -> None:
    found = read_pdf(reader, make_article(title="", body="ب" * 900 + "\n\n\n" + "\u202e<b>نهاية</b>"))
    assert len(found.pages) == 1


def test_a_headline_without_its_text_says_so(reader: Client, make_article: MakeArticle) -> None:
    page = read_pdf(reader, make_article(title="عنوان وحده", body="")).pages[0].extract_text()
    assert "[لا نص في الأصل]" in normalize("NFKC", page)
