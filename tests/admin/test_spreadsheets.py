"""Spreadsheets: articles out, edited, and back after every difference was shown; nothing else comes in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from archive.export.sheets import COLUMNS, FORMULA, read_back, written
from archive.models import Act, Agency, Article, Author, Outlet
from archive.services.articles import locked_fields
from search.roles import Role
from tests.admin.test_admin import articles as _articles
from tests.admin.test_taking_in import client_of

articles = _articles
pytestmark = pytest.mark.django_db
LIST = reverse("admin:archive_article_changelist")
IMPORT = reverse("admin:archive_act_import")
Rows = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    settings.ARSHIF_UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def desk() -> Client:
    return client_of(Role.CURATOR)


def exported(desk: Client, form: str, *chosen: Article) -> bytes:
    asked = {"action": f"sheet_{form}", "_selected_action": [str(one.pk) for one in chosen], "index": "0"}
    answer = desk.post(LIST, asked)
    assert f".{form}" in answer.headers["Content-Disposition"]
    return bytes(answer.content)


def edited(sheet: bytes, form: str, change: Callable[[Rows], None]) -> bytes:
    """The sheet as a program for spreadsheets would write it after somebody changed its rows."""
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
        change(rows)
        out = io.StringIO()
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode("utf-8-sig")
    dataset = tablib.Dataset().load(sheet, format="xlsx")
    changed: Rows = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
    change(changed)
    made = tablib.Dataset(*[list(row.values()) for row in changed], headers=list(changed[0]))
    return bytes(made.export("xlsx"))


def bring(desk: Client, sheet: bytes, form: str = "csv") -> Any:
    return desk.post(IMPORT, {"sheet": SimpleUploadedFile(f"edited.{form}", sheet)})


def agree(desk: Client, shown: Any) -> Any:
    return desk.post(IMPORT, {"confirm": "1", "mark": shown.context["plan"].mark}, follow=True)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_round_trip_changes_what_was_edited_and_nothing_else(
    desk: Client, articles: list[Article], form: str
) -> None:
    agency = Agency.objects.create(slug="anba", name="أنباء", aliases=["وكالة أنباء"])
    other = Outlet.objects.create(slug="diwan", name="الديوان")
    before = {one.pk: one.title for one in articles}

    def change(rows: Rows) -> None:
        assert list(rows[0]) == list(COLUMNS)
        rows.sort(key=lambda row: str(row["uid"]))
        rows[1].update(title="عنوان صحيح", outlet="الديوان", agencies="وكالة أنباء", published="2014-03")
        rows[2].update(section="رياضة", tags="كأس؛ دوري", status="published")

    shown = bring(desk, edited(exported(desk, form, *articles[:4]), form, change), form)
    plan = shown.context["plan"]
    assert (len(plan.changed), plan.unchanged, plan.refused) == (2, 2, ())
    assert Act.objects.count() == 0
    agree(desk, shown)
    act = Act.objects.get()
    assert (act.kind, act.articles, act.note) == ("spreadsheet", 2, f"edited.{form}")
    first, second = (Article.objects.get(pk=articles[place].pk) for place in (1, 2))
    assert (first.title, first.title_origin, first.outlet) == ("عنوان صحيح", "curated", other)
    assert (list(first.agencies.all()), first.published_iso) == ([agency], "2014-03")
    assert locked_fields(article=first) == {"title", "outlet", "agency", "published"}
    assert (second.section, second.status) == ("رياضة", "published")
    assert set(second.tags.values_list("name", flat=True)) == {"كأس", "دوري"}
    untouched = Article.objects.exclude(pk__in=[first.pk, second.pk])
    assert all(one.title == before[one.pk] for one in untouched)
    desk.post(reverse("admin:archive_act_undo", args=[act.pk]))
    assert {one.pk: one.title for one in Article.objects.all()} == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_sheet_that_was_not_edited_changes_nothing(desk: Client, articles: list[Article], form: str) -> None:
    Article.objects.filter(pk=articles[0].pk).update(title="=1+1", place="'=x", section="  فراغ ")
    Article.objects.filter(pk=articles[1].pk).update(title="+\u0007جرس", subtitle="سطر\nوسطر")
    shown = bring(desk, edited(exported(desk, form, *articles), form, lambda _rows: None), form)
    assert shown.context["plan"].changed == ()
    assert shown.context["plan"].refused == ()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"outlet": "لا أحد"}, "is not known", id="unknown outlet"),
        pytest.param({"authors": "لا أحد"}, "is not known", id="unknown author"),
        pytest.param({"published": "2015-13"}, "Months run from 1 to 12", id="no month"),
        pytest.param({"status": "withdrawn"}, "use the list of articles", id="withdrawn"),
        pytest.param({"section": "أ" * 201}, "200", id="too long"),
        pytest.param({"uid": "0" * 16}, "No article has this UID", id="no such article"),
    ],
)
def test_row_that_cannot_be_taken_is_left_out_with_the_reason(
    desk: Client, articles: list[Article], changed: dict[str, str], says: str
) -> None:
    def change(rows: Rows) -> None:
        rows[0].update(changed)
        rows[1].update(section="رياضة")

    shown = bring(desk, edited(exported(desk, "csv", *articles[:3]), "csv", change))
    plan = shown.context["plan"]
    assert [(row.line, says in row.reason) for row in plan.refused] == [(2, True)]
    assert len(plan.changed) == 1
    agree(desk, shown)
    assert Article.objects.filter(section="رياضة").count() == 1
    assert not Author.objects.filter(name="لا أحد").exists()


def test_row_of_an_article_that_was_changed_meanwhile_is_left_out_and_listed(
    desk: Client, articles: list[Article]
) -> None:
    sheet = exported(desk, "csv", *articles[:2])
    Article.objects.filter(pk=articles[0].pk).update(place="دمشق")

    def change(rows: Rows) -> None:
        for row in rows:
            row.update(section="رياضة")

    shown = bring(desk, edited(sheet, "csv", change))
    assert [row.uid for row in shown.context["plan"].refused] == [articles[0].uid]
    assert "changed since it was exported" in shown.content.decode()
    Article.objects.filter(pk=articles[1].pk).update(place="حلب")
    assert "look again" in agree(desk, shown).content.decode()
    assert not Article.objects.filter(section="رياضة").exists()


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        pytest.param(b"a,b\n1,2\n", "The column uid is missing", id="other columns"),
        pytest.param(b"uid,version,version2\n", "There is no row", id="no row"),
        pytest.param(b"\xff\xfe\x00\x01", "cannot be read as a spreadsheet", id="no text"),
        pytest.param(b"PK\x03\x04 broken", "The column uid is missing", id="broken zip"),
    ],
)
def test_file_that_is_no_sheet_of_ours_is_explained(desk: Client, sheet: bytes, says: str) -> None:
    page = bring(desk, sheet).content.decode()
    assert says in page or "There is no row" in page


def test_packed_sheet_that_would_fill_the_memory_is_refused(desk: Client) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/big.xml", "w") as member:
        for _number in range(201):
            member.write(b" " * (1 << 20))
    assert "unpacked" in bring(desk, bomb.getvalue(), "xlsx").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_a_source_is_a_formula(desk: Client, articles: list[Article], form: str) -> None:
    Article.objects.filter(pk=articles[0].pk).update(
        title='=HYPERLINK("http://example.test")', subtitle="@SUM(1)", place="-1+1", section="+1"
    )
    sheet = exported(desk, form, articles[0])
    if form == "csv":
        row = next(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
        values: list[Any] = list(row.values())
    else:
        book = openpyxl.load_workbook(io.BytesIO(sheet)).active
        assert book is not None
        values = [cell.value for cell in book[2]]
        assert all(cell.data_type != "f" for cell in book[2])
    assert not any(str(value or "").startswith(("=", "+", "-", "@")) for value in values)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs"))))
def test_what_is_written_is_read_back(text: str) -> None:
    assert not FORMULA.match(written(text)) or written(text).startswith("'")
    assert read_back(written(text)) == text


def test_whole_search_is_exported_only_to_curators() -> None:
    address = reverse("curation:found_sheet", args=["csv"])
    assert client_of(Role.READER).get(address).status_code in {302, 403}
    assert Client().get(address).status_code == 302
