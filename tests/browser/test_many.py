"""Many articles at once, files and merged names in a real browser, in Arabic and in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Act, Article, IngestRun, Outlet
from tests.search_page.sample import load_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = Callable[..., "Page"]
LANGUAGES = ("ar", "en")
TEXT = "سد جديد على نهر الوادي\n\nافتتح وزير المياه أمس سدًا جديدًا على نهر الوادي بعد عامين من العمل.\n"


@pytest.fixture
def page(live_server: object, open_page: OpenPage) -> Page:
    """The desk as an administrator sees it, over the sample."""
    load_sample()
    opened = open_page()
    client = Client()
    client.force_login(User.objects.create_superuser("amina"))
    opened.goto("/healthz")
    session = client.cookies["sessionid"].value
    opened.context.add_cookies([{"name": "sessionid", "value": session, "url": opened.url}])
    return opened


def press(page: Page, selector: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.click(selector)


def take_back(page: Page) -> None:
    """From the page of an act: see what goes back, and agree."""
    act = Act.objects.latest("pk")
    press(page, f"a[href$='/{act.pk}/undo/']")
    press(page, "#content-main form [type=submit]")
    assert Act.objects.latest("pk").undoes == act


@pytest.mark.django_db(transaction=True)
def test_found_articles_are_set_after_a_preview_and_taken_back(page: Page) -> None:
    before = dict(Article.objects.values_list("pk", "section"))
    for language in LANGUAGES:
        page.goto(f"/search/?q=السد&lang={language}")
        press(page, "a[href*='/admin/'][href*='q=']")
        assert page.get_attribute("html", "lang") == language
        page.fill("[name=section]", "مياه وسدود")
        press(page, "[name=preview]")
        assert "مياه وسدود" in page.inner_text(".desk-changes")
        assert dict(Article.objects.values_list("pk", "section")) == before
        press(page, "[name=confirm]")
        changed = Article.objects.filter(section="مياه وسدود").count()
        assert changed == Act.objects.latest("pk").articles > 1
        take_back(page)
        assert dict(Article.objects.values_list("pk", "section")) == before


@pytest.mark.django_db(transaction=True)
def test_file_is_taken_in_and_its_run_reported(page: Page) -> None:
    for language in LANGUAGES:
        page.goto(f"/admin/archive/ingestrun/upload/?lang={language}")
        text = f"{TEXT}{language}".encode()
        page.set_input_files(
            "[type=file]", {"name": f"{language}.txt", "mimeType": "text/plain", "buffer": text}
        )
        press(page, "#content-main form [type=submit]")
        run = IngestRun.objects.latest("pk")
        assert re.search(rf"/ingestrun/{run.pk}/", page.url)
        assert run.counts["articles"] == 1
        assert Article.objects.filter(source__first_run=run).get().title == "سد جديد على نهر الوادي"


@pytest.mark.django_db(transaction=True)
def test_outlets_are_merged_lead_on_and_are_parted_again(page: Page) -> None:
    into, other = (
        outlet for outlet in Outlet.objects.order_by("pk") if outlet.slug in _two_slugs_with_articles()
    )
    held = other.articles.count(), into.articles.count()
    for language in LANGUAGES:
        page.goto(f"/admin/archive/outlet/?lang={language}")
        for outlet in (into, other):
            page.check(f".action-select[value='{outlet.pk}']")
        page.select_option("[name=action]", "merge")
        press(page, "button[name=index]")
        page.check(f"[name=into][value='{into.pk}']")
        press(page, "#content-main form [type=submit]")
        assert into.articles.count() == sum(held)
        page.goto(f"/outlets/{other.slug}/")
        assert page.url.endswith(f"/outlets/{into.slug}/")
        page.goto(f"/admin/archive/act/{Act.objects.latest('pk').pk}/change/")
        take_back(page)
        assert (other.articles.count(), into.articles.count()) == held


def _two_slugs_with_articles() -> list[str]:
    held = Outlet.objects.filter(articles__isnull=False).distinct().order_by("pk")
    return list(held.values_list("slug", flat=True)[:2])
