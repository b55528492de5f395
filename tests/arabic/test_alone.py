"""The package stands by itself: its folder alone, with nothing else of the project within reach, does
all it says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import arabic

PACKAGE = Path(arabic.__file__).resolve().parent
OTHERS = ("archive", "search", "config", "tools", "benchmarks", "tests", "django", "haystack")
RUN_EXAMPLES = f"""
import doctest, sys
sys.path.insert(0, sys.argv[1])
for name in {OTHERS}:
    sys.modules[name] = None  # importing it fails
import arabic
assert arabic.__file__.startswith(sys.argv[1]), arabic.__file__
result = doctest.testfile(sys.argv[1] + "/arabic/README.md", module_relative=False, encoding="utf-8")
print(result.attempted, result.failed)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the package and nothing else."""
    shutil.copytree(PACKAGE, tmp_path / "arabic", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run_alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_examples_of_its_page_run_with_the_package_alone(folder: Path) -> None:
    done = run_alone(folder, "-I", "-c", RUN_EXAMPLES, str(folder))
    assert done.returncode == 0, done.stderr
    attempted, failed = map(int, done.stdout.splitlines()[-1].split())
    assert failed == 0, done.stdout
    assert attempted > 15


def test_its_command_makes_counts_with_the_package_alone(folder: Path) -> None:
    (folder / "news.txt").write_text("وصل الوزير وصل الوزير وصل الوزير أمس", encoding="utf-8")
    done = run_alone(folder, "-m", "arabic.lexicon", "build", "counts.txt.gz", "news.txt")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3 forms written")


def test_its_page_shows_everything_it_offers() -> None:
    page = (PACKAGE / "README.md").read_text(encoding="utf-8")
    types = {"Calendar", "Forms", "Precision", "PrintedDate", "Term", "Token", "Words"}
    assert {name for name in set(arabic.__all__) - types if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("name", arabic.__all__)
def test_what_it_offers_is_named_in_its_docstring(name: str) -> None:
    assert re.search(rf"`{name}`", arabic.__doc__ or "")
