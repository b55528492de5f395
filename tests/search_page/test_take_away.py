"""Results are taken away whole, and the programs of other people read them as the archive wrote them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from archive.export import ExportFormat
from archive.export.about import no_address
from archive.export.files import file_pieces
from archive.models import Article
from search import views_export
from search.forms import parse_address
from search.service import search
from search.taking import take
from search.turns import TurnLost, Turns
from search.types import Level, SearchRequest, Sort

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_archive")]

QUERY = "السد"
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="ar">
  <info><title>Titles, papers and days</title><id>titles-papers-days</id>
    <updated>2026-11-22T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><group delimiter=" | ">
    <names variable="author"/><text variable="title"/><text variable="container-title"/>
    <date variable="issued"><date-part name="year"/><date-part name="month" form="numeric" prefix="-"/>
      <date-part name="day" prefix="-"/></date>
  </group></layout></bibliography>
</style>"""
FORMS = tuple(views_export.TAKEN_FORMS)
Rows = list[dict[str, Any]]


@pytest.fixture
def reader() -> Client:
    return Client()


def fetched(reader: Client, form: str, **parameters: str) -> bytes:
    response = reader.get(f"/search/export.{form}", parameters)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    hang_up(response)
    return content


def hang_up(response: Any) -> None:
    """End an answer, and keep the connection to the database, which is the test's."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def read_csv(content: bytes) -> Rows:
    assert content.startswith(b"\xef\xbb\xbf")
    csv.field_size_limit(10**9)
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_bibtex(content: bytes) -> Rows:
    library = parse_string(content.decode())
    assert not library.failed_blocks
    return [{"title": str(entry.fields_dict["title"].value), "key": entry.key} for entry in library.entries]


def read_zip(content: bytes) -> Rows:
    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        rows = read_csv(file.read("index.csv"))
        assert {row["file"] for row in rows} == {name for name in file.namelist() if name.endswith("txt")} - {
            "about.txt"
        }
        return [{**row, "text": file.read(row["file"]).decode()} for row in rows]


READERS: dict[str, Callable[[bytes], Rows]] = {
    "csv": read_csv,
    "jsonl": lambda content: [json.loads(line) for line in content.decode().splitlines()],
    "ris": lambda content: rispy.loads(content.decode()),
    "bib": read_bibtex,
    "csl.json": lambda content: json.loads(content),
    "zip": read_zip,
}


def titles(rows: Rows) -> list[str]:
    return [row["title"].strip("{}") for row in rows]


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(
    "parameters", [{}, {"q": QUERY}, {"q": QUERY, "sort": "oldest"}, {"year": "2015"}], ids=str
)
def test_every_result_is_in_the_file_and_comes_in_the_order_of_the_page(
    reader: Client, form: str, parameters: dict[str, str]
) -> None:
    request = parse_address(reader.get("/search/", parameters).wsgi_request.GET).request
    found = _all_pages(request)
    rows = READERS[form](fetched(reader, form, **parameters))
    assert len(rows) == len(found) > 0
    if form not in {"csv", "jsonl", "zip"}:
        assert [_plain(title) for title in titles(rows)] == [
            _plain(article.display_title) for article in found
        ]
    else:
        assert [row["uid"] for row in rows] == [article.uid for article in found]


def _all_pages(request: SearchRequest) -> list[Article]:
    from dataclasses import replace

    first = search(replace(request, size=100))
    return [
        hit.article
        for page in range(1, first.pages + 1)
        for hit in search(replace(request, size=100, page=page)).hits
    ]


def _plain(title: str) -> str:
    return " ".join(title.replace("\\", "").split())


@settings(max_examples=25, deadline=None)
@given(
    words=st.lists(st.sampled_from(["السد", "الفيضان", "عن", "وزير", "مدينة", "لا-شيء"]), max_size=2),
    level=st.sampled_from([None, *Level]),
    years=st.lists(st.sampled_from(["2014", "2015", "2016", "unknown"]), max_size=2, unique=True),
    sort=st.sampled_from(Sort),
)
def test_the_file_counts_what_the_page_counts(
    words: list[str], level: Level | None, years: list[str], sort: Sort
) -> None:
    request = SearchRequest(" ".join(words), level=level, years=tuple(years), sort=sort)
    taken = take(request, ExportFormat.JSONL)
    lines = b"".join(file_pieces(taken.articles(), ExportFormat.JSONL, taken.about, no_address)).splitlines()
    assert len(lines) == taken.about.found == taken.about.rows == search(request).total


def test_arabic_is_intact(reader: Client) -> None:
    bodies = {article.uid: article.body for article in Article.objects.shown()}
    for form in ("csv", "jsonl"):
        assert {row["uid"]: row["body"] for row in READERS[form](fetched(reader, form))} == bodies
    texts = {row["uid"]: row["text"] for row in read_zip(fetched(reader, "zip"))}
    assert all(texts[uid].endswith(f"{body}\n") for uid, body in bodies.items())


def test_a_spreadsheet_keeps_every_cell_of_a_csv_file(reader: Client, tmp_path: Path) -> None:
    """openpyxl reads no CSV: what the file says is put into a workbook, as by a spreadsheet that opens it."""
    rows = list(csv.reader(StringIO(fetched(reader, "csv").decode("utf-8-sig"), newline="")))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "found.xlsx")
    opened = openpyxl.load_workbook(tmp_path / "found.xlsx").worksheets[0]
    read = [["" if cell is None else cell for cell in row] for row in opened.iter_rows(values_only=True)]
    assert read == rows
    assert all(cell.data_type != "f" for row in opened.iter_rows() for cell in row)
    assert len(read) == search(SearchRequest()).total + 1


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_each_row_says_its_search_and_its_place_among_all(reader: Client, form: str) -> None:
    rows = READERS[form](fetched(reader, form, q=QUERY))
    assert {row["search"].split(" · ")[0] for row in rows} == {QUERY}
    assert [int(row["row"]) for row in rows] == list(range(1, len(rows) + 1))
    assert {int(row["rows"]) for row in rows} == {len(rows)}
    assert len({row["taken_at"] for row in rows}) == 1
    assert all(row["permalink"] == f"http://testserver/articles/{row['uid']}/" for row in rows)


@pytest.mark.parametrize("form", ["ris", "bib"])
def test_head_and_end_say_the_search_and_the_count(reader: Client, form: str) -> None:
    lines = fetched(reader, form, q=QUERY).decode().strip().splitlines()
    count = len(READERS[form](fetched(reader, form, q=QUERY)))
    assert any(QUERY in line for line in lines[:3])
    assert f"{count} of {count}" in lines[-1]


def test_keys_of_bibtex_are_ascii_and_unique(reader: Client) -> None:
    keys = [row["key"] for row in read_bibtex(fetched(reader, "bib"))]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() for key in keys)


# `custom` is of CSL-JSON 1.0.2; citeproc-py passes over it and says so
@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported. custom$")
def test_a_citation_processor_cites_what_it_is_given(reader: Client) -> None:
    items = json.loads(fetched(reader, "csl.json", q=QUERY))
    source = CiteProcJSON(items)
    style = CitationStylesStyle(BytesIO(STYLE.encode()), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    cited = [str(entry) for entry in bibliography.bibliography()]
    assert len(cited) == len(items)
    for item, entry in zip(items, cited, strict=True):
        day = "-".join(str(part) for part in item.get("issued", {"date-parts": [[]]})["date-parts"][0])
        known = (item["title"], item.get("container-title", ""), day)
        assert all(part in entry for part in known), (known, entry)


def test_pdf_holds_the_set_behind_a_page_that_says_what_it_is(reader: Client) -> None:
    found = PdfReader(BytesIO(fetched(reader, "pdf", q=QUERY)))
    articles = _all_pages(SearchRequest(QUERY))
    front = found.pages[0].extract_text()
    assert QUERY in front.splitlines()
    assert f"المقالات: {len(articles)}" in front
    assert [entry.title for entry in found.outline] == [article.display_title for article in articles]  # type: ignore[union-attr]
    assert f"وعدد مقالاتها: {len(articles)}" in found.pages[-1].extract_text()


@pytest.fixture
def three_in_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF holds three articles, and a menu offers two of its parts."""
    for module in ("search.taking", "search.templatetags.taking"):
        monkeypatch.setattr(f"{module}.MOST_IN_PDF", 3)
    monkeypatch.setattr("search.templatetags.taking.MOST_PARTS", 2)


