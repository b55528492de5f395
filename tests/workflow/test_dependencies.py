"""Every dependency has a reason, a licence that fits, and pins with hashes."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LISTS = ("requirements", "requirements-dev")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==\S+(?: ; [^\\]+)? \\$", re.MULTILINE)
COPYLEFT = re.compile(r"(?<![A-Za-z])A?GPL(?!.*exception)|(?<!Lesser )General Public License", re.IGNORECASE)
LIBRARY_COPYLEFT = {"psycopg", "psycopg-binary", "python-bidi"}
"""Under the LGPL, as docs/dependencies.md says."""
CHOSEN = {"tld": "MPL-1.1"}
"""Of licences that a package leaves its users to choose from."""


def canonical(name: str) -> str:
    """The name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(name: str) -> set[str]:
    """Names that a requirements list asks for directly."""
    lines = (REPOSITORY / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return {canonical(re.split(r"[\[~=<> ;]", line)[0]) for line in lines if line and line[0] not in "#-"}


def pinned(name: str) -> set[str]:
    """Names that the pins hold."""
    return set(PIN.findall((REPOSITORY / f"{name}.txt").read_text(encoding="utf-8")))


def documented() -> dict[str, list[str]]:
    """Rows of the tables of docs/dependencies.md: name to licence and reason."""
    page = (REPOSITORY / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z][a-z0-9.-]*) \| (.+?) \| (.+) \|$", page, re.MULTILINE)
    return {name: [licence, reason] for name, licence, reason in rows if name != "package"}


def licence_of(name: str) -> str:
    """What an installed package says of its licence, all its words for it together."""
    metadata = distribution(name).metadata
    said = [*(metadata.get_all("License-Expression") or []), *(metadata.get_all("Classifier") or [])]
    first_lines = [text.split("\n")[0] for text in metadata.get_all("License") or []]
    return "; ".join([text for text in said if "::" not in text or text.startswith("License")] + first_lines)


@pytest.mark.parametrize("name", LISTS)
def test_all_that_is_asked_for_is_pinned(name: str) -> None:
    assert wanted(name) - pinned(name) == set()


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_hashes(name: str) -> None:
    text = (REPOSITORY / f"{name}.txt").read_text(encoding="utf-8")
    unhashed = re.findall(r"^[a-z0-9].*==.*[^\\]$", text, re.MULTILINE)
    assert unhashed == []
    assert "--hash=sha256:" in text


@pytest.mark.parametrize("name", LISTS)
def test_pins_name_no_index(name: str) -> None:
    text = (REPOSITORY / f"{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"https?://|file:|--index|--find-links|--extra", text) == []


def test_development_pins_hold_the_runtime_pins() -> None:
    runtime, development = (
        set(re.findall(r"^[a-z0-9].*==\S+", (REPOSITORY / f"{name}.txt").read_text(), re.MULTILINE))
        for name in LISTS
    )
    assert runtime - development == set()


def test_page_of_dependencies_lists_what_is_asked_for_and_no_more() -> None:
    assert set(documented()) == wanted("requirements") | wanted("requirements-dev")


def is_installed(name: str) -> bool:
    """Whether it is here; some pins are for other platforms or Pythons."""
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


def test_all_that_is_asked_for_is_installed() -> None:
    assert {name for name in wanted("requirements-dev") if not is_installed(name)} == set()


@pytest.mark.parametrize("name", sorted(filter(is_installed, pinned("requirements-dev"))))
def test_no_dependency_is_under_gpl_or_agpl(name: str) -> None:
    licence = CHOSEN.get(name) or licence_of(name)
    if name in LIBRARY_COPYLEFT:
        assert re.search("LGPL|Lesser General Public", licence)
    else:
        assert not COPYLEFT.search(licence)
        assert "LGPL" not in licence


@pytest.mark.parametrize("name", sorted(LIBRARY_COPYLEFT & wanted("requirements")))
def test_page_of_dependencies_says_which_are_under_the_lgpl(name: str) -> None:
    assert "LGPL" in documented()[name][0]
