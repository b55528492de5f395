"""Fifty doubtful articles of the sample cleared by keyboard alone: how many keys each takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from archive.models import Article, Evidence
from tests.search_page.sample import SAMPLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

OpenPage = Callable[..., "Page"]
ARTICLES = 50
MOST_KEYS = 3.0
"""Keys an article, on the mean, that clearing may cost."""
KINDS = ("outlet", "undated", "untitled", "doubtful")


BARE = "\n".join(
    json.dumps({"body": f"افتتح المجلس {place} الجديد. وحضر الافتتاح جمع من أهل البلدة ورئيس بلديتها."})
    for place in ("السوق", "الجسر", "المرفأ", "المتحف")
)
"""Texts of which nothing is known: the sample alone has 48 doubtful ones."""


@pytest.fixture
def desk(live_server: object, open_page: OpenPage, tmp_path: Path) -> Page:
    call_command("load_names", str(SAMPLE / "names.toml"), verbosity=0)
    (tmp_path / "bare.jsonl").write_text(BARE)
    call_command("ingest", str(SAMPLE / "raw"), str(tmp_path / "bare.jsonl"), no_index=True)
    page = open_page()
    client = Client()
    client.force_login(User.objects.create_superuser("amina"))
    page.goto("/healthz")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own dictionary
    return page


def clear(page: Page) -> list[str]:
    """The keys by which a curator clears the article that is shown: what is suggested is taken, else the
    date is typed as the folder has it, else the article is accepted as it is."""
    keys = []
    for field in ("f-title", "f-outlet", "f-published"):
        offer = page.locator(f".field.weak .offer[data-field='{field}']").first
        if page.locator(f"#{field}").input_value() == "" and offer.count():
            keys.append(offer.get_attribute("value") or "")
    for key in keys:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return [*keys, "Enter"]


def test_fifty_doubtful_articles_are_cleared_by_keyboard_alone(
    desk: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    doubted = set(Evidence.objects.filter(confidence__lt=3).values_list("article", flat=True))
    taken: list[tuple[int, str, list[str]]] = []
    for kind in KINDS:
        desk.goto(f"/admin/queue/{kind}/")
        while len(taken) < ARTICLES and desk.locator("#fields").count():
            shown = desk.url.split("?")[0].rstrip("/").split("/")
            if shown[-2] != kind:
                break
            taken.append((int(shown[-1]), kind, clear(desk)))
    table = [f"{number:3} {kind:9} {len(keys)} {' '.join(keys)}" for number, kind, keys in taken]
    mean = sum(len(keys) for _number, _kind, keys in taken) / len(taken)
    with capsys.disabled():
        print("", *table, f"{len(taken)} articles, {mean:.2f} keys each on the mean", sep="\n")
    assert len({number for number, _kind, _keys in taken}) == ARTICLES
    assert Article.objects.filter(status="published").count() == ARTICLES
    assert doubted
    assert mean <= MOST_KEYS
