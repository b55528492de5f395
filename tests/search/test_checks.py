"""What is said when a collection has outgrown its engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from search.checks import SENSIBLE_ARTICLES, outgrown
from search.engines.generations import Stamp, new_generation, swap_in, write_meta


def held(folder: Path, engine: str, articles: int) -> None:
    """An index that says that it holds so many."""
    swap_in(write_meta(new_generation(folder, Stamp(engine, "any")), articles))


def said() -> list[str]:
    return [message.msg for message in run_checks() if message.id == "search.W001"]


@pytest.mark.parametrize(("articles", "warned"), [(SENSIBLE_ARTICLES, False), (SENSIBLE_ARTICLES + 1, True)])
def test_collection_that_outgrew_its_engine_is_told_the_setting_and_the_command(
    index_folder: Path, engine_name: str, articles: int, warned: bool
) -> None:
    assert said() == []
    held(index_folder, engine_name, articles)
    assert bool(said()) == (warned and engine_name == "whoosh")
    for line in said():
        assert "ARSHIF_ENGINE=tantivy" in line
        assert "manage.py index --rebuild" in line


def test_sentence_is_empty_where_nothing_is_to_be_done(settings: LazySettings) -> None:
    settings.ARSHIF_ENGINE = "tantivy"
    assert outgrown(10**6) == ""
