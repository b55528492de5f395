"""`check_archive` finds what differs between originals and database, and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article, Evidence, IngestRun, SourceFile
from archive.selectors.checks import CHECKS
from archive.services import originals
from tests.archive.builders import take_in

pytestmark = pytest.mark.usefixtures("articles")


@pytest.fixture
def articles(archive_folder: Path, tmp_path: Path) -> list[Article]:
    return take_in(tmp_path / "in", {"title": "أول"}, {"title": "ثان"})


def differences() -> list[str]:
    return [
        f"{found.what}: {found.remedy}" for checks in CHECKS.values() for check in checks for found in check()
    ]


def original() -> Path:
    return originals.original_path(sha256=SourceFile.objects.get().sha256)


def change_original() -> None:
    original().chmod(0o644)
    original().write_bytes(b"changed")


def leave_half_written() -> None:
    originals.stage(chunks=[b"half"], folder=originals.incoming_folder())


def keep_unowned() -> None:
    originals.keep(staged=[originals.stage(chunks=[b"unowned"], folder=originals.incoming_folder())])


def count_segments_from_file() -> None:
    article = Article.objects.latest("source_start")
    article.segments = [
        [start + article.source_start, end + article.source_start, kind]
        for start, end, kind in article.segments
    ]
    article.save()


DAMAGES: dict[str, tuple[Callable[[], object], str, str]] = {
    "original missing": (lambda: original().unlink(), "is missing", "restore the originals folder"),
    "original changed": (change_original, "has changed", "restore the originals folder"),
    "original unowned": (keep_unowned, "belongs to no source file", "run the interrupted `ingest` again"),
    "half written": (leave_half_written, "left half written", "run the interrupted `ingest` again"),
    "article beyond": (lambda: Article.objects.update(source_end=10**6), "outside its source", "restore"),
    "evidence beyond": (lambda: Evidence.objects.update(end=10**6), "the evidence for title", "restore"),
    "segments": (
        lambda: Article.objects.update(segments=[[5, 2, "body"]]),
        "do not fit its place",
        "restore",
    ),
    "segments counted from the file": (count_segments_from_file, "do not fit its place", "restore"),
    "article gone": (lambda: Article.objects.latest("pk").delete(), "gave 2 articles and has 1", "restore"),
    "counts": (lambda: IngestRun.objects.update(counts={}), "do not add up", "restore"),
    "running": (lambda: IngestRun.objects.create(paths=[]), "has not ended", "run the interrupted"),
}


def test_sound_archive_has_no_differences() -> None:
    assert differences() == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_with_its_remedy(damage: str) -> None:
    do, said, remedy = DAMAGES[damage]
    do()
    found = differences()
    assert any(said in line and remedy in line for line in found), found


def test_command_exits_with_1_where_anything_differs() -> None:
    original().unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="difference") as failed:
        call_command("check_archive", stdout=out)
    assert failed.value.returncode == 1
    assert "originals: the original of 0.jsonl" in out.getvalue()
    assert "database: as it should be" in out.getvalue()


def test_reader_that_has_seen_enough_gets_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", StringIO())
    call_command("check_archive", stdout=Closed())


def test_missing_original_says_where_it_should_be() -> None:
    with pytest.raises(originals.OriginalMissing, match="restore that folder from its backup"):
        originals.open_original("0" * 64)
