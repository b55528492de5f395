"""Bad input: each kind is quarantined or refused with a remedy, and the rest goes on."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article, IngestRun
from tests.ingest.conftest import BODY, Ingest

WriteRecords = Callable[..., Path]


def test_missing_path_is_a_wrong_call_and_nothing_starts(ingest: Ingest, write_records: WriteRecords) -> None:
    called = ingest(write_records("a.jsonl", 1), "/no/such/folder")
    assert (called.code, IngestRun.objects.count()) == (2, 0)
    assert "no such file or folder: /no/such/folder" in called.complaint
    assert "Check the spelling" in called.complaint


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.txt", b"", "is empty (0 bytes)", id="empty"),
        pytest.param("a.txt", b"\x7fELF" + bytes(range(256)) * 40, "", id="binary"),
        pytest.param("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40, "", id="picture"),
        pytest.param("a.txt", b"\0" * 5000, "", id="NUL bytes"),
        pytest.param("a.txt", BODY.encode() + b"\0\0\0" + BODY.encode(), "", id="NUL bytes in text"),
        pytest.param("a.txt", b" \n\n\t \n", "", id="blank"),
        pytest.param("a.jsonl", b'{"title": "no body"}\n', "no body", id="no body"),
        pytest.param("a.json", b'{"title": ', "", id="broken JSON"),
        pytest.param("a.json", b"[" * 100_000, "", id="nested JSON"),
    ],
)
def test_bad_file_is_quarantined_with_a_reason_and_the_rest_goes_on(
    ingest: Ingest, inbox: Path, write_records: WriteRecords, name: str, content: bytes, said: str
) -> None:
    (inbox / name).write_bytes(content)
    write_records("good.jsonl", 2)
    called = ingest(inbox)
    assert called.code == 0
    bad, *_records, good = called.report
    assert (bad["name"], bad["outcome"]) == (name, "quarantined")
    assert said in bad["reason"]
    assert "fault of Arshif" not in bad["reason"]
    assert len(bad["reason"]) > 20
    assert good["articles"] == 2


def test_broken_line_is_named_and_the_others_are_read(ingest: Ingest, inbox: Path) -> None:
    good = json.dumps({"body": BODY})
    (inbox / "a.jsonl").write_text(f"{good}\n{good}\n{{broken\n{good}\n[1, 2]\n")
    called = ingest(inbox)
    assert Article.objects.count() == 3
    assert [line["record"] for line in called.report] == [None, 3, 5]
    assert "line 3" in called.report[1]["reason"]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        pytest.param("content=text", "ours are id, title, subtitle, body, outlet", id="unknown field"),
        pytest.param("content", "write theirs=ours", id="no pair"),
        pytest.param("=body", "write theirs=ours", id="no name"),
    ],
)
def test_wrong_map_is_a_wrong_call_that_lists_our_fields(
    ingest: Ingest, write_records: WriteRecords, pair: str, said: str
) -> None:
    called = ingest(write_records("a.jsonl", 1), "--map", pair)
    assert (called.code, IngestRun.objects.count()) == (2, 0)
    assert said in called.complaint


def test_map_of_a_key_that_is_not_there_lists_the_keys_that_are(
    ingest: Ingest, write_records: WriteRecords
) -> None:
    called = ingest(write_records("a.jsonl", 1), "--map", "contents=body")
    assert called.report[0]["outcome"] == "quarantined"
    for said in ("contents", "id", "title", "body"):
        assert said in called.report[0]["reason"]


def test_map_can_be_given_at_once_or_repeatedly(ingest: Ingest, inbox: Path) -> None:
    (inbox / "a.jsonl").write_text(json.dumps({"t": "عنوان", "c": BODY, "s": "قسم"}) + "\n")
    assert ingest(inbox, "--map", "t=title", "c=body", "--map", "s=section").code == 0
    article = Article.objects.get()
    assert (article.title, article.body, article.section) == ("عنوان", BODY, "قسم")


def test_path_behind_the_map_is_read(ingest: Ingest, inbox: Path) -> None:
    (inbox / "a.jsonl").write_text(json.dumps({"c": BODY}) + "\n")
    assert ingest("--map", "c=body", inbox / "a.jsonl").code == 0
    assert Article.objects.get().body == BODY


@pytest.mark.parametrize(
    "arguments", [(), ("--map", "content=body", "folder")], ids=["nothing", "after --map"]
)
def test_call_without_a_path_says_where_it_belongs(ingest: Ingest, arguments: tuple[str, ...]) -> None:
    called = ingest(*arguments)
    assert called.code == 2
    assert "name files or folders, and do so before --map" in called.complaint


@pytest.mark.parametrize("jobs", ["0", "-1"])
def test_fewer_than_one_job_is_a_wrong_call(ingest: Ingest, write_records: WriteRecords, jobs: str) -> None:
    assert ingest(write_records("a.jsonl", 1), f"--jobs={jobs}").code == 2


@pytest.mark.usefixtures("archive_folder")
def test_report_that_cannot_be_written_is_a_wrong_call(write_records: WriteRecords) -> None:
    path = write_records("a.jsonl", 1)
    with pytest.raises(CommandError, match="Name a file that can be written") as refused:
        call_command("ingest", str(path), "--report", "/no/such/folder/report.jsonl")
    assert (refused.value.returncode, IngestRun.objects.count()) == (2, 0)


def test_zip_that_climbs_out_or_explodes_is_quarantined_and_the_rest_goes_on(
    ingest: Ingest, inbox: Path
) -> None:
    with zipfile.ZipFile(inbox / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../climbs.txt", BODY)
        packed.writestr("explodes.txt", "خبر " * 10_000_000)
        packed.writestr("good.jsonl", json.dumps({"body": BODY}))
    called = ingest(inbox)
    outcomes = [(line["name"], line["outcome"]) for line in called.report]
    assert outcomes == [
        ("a.zip/../../climbs.txt", "quarantined"),
        ("a.zip/explodes.txt", "quarantined"),
        ("a.zip/good.jsonl", "new"),
    ]
    assert not (inbox.parent.parent / "climbs.txt").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv"])
def test_line_of_100_megabytes_is_answered_in_bounded_memory(
    ingest: Ingest, inbox: Path, write_records: WriteRecords, name: str
) -> None:
    with (inbox / name).open("wb") as file:
        file.writelines([b"x" * 1_000_000] * 100)
    write_records("good.jsonl", 2)
    tracemalloc.start()
    try:
        called = ingest(inbox)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert called.code == 0
    assert called.report[-1]["articles"] == 2
    assert len(called.report[0]["reason"]) < 1000
    assert peak < 1_000_000_000
