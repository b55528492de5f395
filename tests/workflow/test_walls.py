"""The house's walls: search -> archive -> arabic; config sees all; nothing sees config."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = {"arabic", "archive", "search", "config", "tools", "benchmarks", "tests"}
MAY_IMPORT = {
    "arabic": {"arabic"},
    "archive": {"archive", "arabic"},
    "search": {"search", "archive", "arabic"},
}
PURE = ("arabic", "archive/ingest/reading")
"""Folders that import no Django, nor anything that does."""
FRAMEWORKS = {"django", "haystack"}


def _modules(folder: str) -> list[Path]:
    return sorted((REPOSITORY / folder).rglob("*.py"))


def _imports(source: str, package: tuple[str, ...]) -> Iterator[str]:
    """Names of modules that a source of a package imports anywhere in it, relative ones made whole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *filter(None, [node.module])])


def _imports_of(path: Path) -> set[str]:
    return set(_imports(path.read_text(encoding="utf-8"), path.relative_to(REPOSITORY).parent.parts))


def _tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in _imports_of(path)}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_package_imports_only_what_lies_below_it(package: str) -> None:
    forbidden = PACKAGES - MAY_IMPORT[package]
    found = {str(path.relative_to(REPOSITORY)): _tops(path) & forbidden for path in _modules(package)}
    assert found, f"{package}/ has no modules"
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("folder", PURE)
def test_pure_folder_imports_no_framework(folder: str) -> None:
    found = {str(path.relative_to(REPOSITORY)): _tops(path) & FRAMEWORKS for path in _modules(folder)}
    assert found, f"{folder}/ has no modules"
    assert {path: names for path, names in found.items() if names} == {}


def test_reading_imports_nothing_of_the_archive_but_itself() -> None:
    """What else lies in `archive` imports Django, so a reading stage would import it at second hand."""
    found = {
        name
        for path in _modules("archive/ingest/reading")
        for name in _imports_of(path)
        if name.startswith("archive") and not name.startswith("archive.ingest.reading")
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        pytest.param("import config.settings", "config.settings", id="plain"),
        pytest.param("def f():\n    from config import urls", "config", id="inside a function"),
        pytest.param("from . import types", "archive.ingest", id="beside"),
        pytest.param("from ..models import Article", "archive.models", id="above"),
    ],
)
def test_import_is_seen(source: str, name: str) -> None:
    assert set(_imports(source, ("archive", "ingest"))) == {name}
