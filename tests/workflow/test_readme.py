"""README and docs tell the truth: commands run, links lead somewhere, make targets are there."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
CALL = ".venv/bin/python manage.py "


def commands() -> list[str]:
    """The calls of manage.py in README, in the order in which a reader meets them; names are loaded first."""
    found = [line.split("  #")[0].strip() for line in re.findall(rf"{re.escape(CALL)}[^`\n]+", README)]
    whole = [line for line in found if len(shlex.split(line)) > 3 or "check_archive" in line]
    return sorted(whole, key=lambda line: "load_names" not in line)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the files that README speaks of, and an empty archive in it."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "news").symlink_to(REPOSITORY / "sample/raw")
    (folder / "sample").symlink_to(REPOSITORY / "sample")
    record = {"source": "الرياض", "title": "خبر", "content": "نص خبر عن الإرهاب"}
    with gzip.open(folder / "papers.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    run(folder, f"{CALL}migrate --verbosity 0")
    return folder


def run(home: Path, line: str) -> str:
    """Run a line of README as its reader would, in that home."""
    words = [str(home / word[2:]) if word.startswith("~/") else word for word in shlex.split(line)]
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "manage.py"), *words[2:]],
        cwd=home,
        env={**os.environ, "ARSHIF_DATA_DIR": str(home / "var"), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_readme_shows_the_commands_of_a_day() -> None:
    named = {shlex.split(line)[2] for line in commands()}
    assert named >= {"ingest", "load_names", "search", "export", "check_archive"}


@pytest.mark.slow
def test_every_command_of_readme_runs(home: Path) -> None:
    said = {line: run(home, line) for line in commands()}
    assert (home / "all.csv").stat().st_size > 10_000
    assert (home / "what-would-happen.jsonl").is_file()
    searched = next(answer for line, answer in said.items() if " search " in line)
    assert "[الإرهاب]" in searched


def test_addresses_that_readme_asks_for_are_ones_that_http_allows() -> None:
    shown = [line for line in README.splitlines() if line.startswith("curl")]
    addresses = [word for line in shown for word in shlex.split(line)]
    addresses = [word for word in addresses if word.startswith("http")]
    assert addresses
    assert [word for word in addresses if not word.isascii()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_make_targets_that_readme_names_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets
