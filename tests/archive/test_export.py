"""Exports say what the archive knows, in the shape that each program reads, and nothing it does not know."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from archive.export import FIELDS, ExportFormat, export_article
from archive.export.citations import latex
from archive.models import Article
from tests.archive.builders import BODY, take_in

FULL = {
    "id": "7",
    "title": "عنوان فيه 50% و{قوسان}",
    "subtitle": "عنوان فرعي",
    "outlet": "صحيفة الضفاف",
    "author": "ليلى منصور",
    "published": "2015-11-21T21:59",
    "url": "https://example.org/a_b?c=1&d=2",
    "section": "سياسة",
    "language": "ar",
}


@pytest.fixture
def articles(archive_folder: Path, tmp_path: Path) -> list[Article]:
    return take_in(tmp_path / "in", FULL, {"body": f"{BODY} بلا شيء"})


def export(*arguments: str) -> str:
    out = StringIO()
    call_command("export", *arguments, stdout=out)
    return out.getvalue()


def test_json_lines_have_the_fixed_fields(articles: list[Article]) -> None:
    full, bare = (json.loads(line) for line in export().splitlines())
    assert tuple(full) == FIELDS == tuple(bare)
    assert {
        name: full[name] for name in ("external_id", "title", "outlet", "authors", "published", "section")
    } == {
        "external_id": "7",
        "title": FULL["title"],
        "outlet": "صحيفة الضفاف",
        "authors": ["ليلى منصور"],
        "published": "2015-11-21T21:59",
        "section": "سياسة",
    }
    assert full["source_start"] == 0 < full["source_end"] <= bare["source_start"]


def test_what_is_not_known_is_null(articles: list[Article]) -> None:
    bare = json.loads(export().splitlines()[1])
    unknown = ("title", "subtitle", "outlet", "place", "section", "url", "published", "published_raw")
    assert [bare[name] for name in unknown] == [None] * len(unknown)
    assert (bare["title_origin"], bare["agencies"], bare["authors"]) == ("derived", [], [])


def test_csv_opens_in_a_spreadsheet(articles: list[Article]) -> None:
    text = export("--format", "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == [FULL["title"], ""]
    assert rows[1]["published"] == ""


def test_csv_never_runs_what_an_article_says(archive_folder: Path, tmp_path: Path) -> None:
    (article,) = take_in(tmp_path / "in", {"title": "=HYPERLINK(1)"})
    (row,) = csv.DictReader(StringIO(export_article(article, ExportFormat.CSV).removeprefix("\ufeff")))
    assert row["title"] == "'=HYPERLINK(1)"


def test_ris_is_a_newspaper_article(articles: list[Article]) -> None:
    lines = export_article(articles[0], ExportFormat.RIS).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    for line in ("AU  - ليلى منصور", "T2  - صحيفة الضفاف", "PY  - 2015", "DA  - 2015/11/21/", "SE  - سياسة"):
        assert line in lines


@pytest.mark.parametrize(
    ("published", "written"),
    [("2015", "DA  - 2015///"), ("2015-11", "DA  - 2015/11//"), ("2015-11-21", "DA  - 2015/11/21/")],
)
def test_ris_date_stops_at_its_precision(
    archive_folder: Path, tmp_path: Path, published: str, written: str
) -> None:
    (article,) = take_in(tmp_path / "in", {"published": published})
    assert written in export_article(article, ExportFormat.RIS).split("\r\n")


def test_bibtex_has_an_ascii_key_and_escaped_values(articles: list[Article]) -> None:
    text = export_article(articles[0], ExportFormat.BIBTEX)
    assert text.startswith(f"@article{{arshif-{articles[0].uid},\n")
    assert r"title = {{عنوان فيه 50\% و\{قوسان\}}}" in text
    assert "url = {https://example.org/a_b?c=1&d=2}" in text
    assert "  year = {2015},\n  date = {2015-11-21},\n" in text
    assert text.endswith("  month = nov,\n}\n")


def test_bibtex_of_an_unknown_outlet_is_no_article_of_a_paper(articles: list[Article]) -> None:
    text = export_article(articles[1], ExportFormat.BIBTEX)
    assert text.startswith("@misc{arshif-")
    assert "journal" not in text


def test_latex_signs_are_harmless() -> None:
    assert latex("a_b & c\\d\n{e}") == r"a\_b \& c\textbackslash{}d \{e\}"


def test_csl_is_one_list_of_newspaper_articles(articles: list[Article]) -> None:
    full, bare = json.loads(export("--format", "csl"))
    assert full["type"] == bare["type"] == "article-newspaper"
    assert full["issued"] == {"date-parts": [[2015, 11, 21]]}
    assert full["author"] == [{"literal": "ليلى منصور"}]
    assert full["container-title"] == "صحيفة الضفاف"


@pytest.mark.parametrize("export_format", ["ris", "bibtex", "csl"])
def test_undated_stays_undated(articles: list[Article], export_format: str) -> None:
    text = export_article(articles[1], ExportFormat(export_format))
    assert not any(tag in text for tag in ("PY  -", "DA  -", "year =", "date =", "issued"))


def test_permalink_stands_in_where_no_address_is_printed(articles: list[Article]) -> None:
    link = "https://archive.example/articles/x/"
    assert f"UR  - {FULL['url']}" in export_article(articles[0], ExportFormat.RIS, link)
    assert f"UR  - {link}" in export_article(articles[1], ExportFormat.RIS, link)


def test_withdrawn_article_is_not_exported(articles: list[Article]) -> None:
    Article.objects.filter(pk=articles[0].pk).update(status=Article.Status.WITHDRAWN)
    assert len(export().splitlines()) == 1


def test_export_of_nothing_is_empty(archive_folder: Path) -> None:
    assert export() == ""
    assert json.loads(export("--format", "csl")) == []


def test_export_goes_to_a_file(articles: list[Article], tmp_path: Path) -> None:
    call_command("export", "--out", str(tmp_path / "out.jsonl"), stderr=StringIO())
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == export()
