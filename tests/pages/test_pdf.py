"""An article as PDF."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from archive.display.bidi_lines import DIRECTING
from archive.display.pdf import runs_leftwards
from archive.display.pdf_lines import RIGHT_TO_LEFT_MARK, Mark, joined, marks_apart, pieces_to_read
from archive.models import Article
from tests.pages.making import MakeArticle


def read_pdf(reader: Client, article: Article) -> PdfReader:
    response = reader.get(f"/articles/{article.uid}.pdf")
    assert response.status_code == 200
    return PdfReader(BytesIO(response.content))


def test_letters_are_joined() -> None:
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"


FATHA, DAMMA, SHADDA = "\u064e", "\u064f", "\u0651"


@pytest.mark.parametrize("typed", [FATHA + SHADDA, SHADDA + FATHA], ids=["vowel-first", "doubling-first"])
def test_each_mark_knows_the_letter_that_it_stands_on(typed: str) -> None:
    dal, beh = tuple(joined("بد")[::-1])
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
    assert "[لا نص في الأصل]" in page


HARD = [
    "قال (2015) إن شركة IBM ربحت 50% من السوق.",
    "عام 2015 في [القاهرة] «مصر»",
    "لا إله إلا الله محمدٌ رسولُ اللهِ",
    "IBM (USA) شركة عالمية",
    "الدولار بـ3.75 ريال، واليورو بـ4.10",
    '«وصلة» و"أثير" تندمجان…',
    "في 21-11-2015، الساعة 12:30",
    "The outlet الرواق (Cairo) said 50% of لا.",
    "تضم (شركة A (B) C) وأخرى",
    "سعر النفط: 48.5$ للبرميل – أوبك",
    "المادة ١٢٣ من «قانون ٢٠١٥»",
    "كأس العالم (قطر 2022) والـFIFA",
    "C++ و C# لغتان",
    "هل تعلم؟ نعم!",
    "50%",
    "[عنوان من أول النص]",
]


@pytest.mark.parametrize("title", HARD)
def test_text_is_read_as_it_was_written(reader: Client, make_article: MakeArticle, title: str) -> None:
    page = read_pdf(reader, make_article(title=title, body=f"{title}\nسطر بعده")).pages[0].extract_text()
    lines = page.split("\n")
    assert lines[1] == title
    assert title in lines[2:]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (Debian: poppler-utils)")
def test_another_reader_finds_the_words_in_order_too(
    reader: Client, make_article: MakeArticle, tmp_path: Path
) -> None:
    body = "قالت شركة IBM في عام 2015 إن «السوق» [كلها] تراجعت ثم لا شيء."
    file = tmp_path / "a.pdf"
    file.write_bytes(reader.get(f"/articles/{make_article(body=body).uid}.pdf").content)
    found = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert body in "".join(letter for letter in found if letter not in {*DIRECTING, RIGHT_TO_LEFT_MARK})


@pytest.mark.parametrize(
    ("text", "leftwards"),
    [
        ("عام 2015", True),
        ("IBM شركة", True),
        ("New editor at «الحياة» promises a larger edition", False),
        ("«IBM»", False),
        ("(2015) عام", True),
        ("2015", True),
    ],
)
def test_a_paragraph_runs_as_its_letters_ask(text: str, leftwards: bool) -> None:
    assert runs_leftwards(text) is leftwards


@given(st.text(max_size=40), st.booleans())
def test_pieces_are_the_whole_text(text: str, leftwards: bool) -> None:
    assert "".join(piece.group() for piece in pieces_to_read(text, leftwards=leftwards)) == text


def test_each_page_says_which_it_is_and_of_which_article(reader: Client, make_article: MakeArticle) -> None:
    found = read_pdf(reader, make_article(title="عنوان طويل", body="جرى الماء في الوادي وعاد الناس. " * 200))
    count = len(found.pages)
    first, last = found.pages[0].extract_text(), found.pages[-1].extract_text()
    assert first.splitlines()[0] == f"صفحة 1 من {count}"
    assert last.splitlines()[0] == f"صفحة {count} من {count} عنوان طويل"
