"""Files through the browser: taken in by the same ingest within limits, read again when set aside, undone."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from archive.admin import uploading
from archive.ingest.keepers import ingest_lock
from archive.ingest.received import safe_name
from archive.models import Article, IngestOutcome, IngestRun, SourceFile
from archive.services import originals
from search.roles import Role
from tests.admin.test_roles import account
from tests.ingest.conftest import BODY

pytestmark = pytest.mark.django_db(transaction=True)
UPLOAD = reverse("admin:archive_ingestrun_upload")
UNREAD = json.dumps({"text": BODY}, ensure_ascii=False).encode() + b"\n"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.ARSHIF_ORIGINALS_DIR = tmp_path / "originals"
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    settings.ARSHIF_UPLOAD_DIR = tmp_path / "uploads"
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}
    yield tmp_path
    uploads = tmp_path / "uploads"
    assert not uploads.exists() or list(uploads.iterdir()) == []


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(account(role.value, role))
    client.cookies["lang"] = "en"
    return client


@pytest.fixture
def desk() -> Client:
    return client_of(Role.CURATOR)


def send(desk: Client, *files: tuple[str, bytes], **options: str) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return desk.post(UPLOAD, {"sent": sent, "format": "auto", **options})


def record(number: int = 0) -> bytes:
    return json.dumps({"title": f"عنوان {number}", "body": BODY}, ensure_ascii=False).encode() + b"\n"


def test_files_come_in_under_their_names_and_the_report_of_the_run_answers(desk: Client) -> None:
    answer = send(desk, ("أخبار.jsonl", record(1) + record(2)), ("b.jsonl", UNREAD))
    run = IngestRun.objects.get()
    assert answer.headers["Location"] == reverse("admin:archive_ingestrun_change", args=[run.pk])
    assert (run.paths, run.options["by"]) == (["أخبار.jsonl", "b.jsonl"], "curator")
    assert run.counts["articles"] == 2
    assert set(IngestOutcome.objects.filter(record=None).values_list("name", "outcome")) == {
        ("أخبار.jsonl", "new"),
        ("b.jsonl", "quarantined"),
    }
    report = desk.get(answer.headers["Location"]).content.decode()
    assert "body" in report
    assert reverse("admin:archive_ingestoutcome_retry", args=[_aside().pk]) in report
    assert SourceFile.objects.get().name == "أخبار.jsonl"


def _aside() -> IngestOutcome:
    return IngestOutcome.objects.get(name="b.jsonl", record=None)


def test_set_aside_file_is_downloaded_and_read_again_as_somebody_says(desk: Client) -> None:
    send(desk, ("b.jsonl", UNREAD))
    aside = _aside()
    as_it_came = desk.get(reverse("admin:archive_ingestoutcome_bytes", args=[aside.pk]))
    assert as_it_came.getvalue() == UNREAD
    assert as_it_came.headers["Content-Type"] == "application/octet-stream"
    address = reverse("admin:archive_ingestoutcome_retry", args=[aside.pk])
    wrong = desk.post(address, {"format": "auto", "mapping": "text=boddy"}).content.decode()
    assert "boddy is not a field" in wrong
    answer = desk.post(address, {"format": "auto", "mapping": "text=body"})
    run = IngestRun.objects.latest("pk")
    assert answer.headers["Location"] == reverse("admin:archive_ingestrun_change", args=[run.pk])
    assert (run.counts["new"], Article.objects.count()) == (1, 1)
    assert SourceFile.objects.get().name == "b.jsonl"
    assert "A later run has taken this file in" in desk.get(address).content.decode()
    assert (
        desk.get(reverse("admin:archive_ingestoutcome_changelist"), {"waiting": "yes"})
        .context["cl"]
        .result_count
        == 0
    )


def test_encoding_that_is_not_recognised_can_be_said(desk: Client) -> None:
    few_words = json.dumps({"body": "بيت"}, ensure_ascii=False).encode("windows-1256") + b"\n"
    send(desk, ("b.jsonl", few_words))
    assert Article.objects.count() == 0
    address = reverse("admin:archive_ingestoutcome_retry", args=[_aside().pk])
    desk.post(address, {"format": "jsonl", "encoding": "windows-1256"})
    assert Article.objects.get().body == "بيت"
    source = SourceFile.objects.get()
    assert (source.encoding, source.encoding_rule) == ("windows-1256", "as asked")


def test_two_files_of_one_name_are_two(desk: Client) -> None:
    send(desk, ("a.jsonl", record(1)), ("a.jsonl", record(2)))
    assert set(SourceFile.objects.values_list("name", flat=True)) == {"a.jsonl", "a (2).jsonl"}


def test_zip_is_opened_and_a_zip_bomb_refused_with_the_reason(desk: Client) -> None:
    good, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("raw/a.jsonl", record())
        archive.writestr("../../climbs.jsonl", record(3))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", b"\0" * (30 << 20))
    send(desk, ("good.zip", good.getvalue()), ("bomb.zip", bomb.getvalue()))
    reasons = dict(IngestOutcome.objects.filter(outcome="quarantined").values_list("name", "reason"))
    assert "unpacks to more than" in reasons["bomb.zip/b.txt"]
    assert "climbs out" in reasons["good.zip/../../climbs.jsonl"]
    assert Article.objects.count() == 1


def test_gzip_set_aside_is_read_again_unpacked(desk: Client) -> None:
    send(desk, ("b.jsonl.gz", gzip.compress(UNREAD)))
    aside = IngestOutcome.objects.get(record=None)
    desk.post(
        reverse("admin:archive_ingestoutcome_retry", args=[aside.pk]),
        {"format": "auto", "mapping": "text=body"},
    )
    assert SourceFile.objects.get().name == "b.jsonl"


@pytest.mark.parametrize(
    ("limit", "value", "files"),
    [
        pytest.param("MOST_FILES", 2, 3, id="too many"),
        pytest.param("MOST_BYTES", 200, 2, id="too large"),
    ],
)
def test_more_than_a_page_takes_is_refused_and_said(
    desk: Client, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, files: int
) -> None:
    monkeypatch.setattr(uploading, limit, value)
    answer = send(desk, *((f"{number}.jsonl", record(number)) for number in range(files)))
    assert "more than a page takes at once" in answer.content.decode()
    assert not IngestRun.objects.exists()


def test_form_without_its_token_is_refused() -> None:
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(account("samir", Role.CURATOR))
    assert send(desk, ("a.jsonl", record())).status_code == 403
    assert not IngestRun.objects.exists()


def test_while_another_ingest_runs_the_page_says_so(desk: Client) -> None:
    with ingest_lock():
        answer = send(desk, ("a.jsonl", record()))
    assert "Another run is at work now" in answer.content.decode()
    assert not IngestRun.objects.exists()


def test_run_is_taken_back_after_it_was_shown_what_that_means(desk: Client) -> None:
    send(desk, ("a.jsonl", record(1) + record(2)))
    run = IngestRun.objects.get()
    address = reverse("admin:archive_ingestrun_undo", args=[run.pk])
    assert desk.get(address).status_code == desk.post(address).status_code == 403
    administrator = client_of(Role.ADMINISTRATOR)
    assert "2 articles leave pages" in administrator.get(address).content.decode()
    assert Article.objects.shown().count() == 2
    assert administrator.post(address).status_code == 302
    assert Article.objects.shown().count() == 0
    assert "undone already" in administrator.get(address).content.decode()
    send(desk, ("a.jsonl", record(1) + record(2)))
    assert Article.objects.shown().count() == 2
    assert list(originals.left_incoming()) == []


def test_curated_articles_are_taken_back_only_when_that_is_said(desk: Client) -> None:
    send(desk, ("a.jsonl", record(1)))
    article = Article.objects.get()
    article.evidence.create(
        field="section", value="محليات", rule="curator", confidence=3, curator=account("nada", Role.CURATOR)
    )
    address = reverse("admin:archive_ingestrun_undo", args=[IngestRun.objects.get().pk])
    administrator = client_of(Role.ADMINISTRATOR)
    assert "say below that you mean them too" in administrator.post(address).content.decode()
    assert Article.objects.shown().count() == 1
    administrator.post(address, {"including_curated": "1"})
    assert Article.objects.shown().count() == 0


@given(st.text())
def test_no_name_leads_out_of_the_folder_or_is_too_long_for_it(name: str) -> None:
    safe = safe_name(name)
    assert safe.parts
    assert not safe.is_absolute()
    assert ".." not in safe.parts
    assert all(0 < len(part.encode()) <= 200 and "\0" not in part for part in safe.parts)
