"""The desk in a real browser: marks in two tabs, with and without script, saved, loaded, moved to lists."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User

from archive.models import Article
from search.desk.lists import add_articles
from search.models import ArticleList, SavedSearch
from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]
SEARCH = "/search/?q=السد&sort=oldest"
PASSWORD = "a long enough password"


@pytest.fixture
def sample(live_server: object) -> None:
    load_sample()


def mark(page: Page, number: int) -> list[str]:
    """Mark the first hits of a search; their headlines, the last marked first."""
    page.goto(SEARCH)
    for place in range(number):
        page.locator(".hit .mark-it").nth(place).click()
    return page.locator(".hit h3 a").all_inner_texts()[:number][::-1]


def on_the_desk(page: Page, number: int) -> list[str]:
    from playwright.sync_api import expect

    expect(page.locator("#marks li")).to_have_count(number)
    return page.locator("#marks li .headline").all_inner_texts()


def sign_in(page: Page) -> None:
    User.objects.create_user("layla", password=PASSWORD)
    page.goto("/login/")
    page.locator("#id_username").fill("layla")
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".desk-form .button.main").click()
    page.wait_for_url("**/desk/")


def test_what_is_marked_stands_on_the_desk_and_nothing_is_sent_before(
    sample: None, open_page: OpenPage
) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    titles = mark(page, 3)
    assert page.locator(".hit .mark-it.on").count() == 3
    assert sent == []
    page.goto("/desk/")
    assert on_the_desk(page, 3) == titles
    assert [url.rpartition("/desk/")[2] for url in sent] == ["marked/"]
    assert page.locator("#searches-kept a").first.inner_text() == "السد"


def test_only_a_filtered_search_is_called_narrowed(sample: None, open_page: OpenPage) -> None:
    page = open_page()
    for more in ("sort=oldest", "view=concordance", "from=2014"):
        page.goto(f"/search/?q=السد&{more}")
    page.goto("/desk/")
    notes = page.locator("#searches-kept .note")
    assert [note.is_visible() for note in notes.all()] == [True, False, False]


def test_two_tabs_show_one_desk(sample: None, open_page: OpenPage) -> None:
    from playwright.sync_api import expect

    hits = open_page()
    desk = hits.context.new_page()
    desk.goto("/desk/")
    expect(desk.locator("#marks-none")).to_be_visible()
    mark(hits, 2)
    on_the_desk(desk, 2)
    desk.locator("#marks [data-remove]").first.click()
    expect(hits.locator(".hit .mark-it.on")).to_have_count(1)


def test_removing_is_undone(sample: None, open_page: OpenPage) -> None:
    from playwright.sync_api import expect

    page = open_page()
    titles = mark(page, 3)
    page.goto("/desk/")
    on_the_desk(page, 3)
    page.locator("#marks [data-remove]").nth(1).click()
    assert on_the_desk(page, 2) == [titles[0], titles[2]]
    expect(page.locator("#desk-undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert on_the_desk(page, 3) == titles
    page.locator("#marks-clear").click()
    expect(page.locator("#marks-none")).to_be_visible()
    page.locator("#desk-undo").click()
    assert on_the_desk(page, 3) == titles
    expect(page.locator("#marked")).to_be_focused()


def test_article_is_marked_on_its_page_by_the_keyboard_and_unmarked(
    sample: None, open_page: OpenPage
) -> None:
    from playwright.sync_api import expect

    page = open_page()
    page.goto(SEARCH)
    page.locator(".hit h3 a").first.click()
    button = page.locator("article .mark-it")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_class("tool mark-it on")
    page.reload()
    expect(button).to_have_class("tool mark-it on")
    button.press("Space")
    expect(button).to_have_class("tool mark-it")


def test_hits_that_are_fetched_into_the_page_can_be_marked_and_the_search_is_remembered(
    sample: None, open_page: OpenPage
) -> None:
    from playwright.sync_api import expect

    page = open_page()
    page.goto(SEARCH)
    page.locator("#q").fill("الماء")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^الماء"))
    hits = page.locator(".hit").count()
    expect(page.locator(".hit .mark-it")).to_have_count(hits)
    kept = page.evaluate("JSON.parse(localStorage.getItem('arshif.searches')).map(one => one.query)")
    assert kept == ["الماء", "السد"]


def test_marked_articles_are_taken_away(sample: None, open_page: OpenPage) -> None:
    page = open_page()
    titles = mark(page, 2)
    page.goto("/desk/")
    on_the_desk(page, 2)
    page.locator("#marks-take summary").click()
    with page.expect_download() as fetched:
        page.locator("#marks-take button", has_text="CSV").click()
    with fetched.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == titles


def test_desk_is_saved_as_a_file_and_added_to_another_browser(
    sample: None, open_page: OpenPage, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    page = open_page()
    titles = mark(page, 2)
    page.goto("/desk/")
    on_the_desk(page, 2)
    with page.expect_download() as fetched:
        page.locator("#desk-save").click()
    file = tmp_path / "desk.json"
    fetched.value.save_as(file)
    other = open_page()
    other.goto("/desk/")
    for _twice in range(2):
        other.locator("#desk-load").set_input_files(file)
        assert on_the_desk(other, 2) == titles
        expect(other.locator("#desk-said")).not_to_be_empty()
    expect(other.locator("#searches-kept li")).to_have_count(1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no JSON", id="no JSON"),
        pytest.param("[]", id="a list"),
        pytest.param('{"arshif": "desk", "marks": 3, "searches": []}', id="no marks"),
    ],
)
def test_a_file_that_is_no_desk_changes_nothing(
    live_server: object, open_page: OpenPage, tmp_path: Path, text: str
) -> None:
    from playwright.sync_api import expect

    file = tmp_path / "desk.json"
    file.write_text(text)
    page = open_page()
    page.goto("/desk/?lang=en")
    page.locator("#desk-load").set_input_files(file)
    expect(page.locator("#desk-said")).to_have_text("This file is not a desk that was saved here.")
    assert page.evaluate("localStorage.length") == 0


def test_what_a_file_smuggles_in_is_left_out(
    live_server: object, open_page: OpenPage, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    searches = [
        {"query": "<b>x</b>", "asked": "?q=x"},
        {"query": "y", "asked": "javascript:alert(1)"},
        {"query": 5, "asked": "?q=z"},
        None,
    ]
    marks = [{"uid": "../admin"}, {"uid": 3}, None, {"uid": "a" * 40}]
    file = tmp_path / "desk.json"
    file.write_text(json.dumps({"arshif": "desk", "marks": marks, "searches": searches}))
    page = open_page()
    page.goto("/desk/?lang=en")
    page.locator("#desk-load").set_input_files(file)
    expect(page.locator("#searches-kept a")).to_have_text(["<b>x</b>"])
    expect(page.locator("#marks-none")).to_be_visible()


def test_withdrawn_article_is_shown_as_that(sample: None, open_page: OpenPage) -> None:
    page = open_page()
    titles = mark(page, 1)
    Article.objects.update(status=Article.Status.WITHDRAWN)
    page.goto("/desk/")
    assert on_the_desk(page, 1) == []
    assert page.locator("#marks .says").count() == 1
    assert titles[0] not in page.locator("#marks").inner_text()


def test_marks_move_into_a_list_after_signing_in(sample: None, open_page: OpenPage) -> None:
    from playwright.sync_api import expect

    page = open_page()
    titles = mark(page, 3)
    sign_in(page)
    on_the_desk(page, 3)
    page.locator("details:has(#marks-move) > summary").click()
    page.locator("#id_marks-name").fill("سدود")
    page.locator("#marks-move .button.main").click()
    page.wait_for_url("**/desk/lists/*/")
    assert page.locator(".kept .headline").all_inner_texts() == titles
    page.goto("/desk/")
    expect(page.locator("#marks-none")).to_be_visible()


def test_without_script_lists_work_and_marks_say_what_they_need(sample: None, open_page: OpenPage) -> None:
    from playwright.sync_api import expect

    page = open_page(java_script_enabled=False)
    sign_in(page)
    expect(page.locator("noscript .says")).to_be_visible()
    expect(page.locator("#marks-clear")).to_be_hidden()
    page.goto(SEARCH)
    assert page.locator(".mark-it").count() == 0
    for place, name in ((0, "سدود"), (1, "")):
        page.goto(SEARCH)
        page.locator(".hit .why a").nth(place).click()
        if name:
            page.locator("#id_name").fill(name)
        else:
            page.locator("#id_chosen").select_option(label="سدود")
        page.locator(".desk-form .button.main").click()
    before = page.locator(".kept .headline").all_inner_texts()
    page.locator(".entry-note summary").first.click()
    page.locator(".kept textarea").first.fill("ملاحظة")
    page.locator("[name=down]").first.click()
    assert page.locator(".kept .headline").all_inner_texts() == before[::-1]
    assert ArticleList.objects.get().entries.get(place=2).note == "ملاحظة"
    page.locator("[name=remove]").first.click()
    assert page.locator(".kept .headline").all_inner_texts() == before[:1]
    page.locator("#removed button").click()
    assert page.locator(".kept .headline").all_inner_texts() == before[::-1]


def test_search_is_saved_from_its_page(sample: None, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page)
    page.goto(f"{SEARCH}&lang=en")
    page.get_by_text("Save this search").click()
    page.locator(".desk-form .button.main").click()
    page.wait_for_url("**/desk/")
    assert page.locator("#searches ~ ul .headline").inner_text() == "السد"
    page.locator("#searches ~ ul .headline").click()
    page.wait_for_url("**/search/?q=*sort=oldest")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("script", ["fresh", "marked"])
def test_mark_buttons_do_not_push_the_page_about(
    sample: None, open_page: OpenPage, width: int, script: str
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) "
        "window.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    if script == "marked":
        mark(page, 2)
    for address in (SEARCH, Article.objects.exclude(title="").first().get_absolute_url()):  # type: ignore[union-attr]
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") < 0.1


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [
        pytest.param("ar", "light", 1280, id="Arabic, light, wide"),
        pytest.param("ar", "dark", 390, id="Arabic, dark, phone", marks=pytest.mark.long),
        pytest.param("en", "dark", 1280, id="English, dark, wide", marks=pytest.mark.long),
        pytest.param("en", "dark", 390, id="English, dark, phone"),
    ],
)
def test_axe_finds_nothing_wrong_with_a_desk_in_use(
    sample: None, open_page: OpenPage, language: str, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    mark(page, 3)
    sign_in(page)
    owner, uids = User.objects.get(), list(Article.objects.values_list("uid", flat=True)[:3])
    chosen = ArticleList.objects.create(owner=owner, name="سدود")
    add_articles(chosen=chosen, uids=uids)
    saved = SavedSearch.objects.create(owner=owner, name="Dams", asked="q=السد")
    pages = [
        "/desk/",
        chosen.get_absolute_url(),
        f"{chosen.get_absolute_url()}delete/",
        saved.get_absolute_url(),
    ]
    pages += [f"/desk/lists/add/?uid={uids[0]}", "/desk/searches/save/?q=السد", "/password/", SEARCH]
    wrong = []
    for address in pages:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        if address == "/desk/":
            on_the_desk(page, 3)
            page.locator("#marks [data-remove]").first.click()
            on_the_desk(page, 2)
        page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(address, each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
        across = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        wrong += [(address, "sideways scroll", [])] if across else []
    assert wrong == []
