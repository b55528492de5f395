"""An archive of its own for each test, and a way to call `ingest` as from a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

BODY = "قال المتحدث إن الاجتماع المقبل سيعقد في العاصمة يوم الخميس بحضور الوزراء جميعا"


@dataclass(frozen=True)
class Called:
    """What a command did: its exit code, what it printed, what it complained of, the lines of its report."""

    code: int
    said: str
    complaint: str
    report: list[dict[str, Any]]

    def reasons(self) -> str:
        return "\n".join(f"{line['name']}:{line['record']}: {line['reason']}" for line in self.report)


Ingest = Callable[..., Called]


@pytest.fixture
def archive_folder(tmp_path: Path, settings: Any, db: None) -> Path:
    """An empty archive's data folder."""
    folder = tmp_path / "data"
    settings.ARSHIF_ORIGINALS_DIR = folder / "originals"
    settings.ARSHIF_LOCK_DIR = folder / "locks"
    return folder


@pytest.fixture
def ingest(archive_folder: Path, tmp_path: Path) -> Ingest:
    """Call `manage.py ingest --no-index --report …` with more arguments."""

    def call(*arguments: object) -> Called:
        report = tmp_path / "report.jsonl"
        report.unlink(missing_ok=True)
        out, code, complaint = StringIO(), 0, ""
        try:
            call_command("ingest", *map(str, arguments), "--no-index", "--report", str(report), stdout=out)
        except CommandError as error:
            code, complaint = error.returncode, str(error)
        lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
        return Called(code, out.getvalue(), complaint, [json.loads(line) for line in lines])

    return call


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder to put raw files in."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def write_records(inbox: Path) -> Callable[..., Path]:
    """Write a JSON Lines file of so many articles."""

    def write(name: str, count: int, **fields: object) -> Path:
        records = [
            {"id": f"{name}-{n}", "title": f"خبر رقم {n}", "body": f"{BODY} {n}", **fields}
            for n in range(count)
        ]
        path = inbox / name
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
        return path

    return write