@pytest.mark.usefixtures("three_in_a_pdf")
def test_a_large_set_comes_in_parts_of_pdf_which_say_what_they_hold(reader: Client) -> None:
    total = search(SearchRequest()).total
    page = reader.get("/search/").content.decode()
    for part, said in ((1, "من 1 إلى 3"), (2, "من 4 إلى 6")):
        assert f"/search/export.pdf?part={part}" in page
        assert said in page
        found = PdfReader(BytesIO(fetched(reader, "pdf", part=str(part))))
        wanted = search(SearchRequest(sort=Sort.NEWEST, size=3, page=part)).hits
        assert [entry.title for entry in found.outline] == [hit.article.display_title for hit in wanted]  # type: ignore[union-attr]
        front = found.pages[0].extract_text()
        assert (f"أول 3 من {total}" if part == 1 else f"من 4 إلى 6 من {total}") in front
        assert f"الصيغ الأخرى تضمّها كلها وهي {total}" in found.pages[-1].extract_text()
    assert "part=3" not in page
    assert "ضيّق البحث" in page


@pytest.mark.usefixtures("three_in_a_pdf")
@pytest.mark.parametrize("part", ["0", "-1", "x", "", "9" * 30])
def test_a_part_that_is_none_is_the_first(reader: Client, part: str) -> None:
    assert len(PdfReader(BytesIO(fetched(reader, "pdf", part=part))).outline) == 3


