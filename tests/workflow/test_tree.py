"""What lies in the repository: nothing of one machine, nothing unfinished, nothing that is made here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".yml", ".html", ".css", ".js", ".in", ".txt", ".tsv", ".sh", ".po", ""}
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work|tmp|opt|mnt)/[A-Za-z0-9_]"  # a path that exists in one place
    r"|\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b"  # an address of a private network
)
MADE_HERE = ("var/", ".venv/", "static/fonts/", "staticfiles/", ".env")


def _tracked() -> list[str]:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("not a git clone")
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True)
    return [name for name in answer.stdout.decode().split("\0") if name and (REPOSITORY / name).is_file()]


def _texts() -> list[str]:
    mine = str(Path(__file__).relative_to(REPOSITORY))
    return [name for name in _tracked() if Path(name).suffix in TEXT and name != mine]


def test_nothing_names_one_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in _texts()
        if not name.startswith("sample/raw/")
        for number, line in enumerate((REPOSITORY / name).read_text("utf-8").splitlines(), start=1)
        if OF_ONE_MACHINE.search(line)
    ]
    assert found == []


def test_nothing_that_is_made_here_is_tracked() -> None:
    assert [name for name in _tracked() if name.startswith(MADE_HERE)] == []


@pytest.mark.parametrize(
    ("of_tests", "most"),
    [pytest.param(False, 400, id="code"), pytest.param(True, 600, id="tests, which are mostly tables")],
)
def test_modules_stay_short(of_tests: bool, most: int) -> None:
    long = [
        name
        for name in _tracked()
        if name.endswith(".py") and "/migrations/" not in name and name.startswith("tests/") == of_tests
        if len((REPOSITORY / name).read_text("utf-8").splitlines()) > most
    ]
    assert long == []
