"""Killed or asked to stop at any moment, and run again, an archive is what one run makes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.ingest.readers import undisturbed
from benchmarks.kill_ingest import kill_and_compare, manage
from tests.conftest import REPOSITORY
from tests.ingest.conftest import BODY

Ask = Callable[["subprocess.Popen[str]", signal.Signals], None]


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
    (folder / "large.jsonl").write_text(lines(0, 1200), "utf-8")
    with zipfile.ZipFile(folder / "small.zip", "w") as packed:
        for number in range(400):
            packed.writestr(f"{number}.jsonl", lines(100_000 + number, 1))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.long), 2])
def test_killed_and_run_again_is_as_one_run(tmp_path: Path, inbox: Path, jobs: int) -> None:
    clean, killed, struck = kill_and_compare(tmp_path, [str(inbox), f"--jobs={jobs}"], kills=2, seed=jobs)
    assert struck >= 1
    assert clean.articles == 1600
    assert killed == clean
    assert killed.differences == ()


def ask_one(process: subprocess.Popen[str], by: signal.Signals) -> None:
    process.send_signal(by)


def ask_all(process: subprocess.Popen[str], by: signal.Signals) -> None:
    """As a terminal does: the readers are asked as well."""
    os.killpg(process.pid, by)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ask", "by", "after"),
    [
        pytest.param(ask_one, signal.SIGINT, 0.0, id="interrupted", marks=pytest.mark.long),
        pytest.param(ask_one, signal.SIGTERM, 0.0, id="terminated"),
        pytest.param(ask_all, signal.SIGINT, 0.0, id="Ctrl-C at once", marks=pytest.mark.long),
        pytest.param(
            ask_all, signal.SIGINT, 0.05, id="Ctrl-C while the readers start", marks=pytest.mark.long
        ),
        pytest.param(ask_all, signal.SIGINT, 0.3, id="Ctrl-C while they load", marks=pytest.mark.long),
    ],
)
def test_asked_to_stop_it_says_how_to_go_on(
    tmp_path: Path, inbox: Path, ask: Ask, by: signal.Signals, after: float
) -> None:
    folder = tmp_path / "data"
    manage(folder, "migrate", "--verbosity", "0")
    process = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "manage.py"), "ingest", "--no-index", "--jobs=2", str(inbox)],
        env={**os.environ, "ARSHIF_DATA_DIR": str(folder), "DATABASE_URL": ""},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not any((folder / "originals").glob("incoming/*")):
        time.sleep(0.001)
    time.sleep(after)
    ask(process, by)
    _said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "run the same command again to go on" in complaint
    assert "Traceback" not in complaint
    again = manage(folder, "ingest", "--no-index", str(inbox))
    assert again.returncode == 0
    checked = manage(folder, "check_archive").stdout
    assert "originals: as it should be\ndatabase: as it should be" in checked


def test_request_to_stop_waits_even_if_another_thread_is_given_it() -> None:
    asked, done = threading.Event(), list[str]()

    def ask() -> None:
        asked.wait()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    def work() -> None:
        with undisturbed():
            asked.set()
            other.join()
            done.append("all that was to be done first")

    other = threading.Thread(target=ask)
    other.start()
    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["all that was to be done first"]
