"""The rest of the desk in a real browser: a selection at once, spreadsheets, names, withdrawn articles, runs,
history, roles, health; in Arabic and in English."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tablib
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from archive.models import Act, Agency, Article, Author, IngestOutcome, IngestRun
from archive.services.articles import Names, curate_article
from search.roles import Role
from search.upkeep import flush
from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., "Page"]
Desk = Callable[..., "Page"]
IN_BOTH = pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.long)])
SUBMIT = "#content-main form [type=submit]"
BODY = "افتتح رئيس البلدية صباح أمس سوق الخضار الجديد في وسط المدينة بعد عامين من العمل المتواصل."


@pytest.fixture
def desk(live_server: object, open_page: OpenPage, settings: Any, tmp_path: Path) -> Desk:
    """Open the site over the sample as somebody of a role; as a reader without an account for None."""
    settings.ARSHIF_CHECK_FILE = tmp_path / "check.json"
    settings.ARSHIF_UPLOAD_DIR = tmp_path / "uploads"
    load_sample()

    def opened(role: Role | None = Role.ADMINISTRATOR) -> Page:
        page = open_page()
        page.goto("/healthz")
        if role is not None:
            user, made = User.objects.get_or_create(username=role.value, is_staff=True)
            if made:
                user.groups.add(Group.objects.get(name=role.value))
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])
        return page

    return opened


def press(page: Page, selector: str) -> None:
    """Press what leads to another page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def take_back(page: Page) -> None:
    """Take the last act back from its page, after seeing what goes back."""
    act = Act.objects.latest("pk")
    page.goto(f"/admin/archive/act/{act.pk}/change/")
    press(page, f"a[href$='/{act.pk}/undo/']")
    press(page, SUBMIT)
    assert Act.objects.latest("pk").undoes == act


def choose(page: Page, model: str, keys: list[int], action: str) -> None:
    """Mark rows of a list and choose an action."""
    for key in keys:
        page.check(f".action-select[value='{key}']")
    page.select_option("[name=action]", action)
    press(page, "button[name=index]")


@IN_BOTH
def test_marked_articles_are_dated_as_printed_after_a_preview_and_set_back(desk: Desk, language: str) -> None:
    from playwright.sync_api import expect

    page = desk(Role.CURATOR)
    page.goto(f"/admin/archive/article/?lang={language}")
    keys = [int(box.get_attribute("value") or "") for box in page.locator(".action-select").all()[:3]]
    before = dict(Article.objects.values_list("pk", "published"))
    choose(page, "article", keys, "change_many")
    page.fill("#id_date", "٩ صفر ١٤٣٧")
    said = {"ar": "السبت 21 نوفمبر 2015", "en": "Saturday 21 November 2015"}[language]
    expect(page.locator("#id_date_helptext")).to_contain_text(said)
    press(page, "[name=preview]")
    assert "2015-11-21" in page.inner_text(".desk-changes")
    assert dict(Article.objects.values_list("pk", "published")) == before
    press(page, "[name=confirm]")
    assert {article.published_iso for article in Article.objects.filter(pk__in=keys)} == {"2015-11-21"}
    take_back(page)
    assert dict(Article.objects.values_list("pk", "published")) == before


def rows_of(sheet: bytes, form: str) -> list[dict[str, Any]]:
    if form == "csv":
        return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
    loaded: list[dict[str, Any]] = tablib.Dataset().load(sheet, format="xlsx").dict
    return [{name: "" if value is None else value for name, value in row.items()} for row in loaded]


def sheet_of(rows: list[dict[str, Any]], form: str) -> bytes:
    sheet = tablib.Dataset(*(list(row.values()) for row in rows), headers=list(rows[0]))
    written = sheet.export(form)
    return written.encode("utf-8-sig") if isinstance(written, str) else written


@IN_BOTH
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_spreadsheet_is_edited_and_brought_back_after_its_difference_was_shown(
    desk: Desk, form: str, language: str
) -> None:
    page = desk(Role.CURATOR)
    page.goto(f"/admin/found/?q=السد&lang={language}")
    with page.expect_download() as fetched:
        page.click(f"a[href*='sheet.{form}']")
    rows = rows_of(fetched.value.path().read_bytes(), form)
    rows[0]["section"], rows[1]["outlet"] = "مياه", "جريدة لا يعرفها أحد"
    first = Article.objects.get(uid=rows[0]["uid"])
    page.goto("/admin/archive/act/import/")
    buffer = sheet_of(rows, form)
    page.set_input_files("[type=file]", {"name": f"e.{form}", "mimeType": "text/csv", "buffer": buffer})
    press(page, SUBMIT)
    shown = page.locator(".desk-changes tbody tr")
    assert shown.count() == 1
    assert "مياه" in shown.inner_text()
    assert rows[1]["uid"] in page.inner_text(".desk-said")
    assert Article.objects.get(pk=first.pk).section == first.section
    press(page, "[name=confirm]")
    assert Article.objects.get(pk=first.pk).section == "مياه"
    take_back(page)
    assert Article.objects.get(pk=first.pk).section == first.section


