"""Saved pages and web archives go in and are shown with their evidence, and the archive stays whole."""

from __future__ import annotations

import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from archive.ingest.files import find_files
from archive.ingest.found import LeftAside, Outcome
from archive.models import Article, Evidence
from archive.selectors.checks import CHECKS
from tests.ingest.conftest import Ingest
from tests.reading.html_help import FIRST, TITLE, answer, article_page, chunked, front_page, packed, record

PUBLISHED = '<meta property="article:published_time" content="2015-11-21T10:00:00Z">'
URI = "http://minbar.example/news/{}.html"


def differences() -> list[str]:
    return [found.what for check in CHECKS["originals"] + CHECKS["database"] for found in check()]


@pytest.fixture
def web_archive(inbox: Path) -> Path:
    """A crawl as crawlers write it: each record packed by itself, the last page packed once more."""
    both = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    parts = (
        record("warcinfo", b"software: test\r\n"),
        answer(article_page(PUBLISHED), URI.format(1)),
        answer(b"\x89PNG", URI.format("logo"), kind="image/png"),
        answer(chunked(packed(article_page())), URI.format(2), headers=both),
    )
    path = inbox / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(part) for part in parts))
    return path


def test_web_archive_goes_in_and_the_archive_is_whole(ingest: Ingest, web_archive: Path) -> None:
    called = ingest(web_archive)
    assert called.code == 0
    assert sorted(Article.objects.values_list("url", flat=True)) == [URI.format(1), URI.format(2)]
    assert "skipped 1 answers of type image/png" in called.reasons()
    assert differences() == []


def test_same_web_archive_is_unchanged_and_gives_the_same_permalinks(
    ingest: Ingest, web_archive: Path
) -> None:
    ingest(web_archive)
    uids = set(Article.objects.values_list("uid", flat=True))
    assert "1 unchanged" in ingest(web_archive).said
    assert set(Article.objects.values_list("uid", flat=True)) == uids


def test_source_page_shows_the_unpacked_page_with_its_evidence(
    ingest: Ingest, web_archive: Path, client: Client
) -> None:
    ingest(web_archive)
    article = Article.objects.get(url=URI.format(2))
    page = client.get(f"/articles/{article.uid}/source/").content.decode()
    assert "WARC-Target-URI" in page
    assert FIRST[:40] in page
    assert article.evidence.filter(field=Evidence.Field.TITLE, value=TITLE).exists()


def test_saved_page_goes_in_without_the_folder_of_its_pictures(ingest: Ingest, inbox: Path) -> None:
    (inbox / "خبر.html").write_text(article_page(PUBLISHED), "utf-8")
    (inbox / "خبر_files").mkdir()
    (inbox / "خبر_files/ad.html").write_text(article_page(), "utf-8")
    called = ingest(inbox)
    (article,) = Article.objects.all()
    assert article.published is not None
    assert article.published.isoformat() == "2015-11-21"
    assert "pictures and scripts of the saved page" in called.reasons()
    assert differences() == []


def test_folder_that_is_named_itself_is_read(inbox: Path) -> None:
    (inbox / "x.html").write_text("<p>", "utf-8")
    (inbox / "x_files").mkdir()
    (inbox / "x_files/y.html").write_text("<p>", "utf-8")
    (left,) = [found for found in find_files([inbox]) if isinstance(found, LeftAside)]
    assert (left.outcome, left.name) == (Outcome.SKIPPED, "x_files")
    assert [found.name for found in find_files([inbox / "x_files"])] == ["y.html"]


def test_front_page_is_set_aside_with_its_reason_and_kept(ingest: Ingest, inbox: Path) -> None:
    (inbox / "index.html").write_text(front_page(), "utf-8")
    called = ingest(inbox)
    assert called.code == 0
    assert "is no article but a list" in called.reasons()
    assert not Article.objects.exists()
    assert differences() == []


def test_reading_again_by_the_same_rules_changes_nothing(ingest: Ingest, web_archive: Path) -> None:
    ingest(web_archive)
    before = list(Article.objects.order_by("uid").values_list("uid", "title", "body", "published"))
    call_command("reread", "all", stdout=StringIO())
    assert list(Article.objects.order_by("uid").values_list("uid", "title", "body", "published")) == before
