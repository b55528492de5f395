"""Kept originals are read again by today's rules: what a curator set stays, nothing is removed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from archive.ingest.drafts import article_uid
from archive.models import Article, ArticleChange, Evidence, Outlet, SourceFile
from archive.services import originals
from archive.services.articles import curate_article, locked_fields
from tests.ingest.conftest import BODY, Ingest
from tests.ingest.test_run import differences

WriteRecords = Callable[..., Path]


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_superuser("curator")


@pytest.fixture
def reread(tmp_path: Path) -> Callable[..., tuple[str, list[dict[str, Any]]]]:
    def call(*arguments: str) -> tuple[str, list[dict[str, Any]]]:
        out, report = StringIO(), tmp_path / "reread.jsonl"
        call_command("reread", *arguments, "--report", str(report), stdout=out)
        return out.getvalue(), [json.loads(line) for line in report.read_text("utf-8").splitlines()]

    return call


Reread = Callable[..., tuple[str, list[dict[str, Any]]]]


def test_same_rules_change_nothing(ingest: Ingest, write_records: WriteRecords, reread: Reread) -> None:
    ingest(write_records("a.jsonl", 3, author="كاتب أول", published="2015-11-21", outlet="الرواق"))
    before = list(Article.objects.order_by("pk").values())
    ArticleChange.objects.all().delete()
    said, report = reread("all")
    assert "3 read: 0 changed, 0 new" in said
    assert report == []
    assert list(Article.objects.order_by("pk").values()) == before
    assert not ArticleChange.objects.exists()
    assert differences() == []


def test_what_was_read_otherwise_is_read_again(
    ingest: Ingest, write_records: WriteRecords, reread: Reread
) -> None:
    ingest(write_records("a.jsonl", 2, outlet="الرواق"))
    uids = list(Article.objects.order_by("pk").values_list("uid", flat=True))
    Article.objects.filter(uid=uids[0]).update(title="قراءة قديمة", place="هنا", text_key=5)
    Evidence.objects.filter(article__uid=uids[0]).delete()
    riwaq = Outlet.objects.create(slug="riwaq", name="صحيفة الرواق", aliases=["الرواق"])
    ArticleChange.objects.all().delete()
    said, report = reread("all", "--dry-run")
    assert "2 changed" in said
    assert Article.objects.get(uid=uids[0]).title == "قراءة قديمة"
    assert not ArticleChange.objects.exists()
    said, report = reread("--source", "a.jsonl")
    assert "outlet 2, place 1, title 1" in said
    assert report[0]["fields"]["title"] == {"before": "قراءة قديمة", "now": "خبر رقم 0"}
    first, second = Article.objects.order_by("pk")
    assert (first.uid, first.title, first.place, first.outlet) == (uids[0], "خبر رقم 0", "", riwaq)
    assert second.outlet == riwaq
    assert first.evidence.filter(field="title").exists()
    assert {change.article_uid for change in ArticleChange.objects.all()} == set(uids)
    assert differences() == []


def test_what_a_curator_set_stays(
    ingest: Ingest, write_records: WriteRecords, reread: Reread, curator: User
) -> None:
    ingest(write_records("a.jsonl", 1, section="محليات"))
    article = Article.objects.get()
    article.title, article.body = "عنوان من المحرر", f"{BODY} كما صححه المحرر"
    curate_article(article=article, fields=["title", "body"], curator=curator)
    Article.objects.update(section="قسم آخر")
    _said, (line,) = reread("all")
    assert set(line["fields"]) == {"section"}
    article.refresh_from_db()
    assert (article.title, article.section) == ("عنوان من المحرر", "محليات")
    assert article.body.endswith("المحرر")


def _move(article: Article, start: int, end: int) -> None:
    """Have an article stand elsewhere, as older rules might have cut the source."""
    uid = article_uid(article.source.sha256, start)
    Article.objects.filter(pk=article.pk).update(uid=uid, source_start=start, source_end=end, segments=[])


def test_article_that_is_cut_otherwise_keeps_its_name(
    ingest: Ingest, write_records: WriteRecords, reread: Reread
) -> None:
    ingest(write_records("a.jsonl", 2))
    second = Article.objects.latest("pk")
    _move(second, second.source_start + 3, second.source_end)
    uid = Article.objects.get(pk=second.pk).uid
    said, _report = reread("all")
    assert "0 new" in said
    again = Article.objects.get(pk=second.pk)
    assert (again.uid, again.source_start) == (uid, second.source_start)
    assert again.segments
    assert differences() == []


def test_articles_not_found_any_more_are_withdrawn_or_kept_and_new_ones_come_in(
    ingest: Ingest, write_records: WriteRecords, reread: Reread, curator: User
) -> None:
    ingest(write_records("a.jsonl", 3))
    first, second, third = Article.objects.order_by("ordinal")
    size = first.source.size
    # as if older rules had taken the end of the file for two articles, and not seen the last two
    _move(second, size - 2, size - 1)
    _move(third, size - 1, size)
    third.refresh_from_db()
    curate_article(article=third, fields=["section"], curator=curator)
    said, report = reread("all")
    assert "3 read: " in said
    assert "2 new" in said
    assert {line["change"] for line in report} == {"withdrawn", "kept", "found"}
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.status, third.status) == ("withdrawn", "in_review")
    assert second.evidence.get(field="status").rule == "no longer found in its source"
    assert set(Article.objects.shown().values_list("title", flat=True)) >= {f"خبر رقم {n}" for n in range(3)}
    assert Article.objects.count() == 5
    assert differences() == []
    assert "0 changed, 0 new; not found any more: 0 withdrawn" in reread("all")[0]


def test_unreadable_source_is_left_as_it_was(
    ingest: Ingest, write_records: WriteRecords, reread: Reread
) -> None:
    ingest(write_records("a.jsonl", 2))
    path = originals.original_path(sha256=SourceFile.objects.get().sha256)
    kept = path.read_bytes()
    path.unlink()
    said, report = reread("all")
    assert "0 read again + 1 left" in said
    assert report[0]["change"] == "left"
    assert Article.objects.shown().count() == 2
    path.write_bytes(kept)


@pytest.mark.parametrize("arguments", [("--run", "99"), ("--source", "nowhere.txt")], ids=["run", "source"])
def test_unknown_run_or_source_is_a_wrong_call(archive_folder: Path, arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("reread", *arguments)
    assert refused.value.returncode == 2


def test_only_sources_of_a_run_are_read_again(
    ingest: Ingest, write_records: WriteRecords, reread: Reread
) -> None:
    ingest(write_records("a.jsonl", 2))
    ingest(write_records("b.jsonl", 3))
    run = SourceFile.objects.get(name="b.jsonl").first_run_id
    assert "sources          1 = 1 read again" in reread("--run", str(run))[0]


UNDATED = """سد جديد يحفظ مياه الوادي

