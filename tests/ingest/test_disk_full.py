"""A full disk ends a run with a plain message; nothing is half kept, and it goes on once there is room."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.ingest.conftest import BODY

FILES = 40
ARTICLES = 60


def manage(folder: Path, *arguments: str, file_limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if file_limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    return subprocess.run(
        [sys.executable, str(REPOSITORY / "manage.py"), *arguments],
        env={**os.environ, "ARSHIF_DATA_DIR": str(folder), "DATABASE_URL": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


def query(folder: Path, expression: str) -> str:
    done = manage(
        folder, "shell", "--verbosity", "0", "-c", f"from archive.models import *; print({expression})"
    )
    assert not done.returncode, done.stderr
    return done.stdout.strip()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Some five megabytes in many files."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(FILES):
        records = [{"id": f"{number}-{n}", "body": f"{BODY} {number} {n} " * 12} for n in range(ARTICLES)]
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / f"{number:02}.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes; only the superuser can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def assert_ended_plainly(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "no room left to write" in done.stderr
    assert "Make room" in done.stderr
    assert "run the same command" in done.stderr


@pytest.mark.slow
def test_full_disk_ends_the_run_plainly_and_leaves_nothing_half_kept(small_disk: Path, inbox: Path) -> None:
    manage(small_disk, "migrate", "--verbosity", "0")
    assert_ended_plainly(manage(small_disk, "ingest", str(inbox), "--no-index"))
    assert query(small_disk, "IngestRun.objects.get().status") == "failed"
    checked = manage(small_disk, "check_archive").stdout
    assert "originals: as it should be" in checked
    kept = int(query(small_disk, "SourceFile.objects.count()"))
    assert 0 < kept < FILES
    assert int(query(small_disk, "Article.objects.count()")) == kept * ARTICLES

    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = manage(small_disk, "ingest", str(inbox), "--no-index")
    assert f"{FILES - kept} new + {kept} unchanged" in again.stdout
    assert int(query(small_disk, "Article.objects.count()")) == FILES * ARTICLES
    assert "database: as it should be" in manage(small_disk, "check_archive").stdout


@pytest.mark.slow
@pytest.mark.long
def test_limit_on_the_size_of_files_ends_the_run_plainly(tmp_path: Path, inbox: Path) -> None:
    folder = tmp_path / "data"
    manage(folder, "migrate", "--verbosity", "0")
    assert_ended_plainly(manage(folder, "ingest", str(inbox), "--no-index", file_limit=3_000_000))
    kept = int(query(folder, "SourceFile.objects.count()"))
    assert int(query(folder, "Article.objects.count()")) == kept * ARTICLES
    again = manage(folder, "ingest", str(inbox), "--no-index")
    assert f"{FILES - kept} new + {kept} unchanged" in again.stdout
    checked = manage(folder, "check_archive").stdout
    assert "originals: as it should be\ndatabase: as it should be" in checked