@IN_BOTH
@pytest.mark.parametrize("model", [Agency, Author], ids=["agencies", "authors"])
def test_names_are_merged_and_parted_again(
    desk: Desk, model: type[Agency] | type[Author], language: str
) -> None:
    page, article = desk(Role.CURATOR), Article.objects.shown().first()
    assert article is not None
    kind = model._meta.model_name or ""
    made = [model(name=f"وكالة الشراع {n}", **({"slug": f"s{n}"} if model is Agency else {})) for n in (1, 2)]
    for named in made:
        named.save()
    borne: list[Any] = [made[1]]
    names = Names(agencies=borne) if model is Agency else Names(authors=borne)
    curate_article(article=article, fields=[], names=names, curator=User.objects.get())
    page.goto(f"/admin/archive/{kind}/?lang={language}")
    choose(page, kind, [named.pk for named in made], "merge")
    page.check(f"[name=into][value='{made[0].pk}']")
    press(page, SUBMIT)
    held = {Agency: article.agencies, Author: article.authors}[model]
    assert list(held.values_list("name", flat=True)) == [made[0].name]
    assert made[1].name in model.objects.get(pk=made[0].pk).aliases
    take_back(page)
    assert list(held.values_list("name", flat=True)) == [made[1].name]


@IN_BOTH
def test_withdrawn_article_leaves_a_tombstone_and_comes_back(desk: Desk, language: str) -> None:
    page, reader = desk(), desk(None)
    article = Article.objects.shown().exclude(title="").order_by("pk")[0]
    page.goto(f"/admin/?lang={language}")
    page.goto(f"/admin/archive/article/?q={article.uid}")
    choose(page, "article", [article.pk], "change_many")
    page.select_option("[name=status]", "withdrawn")
    page.fill("[name=reason]", "بطلب من الصحيفة")
    press(page, "[name=preview]")
    press(page, "[name=confirm]")
    answer = reader.goto(f"/articles/{article.uid}/?lang={language}")
    assert answer is not None
    assert answer.status == 410
    assert "بطلب من الصحيفة" in reader.inner_text("main")
    assert article.title not in reader.inner_text("body")
    original = reader.goto(f"/articles/{article.uid}/source/")
    assert original is not None
    assert original.status == 410
    kept = page.goto(f"/articles/{article.uid}/source/")
    assert kept is not None
    assert kept.status == 200
    assert article.title in page.inner_text("main")
    take_back(page)
    again = reader.goto(f"/articles/{article.uid}/")
    assert again is not None
    assert again.status == 200


@IN_BOTH
def test_file_is_set_aside_read_again_otherwise_and_its_run_taken_back(desk: Desk, language: str) -> None:
    page = desk()
    page.goto(f"/admin/archive/ingestrun/upload/?lang={language}")
    record = json.dumps({"text": BODY}, ensure_ascii=False).encode()
    page.set_input_files("[type=file]", {"name": "b.jsonl", "mimeType": "text/plain", "buffer": record})
    press(page, SUBMIT)
    outcome = IngestOutcome.objects.get(name="b.jsonl", record=None)
    assert outcome.reason in page.inner_text("#content-main")
    press(page, "a[href*='/retry/']")
    page.fill("[name=mapping]", "text=body")
    press(page, SUBMIT)
    run = IngestRun.objects.latest("pk")
    article = Article.objects.get(source__first_run=run)
    assert article.body == BODY
    page.goto(f"/admin/archive/ingestrun/{run.pk}/change/")
    press(page, ".object-tools a[href*='/undo/']")
    assert Article.objects.shown().filter(pk=article.pk).exists()
    press(page, SUBMIT)
    assert not Article.objects.shown().filter(pk=article.pk).exists()
    assert IngestRun.objects.get(pk=run.pk).status == "undone"


@IN_BOTH
def test_history_says_from_what_to_what_and_sets_one_field_back(desk: Desk, language: str) -> None:
    page = desk(Role.CURATOR)
    article = Article.objects.shown().exclude(title="").order_by("pk")[0]
    printed, article.title, article.section = article.title, "عنوان مصحَّح", "محليات"
    curate_article(article=article, fields=["title", "section"], curator=User.objects.get())
    page.goto(f"/admin/archive/article/{article.pk}/history/?lang={language}")
    row = page.locator(".desk-changes tr", has_text="عنوان مصحَّح")
    assert printed in row.inner_text()
    assert Role.CURATOR.value in row.inner_text()
    with page.expect_navigation():
        row.locator("button").click()
    held = Article.objects.get(pk=article.pk)
    assert (held.title, held.section) == (printed, "محليات")
    page.goto("/admin/archive/act/")
    assert page.locator("#result_list tbody tr").count() == 2


@IN_BOTH
def test_each_role_is_shown_what_it_may_do(desk: Desk, language: str) -> None:
    run = IngestRun.objects.get()
    undoing = f".object-tools a[href$='/ingestrun/{run.pk}/undo/']"
    for role, may in ((Role.CURATOR, 0), (Role.ADMINISTRATOR, 1)):
        page = desk(role)
        page.goto(f"/admin/?lang={language}")
        assert page.locator(".desk-ways a[href$='/admin/queue/']").count() == 1
        page.goto(f"/admin/archive/ingestrun/{run.pk}/change/")
        assert page.locator(undoing).count() == may
    for no_curator in (Role.READER, None):
        page = desk(no_curator)
        page.goto(f"/search/?q=السد&lang={language}")
        assert page.locator("a[href*='/admin/found/']").count() == 0
        answer = page.goto("/admin/queue/")
        assert answer is not None
        assert "/login/" in page.url or answer.status == 403


@IN_BOTH
def test_health_says_what_to_do_until_all_is_well(desk: Desk, language: str) -> None:
    page, article = desk(Role.CURATOR), Article.objects.shown().first()
    assert article is not None
    article.section = "محليات"
    curate_article(article=article, fields=["section"], curator=User.objects.get())
    page.goto(f"/admin/health/?lang={language}")
    assert "check_archive" in page.inner_text(".desk-said")
    flush()
    call_command("check_archive", verbosity=0)
    page.reload()
    said = {"ar": "لا شيء", "en": "Nothing: all is as it should be."}[language]
    assert said in page.inner_text("#content-main")
