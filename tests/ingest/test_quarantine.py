"""Nothing is lost: the bytes of a text that could not be read are kept, until better rules can read it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.ingest import keepers
from archive.models import Article, IngestOutcome, IngestRun
from archive.selectors.checks import CHECKS
from archive.services import originals
from tests.ingest.conftest import BODY, Ingest

WriteRecords = Callable[..., Path]

UNREAD = json.dumps({"text": BODY}, ensure_ascii=False).encode() + b"\n"


def differences() -> list[str]:
    return [found.what for part in CHECKS.values() for check in part for found in check()]


def kept(content: bytes) -> bool:
    sha256 = hashlib.sha256(content).hexdigest()
    assert IngestOutcome.objects.filter(sha256=sha256, outcome="quarantined").exists()
    return sha256 in originals.kept_originals()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.jsonl", UNREAD, id="no body"),
        pytest.param("a.json", b'{"body": ', id="broken JSON"),
        pytest.param(
            "a.html",
            b"<html><body><div id=app></div><script>draw()</script></body></html>",
            id="HTML without text",
        ),
        pytest.param("a.txt", BODY.encode() + b"\0" + BODY.encode(), id="NUL bytes in text"),
        pytest.param("a.txt", b"A note in English only, which is no article.", id="no Arabic"),
    ],
)
def test_text_that_could_not_be_read_is_kept_byte_for_byte(
    ingest: Ingest, inbox: Path, name: str, content: bytes
) -> None:
    (inbox / name).write_bytes(content)
    ingest(inbox)
    assert kept(content)
    assert originals.read_slice(hashlib.sha256(content).hexdigest(), 0, len(content)) == content
    assert differences() == []


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n" + bytes(range(256)) * 40, bytes(range(256)) * 40],
    ids=["picture", "binary"],
)
def test_what_holds_no_text_is_not_kept(ingest: Ingest, inbox: Path, content: bytes) -> None:
    (inbox / "a.txt").write_bytes(content)
    ingest(inbox)
    assert not kept(content)
    assert differences() == []


def test_text_over_the_limit_stays_where_it_was(
    ingest: Ingest, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keepers, "MOST_KEPT_ASIDE", len(UNREAD) - 1)
    (inbox / "a.jsonl").write_bytes(UNREAD)
    ingest(inbox)
    assert not kept(UNREAD)


def test_member_of_a_zip_is_kept_too(ingest: Ingest, inbox: Path) -> None:
    with zipfile.ZipFile(inbox / "a.zip", "w") as packed:
        packed.writestr("a.jsonl", UNREAD)
    ingest(inbox)
    assert kept(UNREAD)


def test_dry_run_keeps_nothing(ingest: Ingest, inbox: Path, archive_folder: Path) -> None:
    (inbox / "a.jsonl").write_bytes(UNREAD)
    ingest(inbox, "--dry-run")
    assert not archive_folder.exists()


def test_it_is_tried_again_and_becomes_a_source_once_it_can_be_read(ingest: Ingest, inbox: Path) -> None:
    (inbox / "a.jsonl").write_bytes(UNREAD)
    assert [ingest(inbox).report[0]["outcome"] for _time in range(2)] == ["quarantined"] * 2
    assert ingest(inbox, "--map", "text=body").report[0]["outcome"] == "new"
    assert Article.objects.get().body == BODY
    assert differences() == []


def test_what_a_killed_run_kept_aside_and_did_not_note_is_cleared(
    ingest: Ingest, inbox: Path, write_records: WriteRecords
) -> None:
    (inbox / "a.jsonl").write_bytes(UNREAD)
    ingest(inbox)
    IngestOutcome.objects.all().delete()
    IngestRun.objects.update(status="running", finished=None)
    ingest(write_records("b.jsonl", 1))
    assert hashlib.sha256(UNREAD).hexdigest() not in originals.kept_originals()


def test_missing_bytes_of_a_file_kept_aside_are_told(ingest: Ingest, inbox: Path) -> None:
    (inbox / "a.jsonl").write_bytes(UNREAD)
    ingest(inbox)
    originals.remove_original(sha256=hashlib.sha256(UNREAD).hexdigest())
    (difference,) = differences()
    assert "a.jsonl" in difference
    assert "is missing" in difference
