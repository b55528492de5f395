"""The first page of the admin panel says when a collection has outgrown its engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from search.checks import SENSIBLE_ARTICLES
from search.engines.generations import Stamp, new_generation, swap_in, write_meta


@pytest.fixture
def index_of(settings: LazySettings, tmp_path: Path) -> Path:
    """An empty folder of Whoosh's generations."""
    settings.ARSHIF_ENGINE = "whoosh"
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "whoosh")}}
    return tmp_path / "whoosh"


@pytest.mark.parametrize(("articles", "noted"), [(SENSIBLE_ARTICLES, False), (SENSIBLE_ARTICLES + 1, True)])
@pytest.mark.parametrize(
    ("language", "words"), [("ar", "Whoosh"), ("en", "Whoosh builds and searches slowly")]
)
def test_staff_are_told_the_setting_and_the_command(
    admin_client: Client, index_of: Path, language: str, words: str, articles: int, noted: bool
) -> None:
    swap_in(write_meta(new_generation(index_of, Stamp("whoosh", "any")), articles))
    page = admin_client.get("/admin/", {"lang": language}).content.decode()
    for said in (words, "ARSHIF_ENGINE=tantivy", "manage.py index --rebuild"):
        assert (said in page) == noted


def test_nothing_is_said_on_the_engine_that_grows(
    admin_client: Client, index_of: Path, settings: LazySettings
) -> None:
    swap_in(write_meta(new_generation(index_of, Stamp("whoosh", "any")), SENSIBLE_ARTICLES + 1))
    settings.ARSHIF_ENGINE = "tantivy"
    assert "ARSHIF_ENGINE" not in admin_client.get("/admin/").content.decode()
