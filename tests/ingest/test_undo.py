"""A run is taken back as a whole, and the same files bring it back as it was."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from archive.models import Article, ArticleChange, Evidence, IngestRun, SourceFile
from archive.services.articles import curate_article, set_status
from tests.ingest.conftest import BODY, Ingest
from tests.ingest.test_run import differences

WriteRecords = Callable[..., Path]


def undo(run: int, *arguments: str) -> str:
    out = StringIO()
    call_command("ingest", "--undo", str(run), *arguments, stdout=out)
    return out.getvalue()


def shown() -> set[str]:
    return set(Article.objects.shown().values_list("uid", flat=True))


def last_run() -> int:
    return IngestRun.objects.latest("pk").pk


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_superuser("curator")


def test_run_is_taken_back_and_brought_back(
    ingest: Ingest, write_records: WriteRecords, client: Client
) -> None:
    ingest(write_records("before.jsonl", 2))
    before = shown()
    path = write_records("later.jsonl", 3)
    ingest(path)
    everything, run = shown(), last_run()
    address = Article.objects.latest("pk").get_absolute_url()
    ArticleChange.objects.all().delete()
    said = undo(run, "--yes")
    assert "1 files with 3 articles" in said
    assert shown() == before
    assert ArticleChange.objects.count() == 3
    assert IngestRun.objects.get(pk=run).status == "undone"
    assert client.get(address).status_code == 410
    assert differences() == []
    called = ingest(path)
    assert "1 = 1 new" in called.said
    assert "3 = 3 articles" in called.said
    assert shown() == everything
    assert client.get(address).status_code == 200
    assert SourceFile.objects.filter(undone__isnull=False).count() == 0
    assert differences() == []
    assert "1 = 0 new + 1 unchanged" in ingest(path).said


def test_dry_run_of_an_undo_changes_nothing(ingest: Ingest, write_records: WriteRecords) -> None:
    ingest(write_records("a.jsonl", 2))
    assert "2 articles" in undo(last_run(), "--dry-run")
    assert len(shown()) == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param((999, "--yes"), "there is no run 999", id="no such run"),
        pytest.param((0,), "add --yes", id="nobody to ask"),
    ],
)
def test_undo_is_refused(
    ingest: Ingest, write_records: WriteRecords, arguments: tuple[int, ...], complaint: str
) -> None:
    ingest(write_records("a.jsonl", 2))
    with pytest.raises(CommandError, match=complaint) as refused:
        undo(arguments[0] or last_run(), *map(str, arguments[1:]))
    assert refused.value.returncode == 2
    assert len(shown()) == 2


def test_run_is_not_taken_back_twice(ingest: Ingest, write_records: WriteRecords) -> None:
    ingest(write_records("a.jsonl", 2))
    undo(last_run(), "--yes")
    with pytest.raises(CommandError, match="undone already"):
        undo(last_run(), "--yes")


def test_files_that_another_run_names_stay(ingest: Ingest, write_records: WriteRecords) -> None:
    path = write_records("a.jsonl", 2)
    ingest(path)
    first = last_run()
    ingest(path)
    assert "1 files stay" in undo(first, "--yes")
    assert len(shown()) == 2
    undo(last_run(), "--yes")
    assert shown() == set()


def test_curated_articles_are_taken_back_only_if_asked_and_come_back_as_they_were(
    ingest: Ingest, write_records: WriteRecords, curator: User
) -> None:
    path = write_records("a.jsonl", 3)
    ingest(path)
    first, second = Article.objects.order_by("pk")[:2]
    first.title = "عنوان من المحرر"
    curate_article(article=first, fields=["title"], curator=curator)
    set_status(articles=[first], status=Article.Status.PUBLISHED, curator=curator)
    set_status(articles=[second], status=Article.Status.WITHDRAWN, curator=curator)
    with pytest.raises(CommandError, match="--including-curated"):
        undo(last_run(), "--yes")
    assert len(shown()) == 2
    assert first.uid in undo(last_run(), "--yes", "--including-curated")
    assert shown() == set()
    ingest(path)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, first.status, second.status) == ("عنوان من المحرر", "published", "withdrawn")
    assert not Evidence.objects.filter(rule="its run was undone").exists()
    assert differences() == []


def test_copy_in_another_run_is_shown_when_the_first_is_taken_back(
    ingest: Ingest, write_records: WriteRecords, inbox: Path
) -> None:
    path = write_records("a.jsonl", 2, published="2015-05-21")
    ingest(path)
    first = last_run()
    copy = inbox / "b.jsonl"
    copy.write_text(path.read_text("utf-8") + "\n", "utf-8")
    ingest(copy)
    assert len(shown()) == 2
    undo(first, "--yes")
    now = Article.objects.shown()
    assert {article.source.name for article in now} == {"b.jsonl"}
    assert {article.body for article in now} == {f"{BODY} 0", f"{BODY} 1"}
    ingest(path)
    assert len(shown()) == 2
