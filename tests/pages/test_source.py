"""The page of an article's source, over originals that came in by `ingest`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from archive.display.rules import ENCODING_RULES, FIELD_RULES
from archive.models import Article, Evidence, SourceFile

TWO = """أول المقالين عن الماء

الرواق – رأس المرجان: جرى الماء في الوادي أمس، وعاد الناس إلى بيوتهم بعد أن انحسر السيل عن الطرق والحقول.
"""


@pytest.fixture
def taken_in(db: None, tmp_path: Path) -> Iterator[Path]:
    """A folder to put files in, and an archive to take them into."""
    folder = tmp_path / "raw"
    folder.mkdir()
    with override_settings(
        ARSHIF_ORIGINALS_DIR=tmp_path / "originals",
        ARSHIF_LOCK_DIR=tmp_path / "locks",
        ARSHIF_INDEX_DIR=tmp_path / "index",
    ):
        yield folder


def ingest(folder: Path) -> None:
    call_command("ingest", str(folder), no_index=True)


def test_the_source_is_shown_letter_for_letter_in_its_encoding(reader: Client, taken_in: Path) -> None:
    (taken_in / "a.txt").write_bytes(TWO.encode("windows-1256"))
    ingest(taken_in)
    article = Article.objects.get()
    page = reader.get(f"/articles/{article.uid}/source/").content.decode()
    assert "windows-1256" in page
    assert article.source.sha256 in page
    assert "بعد أن انحسر السيل" in page


def test_each_part_of_a_flattened_line_says_what_it_is(reader: Client, taken_in: Path) -> None:
    text = TWO.splitlines()
    page = f"{text[0]}     8 مارس 2015     {text[2]}     مقالات ذات صلة     خبر عن الوادي"
    (taken_in / "a.txt").write_text(page, encoding="utf-8")
    ingest(taken_in)
    shown = reader.get(f"/articles/{Article.objects.get().uid}/source/").content.decode()
    said = re.findall(r'<p class="outside(?: goes-on)?"><span><span class="says">([^<]+)</span>', shown)
    assert said == ["العنوان", "التاريخ", "ذكر لمقالات أخرى"]


def test_markup_of_a_page_is_said_once_and_parts_no_stretch(reader: Client, taken_in: Path) -> None:
    title, _, body = TWO.splitlines()
    menu = "<nav><a href='/'>الرئيسية</a><a href='/w'>طقس</a><a href='/m'>أسواق</a></nav>"
    page = f"<!doctype html><html><body>{menu}<article><h1>{title}</h1><p>{body}</p></article></body></html>"
    (taken_in / "a.html").write_text(page, encoding="utf-8")
    ingest(taken_in)
    shown = reader.get(f"/articles/{Article.objects.get().uid}/source/").content.decode()
    said = re.findall(r'<span><span class="says">([^<]+)</span> <bdi', shown)
    assert said == ["رموز الملف", "من لوازم الصفحة", "العنوان"]


def test_markup_in_a_source_is_text(reader: Client, taken_in: Path) -> None:
    (taken_in / "a.txt").write_text(
        TWO + "<script>alert(1)</script> نهاية الكلام هنا بعد الرمز\n", encoding="utf-8"
    )
    ingest(taken_in)
    page = reader.get(f"/articles/{Article.objects.get().uid}/source/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_record_shows_its_own_line_only(reader: Client, taken_in: Path) -> None:
    lines = ['{"title": "الأوّل", "body": "متن الأوّل هنا"}', '{"title": "الثاني", "body": "متن الثاني هنا"}']
    (taken_in / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ingest(taken_in)
    page = reader.get(f"/articles/{Article.objects.get(title='الثاني').uid}/source/").content.decode()
    assert "متن الثاني هنا" in page
    assert "متن الأوّل هنا" not in page


def test_a_long_record_is_cut_and_says_so(reader: Client, taken_in: Path) -> None:
    (taken_in / "a.jsonl").write_text(f'{{"body": "{"ماء " * 60_000}"}}', encoding="utf-8")
    ingest(taken_in)
    response = reader.get(f"/articles/{Article.objects.get().uid}/source/")
    assert "لا تُعرض هنا" in response.content.decode()
    assert len(response.content) < 300_000


def test_escapes_of_a_record_stand_in_their_own_order(reader: Client, taken_in: Path) -> None:
    (taken_in / "a.jsonl").write_text(
        r'{"title": "ماء &#34;عذب&quot;", "body": "أول\n\n<ثان> \"ثالث\""}', encoding="utf-8"
    )
    ingest(taken_in)
    page = reader.get(f"{Article.objects.get().get_absolute_url()}source/").content.decode()
    assert 'ماء <bdi dir="ltr">&amp;#34;</bdi>عذب<bdi dir="ltr">&amp;quot;</bdi>' in page
    assert r'أول<bdi dir="ltr">\n\n</bdi>&lt;ثان&gt; <bdi dir="ltr">\&quot;</bdi>ثالث' in page


def test_a_lost_original_is_said_with_its_remedy(reader: Client, taken_in: Path) -> None:
    (taken_in / "a.txt").write_text(TWO, encoding="utf-8")
    ingest(taken_in)
    article = Article.objects.get()
    SourceFile.objects.update(sha256="0" * 64)
    response = reader.get(f"/articles/{article.uid}/source/")
    assert response.status_code == 503
    assert "النسخة الاحتياطية" in response.content.decode()
    assert reader.get(f"/articles/{article.uid}/").status_code == 200


@pytest.fixture
def sample(taken_in: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "sample"
    call_command("load_names", str(folder / "names.toml"))
    ingest(folder / "raw")


def test_every_rule_of_the_sample_has_words(sample: None) -> None:
    known = {*FIELD_RULES, *ENCODING_RULES}
    assert set(Evidence.objects.values_list("rule", flat=True)) <= known
    assert set(SourceFile.objects.values_list("encoding_rule", flat=True)) <= known


def test_two_articles_of_a_file_lead_to_each_other(reader: Client, sample: None) -> None:
    first, second = Article.objects.filter(source__name__endswith="page_7040.txt").order_by("ordinal")
    page = reader.get(f"/articles/{first.uid}/source/").content.decode()
    assert "من مقال آخر:" in page
    assert second.get_absolute_url() in page
    assert second.get_absolute_url() in reader.get(first.get_absolute_url()).content.decode()


def test_every_article_of_the_sample_can_be_read_with_its_source(reader: Client, sample: None) -> None:
    for article in Article.objects.all():
        assert reader.get(article.get_absolute_url(), {"evidence": "1"}).status_code == 200
        assert reader.get(f"/articles/{article.uid}/source/").status_code == 200


def test_what_was_left_out_of_a_plain_text_stands_in_its_place(reader: Client, sample: None) -> None:
    article = Article.objects.get(source__name__endswith="2015-11-22_book-fair.txt")
    page = reader.get(article.get_absolute_url()).content.decode()
    assert page.index("افتُتحت أمس") < page.index("مقالات ذات صلة")
    assert "مقالات ذات صلة" not in article.body


def test_hints_of_a_date_are_marked_in_the_source_and_not_beside_the_article(
    reader: Client, taken_in: Path
) -> None:
    story = TWO.replace("أمس", "في 12 يونيو 2014")
    (taken_in / "a.txt").write_text(story, encoding="utf-8")
    ingest(taken_in)
    article = Article.objects.get()
    page = reader.get(f"/articles/{article.uid}/source/", {"lang": "en"}).content.decode()
    assert re.search(r'<span class="ev dotted">12 يونيو 2014<sup>\w+</sup></span>', page)
    assert "from 12 June 2014 on" in page
    assert "Hint of the date" not in reader.get(article.get_absolute_url(), {"lang": "en"}).content.decode()