@pytest.mark.usefixtures("three_in_a_pdf")
def test_the_parts_are_the_whole(reader: Client) -> None:
    parts = -(-search(SearchRequest(QUERY)).total // 3)
    files = [fetched(reader, "pdf", q=QUERY, part=str(part)) for part in range(1, parts + 1)]
    titles = [entry.title for file in files for entry in PdfReader(BytesIO(file)).outline]  # type: ignore[union-attr]
    assert titles == [article.display_title for article in _all_pages(SearchRequest(QUERY))]
    assert fetched(reader, "pdf", q=QUERY, part="99")[-2_000:-1_500] == files[-1][-2_000:-1_500]


@pytest.mark.usefixtures("three_in_a_pdf")
def test_the_command_says_what_a_pdf_leaves_out(tmp_path: Path) -> None:
    said = StringIO()
    call_command("export", "--format", "pdf", "--out", str(tmp_path / "out.pdf"), stderr=said)
    assert f"first 3 of {search(SearchRequest()).total} articles" in said.getvalue()


def test_withdrawn_articles_are_in_no_file(reader: Client) -> None:
    withdrawn = search(SearchRequest(QUERY)).hits[0].article
    Article.objects.filter(pk=withdrawn.pk).update(status=Article.Status.WITHDRAWN)
    for form in FORMS:
        assert withdrawn.uid.encode() not in fetched(reader, form, q=QUERY)
    assert withdrawn.uid not in {row["uid"] for row in read_csv(fetched(reader, "csv"))}


def test_a_zip_that_was_cut_off_does_not_open(reader: Client) -> None:
    content = fetched(reader, "zip")
    with pytest.raises(Exception, match="not a zip file"):
        ZipFile(BytesIO(content[: len(content) * 9 // 10]))


def test_the_name_of_the_file_says_the_search_and_the_day(reader: Client) -> None:
    response = reader.head("/search/export.csv", {"q": 'وزير "النفط" 2015'})
    named = response.headers["Content-Disposition"]
    assert named.isascii()
    assert 'filename="arshif-wzyr-alnft-2015-' in named
    assert "filename*=UTF-8''arshif-%D9%88%D8%B2%D9%8A%D8%B1-" in named
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_second_set_waits_for_the_first(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_export, "_turns", Turns())
    first = reader.get("/search/export.csv")
    second = reader.get("/search/export.csv", {"q": QUERY})
    assert second.status_code == 503
    assert second.headers["Retry-After"]
    assert "/search/export.csv?q=" in second.content.decode()
    hang_up(first)
    assert fetched(reader, "csv", q=QUERY)


def test_who_stands_still_loses_the_turn(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_export, "_turns", Turns(stalled_after=0.0))
    first = reader.get("/search/export.csv")
    assert fetched(reader, "csv", q=QUERY)
    with pytest.raises(TurnLost):
        b"".join(first.streaming_content)  # type: ignore[attr-defined]
    hang_up(first)


@pytest.mark.parametrize("form", FORMS)
def test_files_are_in_the_language_of_the_reader(reader: Client, form: str) -> None:
    reader.cookies["lang"] = "en"
    content = fetched(reader, form, q=QUERY, year="2015")
    if form == "pdf":
        content = PdfReader(BytesIO(content)).pages[0].extract_text().encode()
    if form == "zip":
        content = ZipFile(BytesIO(content)).read("about.txt")
    assert b"Year: 2015" in content


def test_the_menu_offers_every_form_of_the_same_search(reader: Client) -> None:
    page = reader.get("/search/", {"q": QUERY, "year": "2015", "page": "1", "size": "5"}).content.decode()
    for form in FORMS:
        assert f'/search/export.{form}?q=%D8%A7%D9%84%D8%B3%D8%AF&amp;year=2015"' in page


@pytest.mark.parametrize("chosen", [known.value for known in ExportFormat])
def test_the_command_writes_the_same_sets(tmp_path: Path, chosen: str) -> None:
    out = tmp_path / f"out.{chosen}"
    call_command("export", "--about", "--format", chosen, "--out", str(out), QUERY, stderr=StringIO())
    readers = {**READERS, "bibtex": read_bibtex, "csl": READERS["csl.json"]}
    if chosen == "pdf":
        count = len(PdfReader(out).outline)
    else:
        count = len(readers[chosen](out.read_bytes()))
    assert count == search(SearchRequest(QUERY)).total > 0
