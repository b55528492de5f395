"""The health page says how index, room, runs and the last check stand, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archive.models import Article, ArticleChange
from search.checking import last_result, only_check
from search.roles import Role
from search.upkeep import flush
from tests.admin.test_taking_in import client_of
from tests.search_page.sample import load_sample

pytestmark = pytest.mark.django_db
HEALTH = reverse("curation:health")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    settings.ARSHIF_ORIGINALS_DIR = tmp_path / "originals"
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    settings.ARSHIF_CHECK_FILE = tmp_path / "check.json"
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}


@pytest.fixture
def desk() -> Client:
    return client_of(Role.CURATOR)


def said(desk: Client) -> str:
    answer = desk.get(HEALTH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_archive_asks_for_no_more_than_a_check(desk: Client) -> None:
    page = said(desk)
    assert "Nothing was ever taken in." in page
    assert "never checked as a whole" in page


def test_page_says_how_far_the_index_is_behind_and_the_command(desk: Client) -> None:
    load_sample()
    flush()
    assert "up to date" in said(desk)
    ArticleChange.objects.create(article_uid=Article.objects.all()[0].uid)
    page = said(desk)
    assert "1 article behind" in page
    assert "manage.py index" in page


def test_last_check_is_kept_with_what_it_found(desk: Client) -> None:
    flush()
    call_command("check_archive")
    assert "originals, database and index agree" in said(desk)
    ArticleChange.objects.create(article_uid="a" * 16)
    with pytest.raises(CommandError):
        call_command("check_archive")
    kept = last_result()
    assert kept is not None
    assert [part for part, _what, _remedy in kept.first] == ["index"]
    page = said(desk)
    assert "The last check found 1 difference." in page
    assert "1 changes are waiting to be indexed" in page


def test_while_a_check_runs_no_other_begins(desk: Client) -> None:
    with only_check():
        assert "A check is under way." in said(desk)
        assert "A check is under way." in desk.post(HEALTH, follow=True).content.decode()
        with pytest.raises(CommandError) as refused:
            call_command("check_archive")
    assert refused.value.returncode == 2


def test_note_that_cannot_be_read_is_as_none(desk: Client, settings: Any) -> None:
    Path(settings.ARSHIF_CHECK_FILE).write_text("{", encoding="utf-8")
    assert "never checked as a whole" in said(desk)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_is_reached_from_the_first_page_of_the_desk(desk: Client, language: str) -> None:
    desk.cookies["lang"] = language
    assert HEALTH in desk.get(reverse("admin:index")).content.decode()
    assert f'lang="{language}"' in said(desk)
