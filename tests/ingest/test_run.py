"""A run as a whole: the same bytes change nothing, counts add up, no end of it leaves anything half done."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from filelock import FileLock

from archive.ingest.drafts import article_uid
from archive.ingest.errors import IngestStopped
from archive.ingest.reading import read_source
from archive.ingest.run import IngestRequest
from archive.ingest.run import ingest as run_ingest
from archive.models import (
    Article,
    ArticleChange,
    Author,
    Evidence,
    IngestOutcome,
    IngestRun,
    Outlet,
    SourceFile,
)
from archive.selectors.checks import CHECKS
from archive.services import originals
from tests.ingest.conftest import BODY, Ingest

WriteRecords = Callable[..., Path]


def differences() -> list[str]:
    return [found.what for checks in CHECKS.values() for check in checks for found in check()]


def counts() -> dict[str, int]:
    run = IngestRun.objects.latest("pk")
    return dict(run.counts)


def test_articles_come_in_with_their_source(ingest: Ingest, write_records: WriteRecords) -> None:
    path = write_records("a.jsonl", 3, author="كاتب   أول", published="2015-11-21")
    called = ingest(path)
    assert called.code == 0
    assert "1 = 1 new + 0 unchanged + 0 skipped + 0 quarantined" in called.said
    assert "3 = 3 articles + 0 rejected" in called.said
    source = SourceFile.objects.get()
    assert (source.name, source.size, source.format) == ("a.jsonl", path.stat().st_size, "jsonl")
    assert originals.read_slice(source.sha256, 0, source.size) == path.read_bytes()
    articles = list(Article.objects.order_by("ordinal"))
    assert [article.external_id for article in articles] == ["a.jsonl-0", "a.jsonl-1", "a.jsonl-2"]
    assert {article.published_iso for article in articles} == {"2015-11-21"}
    assert Author.objects.get().name == "كاتب أول"
    assert ArticleChange.objects.count() == 3
    for article in articles:
        line = originals.read_slice(source.sha256, article.byte_start, article.byte_end)
        assert json.loads(line)["id"] == article.external_id
        assert article.uid == article_uid(source.sha256, article.source_start)
    assert differences() == []


def test_same_bytes_are_unchanged_at_any_path(
    ingest: Ingest, write_records: WriteRecords, tmp_path: Path
) -> None:
    path = write_records("a.jsonl", 3)
    ingest(path)
    before = list(Article.objects.values_list("uid", "body", "changed"))
    shutil.copy(path, tmp_path / "elsewhere.jsonl")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.write(path, "deep/inside.jsonl")
    called = ingest(path, *(tmp_path / name for name in ("elsewhere.jsonl", "packed.jsonl.gz", "packed.zip")))
    assert [line["outcome"] for line in called.report] == ["unchanged"] * 4
    assert list(Article.objects.values_list("uid", "body", "changed")) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_same_bytes_twice_in_one_run_are_kept_once(
    ingest: Ingest, write_records: WriteRecords, inbox: Path, jobs: int
) -> None:
    shutil.copy(write_records("a.jsonl", 3), inbox / "b.jsonl")
    called = ingest(inbox, "--jobs", jobs)
    assert [line["outcome"] for line in called.report] == ["new", "unchanged"]


def make_mixed_inbox(inbox: Path, write_records: WriteRecords) -> None:
    for n in range(12):
        write_records(f"{n:02}.jsonl", 4 + n, author=f"كاتب {n}", outlet=f"صحيفة مجهولة {n % 3}")
    (inbox / "02.jsonl").write_text('{"body": "نص"}\n{broken\n{"title": "بلا متن"}\n', "utf-8")
    (inbox / "03.txt").write_bytes(b"")
    (inbox / "04.txt").write_bytes(bytes(range(256)) * 10)
    (inbox / ".hidden").write_text("x")
    shutil.copy(inbox / "05.jsonl", inbox / "06-again.jsonl")


def test_counts_add_up(ingest: Ingest, write_records: WriteRecords, inbox: Path) -> None:
    make_mixed_inbox(inbox, write_records)
    called = ingest(inbox)
    files = [line for line in called.report if line["record"] is None]
    records = [line for line in called.report if line["record"] is not None]
    found = counts()
    assert found["files"] == len(files) == sum(1 for path in inbox.iterdir())
    assert found["files"] == found["new"] + found["unchanged"] + found["skipped"] + found["quarantined"]
    assert (found["skipped"], found["unchanged"], found["quarantined"]) == (1, 1, 2)
    assert found["rejected"] == len(records) == 2
    assert found["records"] == found["articles"] + found["rejected"]
    assert found["articles"] == Article.objects.count() == sum(line["articles"] for line in files)
    assert IngestOutcome.objects.filter(record__isnull=True).count() == len(files)
    assert differences() == []


def held() -> list[Any]:
    articles = Article.objects.order_by("uid").values_list(
        "uid", "title", "body", "source__name", "outlet__name", "authors__name", "segments"
    )
    evidence = Evidence.objects.order_by("article__uid", "field", "start", "value")
    return [
        list(articles),
        list(evidence.values_list("article__uid", "field", "value", "rule", "start", "end")),
    ]


def test_result_does_not_depend_on_jobs(
    ingest: Ingest, write_records: WriteRecords, inbox: Path, tmp_path: Path
) -> None:
    make_mixed_inbox(inbox, write_records)
    one = ingest(inbox)
    expected = held()
    clear_archive()
    several = ingest(inbox, "--jobs", 3)
    assert several.report == one.report
    assert held() == expected


def clear_archive() -> None:
    for model in (ArticleChange, IngestOutcome, Article, SourceFile, IngestRun, Author, Outlet):
        model.objects.all().delete()
    shutil.rmtree(settings.ARSHIF_ORIGINALS_DIR)


def test_dry_run_counts_the_same_and_writes_nothing(
    ingest: Ingest, write_records: WriteRecords, inbox: Path, archive_folder: Path
) -> None:
    make_mixed_inbox(inbox, write_records)
    tried = ingest(inbox, "--dry-run")
    assert not archive_folder.exists()
    assert not any(model.objects.exists() for model in (IngestRun, SourceFile, Author))
    real = ingest(inbox)
    assert tried.said == real.said
    assert tried.report == real.report


def test_only_one_ingest_runs_at_a_time(
    ingest: Ingest, write_records: WriteRecords, archive_folder: Path
) -> None:
    path = write_records("a.jsonl", 1)
    (archive_folder / "locks").mkdir(parents=True)
    with FileLock(archive_folder / "locks" / "ingest.lock"):
        called = ingest(path)
    assert (called.code, IngestRun.objects.count()) == (1, 0)
    assert "another ingest is running: wait until it is done" in called.complaint


def test_what_a_killed_run_left_is_put_right(
    ingest: Ingest, write_records: WriteRecords, archive_folder: Path
) -> None:
    ingest(write_records("a.jsonl", 2))
    dead = IngestRun.objects.create(paths=["x"])
    stray = originals.stage(chunks=[b"stray"], folder=originals.incoming_folder())
    originals.keep(staged=[stray])
    originals.stage(chunks=[b"half"], folder=originals.incoming_folder())
    assert len(differences()) == 3
    ingest(write_records("b.jsonl", 2))
    dead.refresh_from_db()
    assert dead.status == IngestRun.Status.STOPPED
    assert differences() == []


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(
    archive_folder: Path, write_records: WriteRecords, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        write_records(f"{name}.jsonl", 3)
    monkeypatch.setattr("archive.ingest.run.HANDFUL_FILES", 1)

    class Impatient:
        def begin(self, total_weight: int) -> None:
            assert total_weight == sum(path.stat().st_size for path in inbox.iterdir())

        def advance(self, weight: float, articles: int, counts: Any) -> None:
            if articles > 3:
                raise KeyboardInterrupt

        def end(self) -> None:
            pass

    request = IngestRequest(paths=(inbox,))
    with pytest.raises(IngestStopped, match="run the same command again to go on"):
        run_ingest(request, Impatient())
    run = IngestRun.objects.get()
    assert (run.status, run.counts["articles"], Article.objects.count()) == (IngestRun.Status.STOPPED, 3, 3)
    assert differences() == []
    assert run_ingest(request).unchanged == 1
    assert Article.objects.count() == 9


def test_a_fault_of_a_reader_does_not_stop_the_rest(
    ingest: Ingest, write_records: WriteRecords, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_records("a.jsonl", 2)
    write_records("b.jsonl", 2)

    def faulty(name: str, *rest: Any) -> Any:
        if name == "a.jsonl":
            raise ZeroDivisionError
        return read_source(name, *rest)

    monkeypatch.setattr("archive.ingest.readers.read_source", faulty)
    called = ingest(inbox)
    assert "fault of Arshif" in called.report[0]["reason"]
    assert called.report[1]["articles"] == 2


def test_small_file_that_the_database_refuses_takes_no_other_with_it(
    ingest: Ingest, write_records: WriteRecords, inbox: Path
) -> None:
    earlier = ingest(write_records("earlier.jsonl", 1))
    paths = [write_records(f"{n}.jsonl", 2) for n in range(3)]
    taken = article_uid(hashlib.sha256(paths[1].read_bytes()).hexdigest(), 0)
    Article.objects.update(uid=taken)
    called = ingest(inbox)
    outcomes = {line["name"]: line["outcome"] for line in called.report}
    assert outcomes == {
        "0.jsonl": "new",
        "1.jsonl": "quarantined",
        "2.jsonl": "new",
        "earlier.jsonl": "unchanged",
    }
    assert "the database refuses it" in called.report[1]["reason"]
    assert earlier.report[0]["articles"] + 4 == Article.objects.count()


def test_same_bad_bytes_twice_in_one_call_are_quarantined_twice(ingest: Ingest, inbox: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (inbox / name).write_text('{"title": "no body"}\n')
    assert [line["outcome"] for line in ingest(inbox).report if line["record"] is None] == ["quarantined"] * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_same_bytes_under_a_name_by_which_they_can_be_read_come_in(
    ingest: Ingest, inbox: Path, jobs: int
) -> None:
    for name in ("a.csv", "b.csv", "c.txt", "d.txt", "e.csv"):
        (inbox / name).write_text(f"خبر عن الاجتماع\n\n{BODY}\n", encoding="utf-8")
    called = ingest(inbox, "--jobs", jobs)
    files = [line for line in called.report if line["record"] is None]
    assert [line["name"] for line in files] == ["a.csv", "b.csv", "c.txt", "d.txt", "e.csv"]
    assert [line["outcome"] for line in files] == ["quarantined"] * 2 + ["new"] + ["unchanged"] * 2
    assert SourceFile.objects.get().name == "c.txt"
    assert differences() == []
    assert not originals.left_incoming()


def test_unknown_outlet_is_suggested_and_made_only_when_asked(
    ingest: Ingest, write_records: WriteRecords
) -> None:
    ingest(write_records("a.jsonl", 2, outlet="صحيفة لا يعرفها أحد"))
    assert not Outlet.objects.exists()
    ingest(write_records("b.jsonl", 2, outlet="صحيفة لا يعرفها أحد"), "--new-outlets")
    outlet = Outlet.objects.get()
    assert (outlet.name, outlet.articles.count()) == ("صحيفة لا يعرفها أحد", 2)


def test_body_that_no_database_holds_is_refused(ingest: Ingest, inbox: Path) -> None:
    records = [{"body": BODY}, {"body": f"{BODY}\ud800"}, {"body": BODY, "title": "\ud83d"}]
    (inbox / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    called = ingest(inbox)
    assert called.code == 0
    assert counts()["records"] == 3
    assert Article.objects.count() >= 1
