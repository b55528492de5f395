"""Upkeep by real processes: killed ones, two at once, and a server that is asked meanwhile."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.rebuild_under_load import environment, measured

OTHER = pytest.param("tantivy", marks=pytest.mark.long)
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("engine_name", ["whoosh", OTHER], indirect=True)]

SAVE = """
import os, signal, django
from archive.signals import articles_changed
articles_changed.connect(lambda **_: os.kill(os.getpid(), signal.SIGKILL), weak=False)
django.setup()
from django.db import transaction
from archive.models import Article
from archive.services.changes import announce_changes, note_changes
with transaction.atomic():
    article = Article.objects.get(title="نفط")
    article.body = "كلمة غمازات"
    article.save()
    note_changes(uids=[article.uid])
    announce_changes()
"""
"""A save as the admin panel makes it, killed after the commit, before the index follows: whoever
listens first is told first."""
HOLD = """
import django, sys, time
django.setup()
from search.upkeep import only_indexer
with only_indexer():
    print("at work", flush=True)
    sys.stdin.read()
"""


def articles(folder: Path, name: str, first: int, count: int) -> Path:
    """So many articles as a file."""
    path = folder / f"{name}.jsonl"
    lines = (
        json.dumps({"title": "نفط" if number == 0 else "", "body": f"خبر رقمه {number} من {name}"})
        for number in range(first, first + count)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, engine_name: str) -> Run:
    """Runs Python on an archive of its own of fifty articles, indexed by each engine in turn."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment(tmp_path, engine_name) | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    call("manage.py", "migrate", "--verbosity", "0")
    call("manage.py", "ingest", str(articles(tmp_path, "first", 0, 50)))
    return call


def found(run: Run, query: str) -> int:
    """How many articles a process of its own finds."""
    return int(json.loads(run("manage.py", "search", query, "--format", "json").stdout)["total"])


def test_process_killed_right_after_a_save_loses_nothing(run: Run) -> None:
    killed = run("-c", SAVE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (found(run, ""), found(run, "غمازات")) == (50, 0)
    assert "1 changes are waiting" in run("manage.py", "check_archive").stdout
    assert run("manage.py", "index").returncode == 0
    assert (found(run, ""), found(run, "غمازات")) == (50, 1)
    assert run("manage.py", "check_archive").returncode == 0


def test_of_two_indexers_one_works_and_the_other_says_so(run: Run, tmp_path: Path, engine_name: str) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=environment(tmp_path, engine_name) | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout is not None
    assert first.stdout.readline().strip() == "at work"
    second = run("manage.py", "index", "--rebuild")
    assert (second.returncode, "Another indexer is at work" in second.stderr) == (1, True)
    assert found(run, "") == 50
    first.kill()
    first.communicate()
    assert run("manage.py", "index", "--rebuild").returncode == 0
    assert run("manage.py", "check_archive").returncode == 0


@pytest.mark.long
def test_server_answers_from_a_whole_index_during_a_rebuild_and_a_batch(
    run: Run, tmp_path: Path, engine_name: str
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stretches = measured(tmp_path, engine_name, port, articles(tmp_path, "second", 1_000, 50), quiet=2)
    for stretch in stretches:
        assert len(stretch.answers) > 0
        assert (stretch.failed, stretch.wrong) == (0, 0), stretch
    assert [stretch.totals for stretch in stretches] == [(50,), (50,), (50, 100)]


def test_half_built_generation_of_a_killed_indexer_goes_with_the_next_run(
    run: Run, tmp_path: Path, engine_name: str
) -> None:
    root = tmp_path / "index" / engine_name
    served = (root / "current").read_text()
    half = root / "gen-99"
    half.mkdir()
    (half / "part").write_bytes(os.urandom(100))
    (root / "current.123.new").write_text("gen-9")
    assert run("manage.py", "index").returncode == 0
    assert sorted(path.name for path in root.iterdir()) == ["current", served]
    assert found(run, "") == 50
