"""Killed or asked to stop at any moment, and run again, an archive is what one run makes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from benchmarks.kill_ingest import kill_and_compare, manage
from tests.conftest import REPOSITORY
from tests.ingest.conftest import BODY


def lines(start: int, count: int) -> str:
    records = (
        {"id": str(n), "title": f"خبر {n}", "body": f"{BODY} {n} " * 8} for n in range(start, start + count)
    )
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """One large file, and many small ones in a zip."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "large.jsonl").write_text(lines(0, 2500), "utf-8")
    with zipfile.ZipFile(folder / "small.zip", "w") as packed:
        for number in range(700):
            packed.writestr(f"{number}.jsonl", lines(100_000 + number, 1))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_and_run_again_is_as_one_run(tmp_path: Path, inbox: Path, jobs: int) -> None:
    clean, killed, struck = kill_and_compare(tmp_path, [str(inbox), f"--jobs={jobs}"], kills=5, seed=jobs)
    assert struck >= 1
    assert clean.articles == 3200
    assert killed == clean
    assert killed.differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_says_how_to_go_on(tmp_path: Path, inbox: Path, by: signal.Signals) -> None:
    folder = tmp_path / "data"
    manage(folder, "migrate", "--verbosity", "0")
    process = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "manage.py"), "ingest", "--no-index", "--jobs=2", str(inbox)],
        env={**os.environ, "ARSHIF_DATA_DIR": str(folder), "DATABASE_URL": ""},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not any((folder / "originals").glob("incoming/*")):
        time.sleep(0.01)
    process.send_signal(by)
    _said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "run the same command again to go on" in complaint
    assert "Traceback" not in complaint
    again = manage(folder, "ingest", "--no-index", str(inbox))
    assert again.returncode == 0
    checked = manage(folder, "check_archive").stdout
    assert "originals: as it should be\ndatabase: as it should be" in checked
