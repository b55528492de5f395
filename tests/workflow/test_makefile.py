"""The one-word commands: what they promise, and what they leave alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
STEPS_OF_DEMO = (
    *("make_venv", "requirements.txt", "tools.fonts"),
    *("migrate", "load_names", "ingest", "collectstatic"),
    *("tools.admin", "gunicorn"),
)
OF_THE_OUTER_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}


def output(*command: str, **environment: str) -> str:
    """What a command prints, called in the repository with more of an environment."""
    answer = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={name: value for name, value in os.environ.items() if name not in OF_THE_OUTER_MAKE}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return answer.stdout


def phony() -> set[str]:
    """Words that the Makefile takes."""
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE).group(1).split())  # type: ignore[union-attr]


def test_help_names_every_word() -> None:
    assert set(re.findall(r"^make ([a-z]+)", output("make", "help"), re.MULTILINE)) == phony()


def test_demo_goes_from_nothing_to_a_server_in_order() -> None:
    steps = output("make", "--dry-run", "--always-make", "demo", "PORT=8765")
    order = [
        "make_venv",
        "requirements.txt",
        "tools.fonts",
        "migrate",
        "load_names",
        "ingest",
        "collectstatic",
    ]
    places = [steps.find(step) for step in [*order, "tools.admin", "gunicorn"]]
    assert -1 not in places
    assert places == sorted(places)
    assert "--bind 127.0.0.1:8765" in steps


def test_installation_demands_hashes() -> None:
    steps = output("make", "--dry-run", "--always-make", "test", "demo")
    installs = [line for line in steps.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)


def test_clean_leaves_the_archive_alone() -> None:
    assert not re.search(r"\bvar\b|sqlite|originals", output("make", "--dry-run", "clean"))


def test_ci_runs_what_developers_run_and_forbids_the_browser_skip() -> None:
    script = (REPOSITORY / ".ci/run").read_text(encoding="utf-8")
    assert re.search(r"^make test", script, re.MULTILINE)
    assert re.search(r"^export ARSHIF_REQUIRE_BROWSER=1$", script, re.MULTILINE)
    assert output("bash", "-n", ".ci/run") == ""
    assert os.access(REPOSITORY / ".ci/run", os.X_OK)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("required", "outcome"),
    [
        pytest.param("0", "1 skipped", id="skipped with the reason"),
        pytest.param("1", "1 error", id="an error where it is required"),
    ],
)
def test_browser_test_without_a_browser(tmp_path: Path, required: str, outcome: str) -> None:
    test = tmp_path / "test_page.py"
    test.write_text("def test_page(browser):\n    assert browser\n")
    answer = output(
        sys.executable,
        *(
            "-m",
            "pytest",
            "--rootdir",
            str(REPOSITORY),
            "-c",
            "pyproject.toml",
            "--confcutdir",
            str(tmp_path),
        ),
        *("-p", "tests.conftest", str(test)),
        ARSHIF_CHROMIUM="browser-nowhere",
        ARSHIF_REQUIRE_BROWSER=required,
    )
    assert outcome in answer
    assert "there is no browser-nowhere on this machine" in answer
