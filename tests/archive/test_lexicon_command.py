"""Counting the archive's own words, and taking that back."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from arabic import lexicon
from arabic.analysis import ANALYSIS_STAMP, adopt, wanted_stamp
from archive.models import Article
from tests.archive.builders import take_in


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("lexicon", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def counted(archive_folder: Path, tmp_path: Path, settings: Any) -> Iterator[lexicon.OwnCounts]:
    """Where an archive of one article keeps its counts."""
    settings.ARSHIF_LEXICON_DIR = archive_folder / "lexicon"
    lexicon.use_own(settings.ARSHIF_LEXICON_DIR)
    take_in(tmp_path / "in", {"title": "أخبار درعا", "body": "عاد الهدوء إلى درعا. وفي درعا سوق قديم."})
    yield lexicon.OwnCounts(settings.ARSHIF_LEXICON_DIR)
    lexicon.use_own(None)
    adopt(ANALYSIS_STAMP)


def test_own_words_are_counted_and_the_index_is_out_of_date(counted: lexicon.OwnCounts) -> None:
    words = said()
    assert "manage.py index --rebuild" in words
    assert counted.read(counted.wanted())["درعا"] == 3
    assert wanted_stamp() != ANALYSIS_STAMP


def test_a_dry_run_changes_nothing(counted: lexicon.OwnCounts) -> None:
    assert "words counted" in said("--dry-run")
    assert wanted_stamp() == ANALYSIS_STAMP
    assert not counted.folder.exists()


def test_counts_can_be_written_to_a_file_only(counted: lexicon.OwnCounts, tmp_path: Path) -> None:
    said("--out", str(tmp_path / "counts.gz"))
    assert lexicon.read(tmp_path / "counts.gz")["درعا"] == 3
    assert wanted_stamp() == ANALYSIS_STAMP


def test_own_counts_are_taken_back(counted: lexicon.OwnCounts) -> None:
    said()
    assert "index --rebuild" in said("--remove")
    assert wanted_stamp() == ANALYSIS_STAMP
    assert "no own counts" in said("--remove")


def test_withdrawn_articles_are_not_counted(counted: lexicon.OwnCounts) -> None:
    Article.objects.update(status=Article.Status.WITHDRAWN)
    assert "0 words counted" in said()
    assert wanted_stamp() == ANALYSIS_STAMP
