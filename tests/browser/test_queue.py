"""The curators' queue in a real browser: every flow by keys and by forms, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from archive.models import Act, Article, ArticlePair, Evidence, Outlet
from archive.services.articles import locked_fields
from tests.search_page.sample import SAMPLE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]
Desk = Callable[..., "Page"]
IN_BOTH = pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.long)])
ARABIC_KEYS = "document.dispatchEvent(new KeyboardEvent('keydown', {code: '%s', key: '%s', bubbles: true}))"


@pytest.fixture
def sample(live_server: object) -> None:
    call_command("load_names", str(SAMPLE / "names.toml"), verbosity=0)
    folders = [str(SAMPLE / "raw" / name) for name in ("difaf", "double", "qandil", "exports")]
    call_command("ingest", *folders, no_index=True)


@pytest.fixture
def desk(open_page: OpenPage) -> Desk:
    """Open the desk as a curator; the session is made beside the browser, for the login has its own tests."""

    def opened(name: str = "amina", **options: object) -> Page:
        page = open_page(**options)
        user = User.objects.filter(username=name).first() or User.objects.create_superuser(name)
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        page.goto("/healthz")
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])
        return page

    return opened


def key_of(page: Page) -> int:
    """The number of the article, pair or file that a page shows."""
    return int(page.url.split("?")[0].rstrip("/").rpartition("/")[2])


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def go(page: Page, kind: str, language: str = "ar") -> int:
    page.goto(f"/admin/queue/{kind}/?lang={language}")
    return key_of(page)


def send(button: Locator) -> None:
    """Press a button that leads on, and wait for what it leads to: what it does is done then."""
    with button.page.expect_navigation():
        button.click()


@IN_BOTH
def test_articles_are_accepted_put_off_passed_and_taken_back_by_single_keys(
    sample: None, desk: Desk, language: str
) -> None:
    page = desk()
    first = go(page, "doubtful", language)
    assert page.locator("html").get_attribute("lang") == language
    press(page, "Enter")
    second = key_of(page)
    article = Article.objects.get(pk=first)
    assert article.status == "published"
    assert "title" in locked_fields(article=article)
    press(page, "j")
    third = key_of(page)
    press(page, "k")
    assert key_of(page) == second != third
    press(page, "s")
    assert key_of(page) == third
    press(page, "u")
    assert key_of(page) == first
    article.refresh_from_db()
    assert article.status == "in_review"
    assert locked_fields(article=article) == set()


def test_keys_go_by_position_and_write_while_a_field_has_the_focus(sample: None, desk: Desk) -> None:
    page = desk()
    first = go(page, "doubtful")
    page.keyboard.press("e")
    focused = page.evaluate("document.activeElement.closest('.field').classList.contains('weak')")
    assert focused
    page.keyboard.type("sjk")
    assert key_of(page) == first
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.evaluate(ARABIC_KEYS % ("KeyJ", "ت"))
    assert key_of(page) != first
    page.evaluate(ARABIC_KEYS % ("Slash", "؟"))
    assert page.locator("#all-keys").get_attribute("open") is not None


@IN_BOTH
def test_date_is_typed_as_printed_and_shown_in_both_calendars_before_it_is_saved(
    sample: None, desk: Desk, language: str
) -> None:
    from playwright.sync_api import expect

    page = desk()
    first = go(page, "undated", language)
    page.locator("#f-published").fill("الأحد ٢١ تشرين الثاني ٢٠١٥")
    said = {"ar": "السبت 21 نوفمبر 2015", "en": "Saturday 21 November 2015"}[language]
    note = page.locator("#f-published-n")
    expect(note).to_contain_text(said)
    page.locator("#f-published").fill("٩ صفر ١٤٣٧")
    expect(note).to_contain_text({"ar": "9 صفر 1437", "en": "9 Safar 1437"}[language])
    expect(note).to_contain_text(said)
    press(page, "Enter")
    kept = Article.objects.get(pk=first)
    assert (kept.published_iso, kept.published_raw, kept.published_calendar) == (
        "2015-11-21",
        "٩ صفر ١٤٣٧",
        "hijri",
    )
    assert {"published", "status"} <= locked_fields(article=kept)


@IN_BOTH
def test_suggestion_is_taken_by_its_number(sample: None, desk: Desk, language: str) -> None:
    page = desk()
    first = go(page, "outlet", language)
    offer = page.locator(".offer[data-field='f-outlet']").first
    name, number = offer.get_attribute("data-value"), offer.get_attribute("value")
    page.keyboard.press(str(number))
    assert page.locator("#f-outlet").input_value() == name
    press(page, "Enter")
    outlet = Article.objects.get(pk=first).outlet
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_unknown_outlet_is_refused_until_a_new_one_is_asked_for(
    sample: None, desk: Desk, script: bool
) -> None:
    page = desk(java_script_enabled=script)
    first = go(page, "outlet")
    page.locator("#f-outlet").fill("صحيفة النهر")
    send(page.locator("button.main"))
    assert key_of(page) == first
    assert page.locator("#f-outlet-n .says").count() == 1
    page.locator("#new-outlet").check()
    send(page.locator("button.main"))
    assert key_of(page) != first
    assert Outlet.objects.filter(name="صحيفة النهر", articles=first).exists()


def test_all_works_as_plain_forms(sample: None, desk: Desk) -> None:
    page = desk(java_script_enabled=False)
    first = go(page, "undated")
    page.locator("#f-published").fill("21 غشت 2015")
    send(page.locator("[value=read]"))
    assert "6 ذو القعدة 1436" in page.locator("#f-published-n").inner_text()
    page.locator("#f-published").press("Enter")
    assert Article.objects.get(pk=first).published_iso == "2015-08-21"
    send(page.locator("form.one-button button"))
    assert Article.objects.get(pk=first).published is None
    assert key_of(page) == first
    send(page.locator("[value=later]"))
    assert key_of(page) != first
    other = go(page, "outlet")
    name = page.locator(".offer").first.locator(".value").inner_text()
    send(page.locator(".offer").first)
    assert key_of(page) == other
    assert name in (page.locator("#f-outlet").input_value(), page.locator("#f-title").input_value())


@IN_BOTH
def test_two_curators_see_both_versions_and_choose(sample: None, desk: Desk, language: str) -> None:
    second, first = desk("layla"), desk("amina")
    key = go(first, "doubtful", language)
    go(second, "doubtful", language)
    first.locator("#f-title").fill("عنوان أمينة")
    first.locator("#f-place").fill("رأس المرجان")
    press(first, "Enter")
    second.locator("#f-title").fill("عنوان ليلى")
    press(second, "Enter")
    assert Article.objects.get(pk=key).title == "عنوان أمينة"
    assert "amina" in second.locator(".lede").inner_text()
    assert second.locator(".differs th").count() == 2
    row = second.locator("tr.differs", has_text="عنوان ليلى")
    assert "عنوان أمينة" in row.inner_text()
    row.locator("label").last.click()
    send(second.locator("button.main"))
    assert key_of(second) != key
    kept = Article.objects.get(pk=key)
    assert (kept.title, kept.place) == ("عنوان ليلى", "رأس المرجان")


def test_two_curators_at_the_form_of_one_article(sample: None, desk: Desk) -> None:
    second, first = desk("layla"), desk("amina")
    key = Article.objects.filter(title_origin="printed").first()
    assert key is not None
    for page in (first, second):
        page.goto(f"/admin/archive/article/{key.pk}/change/?lang=en")
    first.locator("#id_place").fill("عين الصفصاف")
    send(first.locator("[name=_save]"))
    second.locator("#id_place").fill("رأس المرجان")
    second.locator("#id_section").fill("محليات")
    send(second.locator("[name=_save]"))
    assert second.locator("table.versions tbody tr").count() == 2
    second.locator("[value=section]").uncheck()
    send(second.locator("input.default"))
    kept = Article.objects.get(pk=key.pk)
    assert (kept.place, kept.section) == ("عين الصفصاف", "محليات")


@IN_BOTH
def test_article_is_withdrawn_with_a_reason_and_brought_back(sample: None, desk: Desk, language: str) -> None:
    page = desk()
    first = go(page, "doubtful", language)
    page.keyboard.press("w")
    page.keyboard.type("نُشر خطأً")
    press(page, "Enter")
    article = Article.objects.get(pk=first)
    assert (article.status, article.withdrawal.reason) == ("withdrawn", "نُشر خطأً")
    press(page, "u")
    assert Article.objects.get(pk=first).status == "in_review"
    assert key_of(page) == first


@IN_BOTH
def test_text_is_split_where_it_is_marked_and_joined_again(sample: None, desk: Desk, language: str) -> None:
    page = desk()
    key = go(page, "shape", language)
    before = Article.objects.shown().count()
    press(page, "x")
    boxes = page.locator("[name=at]:not(:disabled)")
    boxes.nth(boxes.count() // 2).check()
    send(page.locator("[value=split]"))
    assert Article.objects.shown().count() == before + 1
    page.goto(f"/admin/queue/split/{key}/")
    send(page.locator("[value=join]"))
    assert Article.objects.shown().count() == before
    press(page, "u")
    assert Article.objects.shown().count() == before + 1
    press(page, "u")
    assert Article.objects.shown().count() == before


@IN_BOTH
def test_pair_is_decided_and_the_decision_taken_back(sample: None, desk: Desk, language: str) -> None:
    first, second, third = Article.objects.shown().order_by("pk")[:3]
    ArticlePair.objects.create(first=first, second=second, likeness=0.9)
    ArticlePair.objects.create(first=second, second=third, likeness=0.8)
    page = desk()
    key = go(page, "pairs", language)
    press(page, "1")
    assert ArticlePair.objects.get(pk=key).status == "same"
    assert Article.objects.filter(pk__in=(first.pk, second.pk), same_as__isnull=False).count() == 1
    press(page, "u")
    assert not Article.objects.filter(pk__in=(first.pk, second.pk), same_as__isnull=False).exists()
    press(page, "2")
    assert ArticlePair.objects.get(pk=key).status == "different"
    assert key_of(page) != key


@IN_BOTH
def test_one_rule_of_one_run_is_accepted_after_a_sample(sample: None, desk: Desk, language: str) -> None:
    page = desk()
    page.goto(f"/admin/queue/rules/?lang={language}")
    row = page.locator("table.rules tbody tr").first
    count = int(row.locator("td.num").inner_text())
    send(row.locator("a.button"))
    assert page.locator(".drawn li").count() == min(10, count)
    send(page.locator("button.main"))
    assert Article.objects.filter(status="published").count() == count
    act = Act.objects.get()
    assert act.articles == count
    send(page.locator("form.one-button button"))
    assert Article.objects.filter(status="published").count() == 0
    assert not Evidence.objects.filter(curator__isnull=False).exists()


def test_files_that_were_set_aside_say_why(sample: None, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_bytes(b"\x00\x01\x02" * 400)
    call_command("ingest", str(tmp_path / "broken.jsonl"), no_index=True)
    page = desk()
    go(page, "files")
    assert page.locator(".set-aside .says").inner_text() != ""
    assert page.locator(".set-aside h2").inner_text().endswith("broken.jsonl")


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [
        pytest.param("ar", "light", 1280, id="Arabic, light, wide"),
        pytest.param("en", "dark", 390, id="English, dark, phone"),
    ],
)
def test_axe_finds_nothing_wrong_with_the_queue(
    sample: None, desk: Desk, language: str, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    first, second = Article.objects.shown().order_by("pk")[:2]
    ArticlePair.objects.create(first=first, second=second, likeness=0.9)
    page = desk(viewport={"width": width, "height": 900}, color_scheme=scheme)
    wrong = []
    for path in ("untitled/", "undated/", "outlet/", "pairs/", "rules/", f"split/{first.pk}/", "files/"):
        page.goto(f"/admin/queue/{path}?lang={language}")
        page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(path, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
        across = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        wrong += [(path, "sideways scroll", [])] if across else []
    assert wrong == []