قال مدير المياه إن العمل بدأ في 12 يونيو 2014 بعد أن جفت الآبار، وإن الناس ينتظرون الماء منذ سنين طويلة.

وأضاف أن السد سيحفظ مياه الأمطار لأهل الوادي، وأن القرى القريبة منه ستشرب من مائه طوال أشهر الصيف الحارة.
"""


def test_hints_of_a_date_are_read_anew_and_are_no_date(
    ingest: Ingest, tmp_path: Path, reread: Reread, curator: User
) -> None:
    (tmp_path / "a.txt").write_text(UNDATED, encoding="utf-8")
    ingest(tmp_path / "a.txt")
    article = Article.objects.get()
    hint = article.evidence.get(field="hint")
    assert (article.published, article.published_precision) == (None, "unknown")
    assert (hint.value, hint.rule) == ("2014-06-12..", "last event that the text tells")
    assert UNDATED[hint.start : hint.end] == "12 يونيو 2014"
    assert locked_fields(article=article) == set()
    article.evidence.filter(field="hint").update(value="1999-01-01..")
    article.evidence.create(
        field="hint", value="..2001-01-01", rule="day that the page was looked at", confidence=2
    )
    reread("all")
    assert [row.value for row in article.evidence.filter(field="hint")] == ["2014-06-12.."]
    assert Article.objects.get().published is None
    article.published, article.published_precision = datetime.date(2014, 7, 1), "day"
    curate_article(article=article, fields=["published"], curator=curator)
    reread("all")
    assert Article.objects.get().published_iso == "2014-07-01"


def test_hints_of_a_date_are_not_exported(ingest: Ingest, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UNDATED, encoding="utf-8")
    ingest(tmp_path / "a.txt")
    out = StringIO()
    call_command("export", stdout=out)
    assert "hint" not in out.getvalue()
    assert json.loads(out.getvalue())["published"] is None
