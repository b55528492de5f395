"""An index of its own for each test, by each engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings

if TYPE_CHECKING:
    from tests.search.library import Collection


ENGINES = ("whoosh", "tantivy")


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn: what holds for one holds for all. A module of one engine's own tests says its
    name in a fixture of this name."""
    return str(request.param)


@pytest.fixture
def index_folder(settings: LazySettings, tmp_path: Path, engine_name: str) -> Path:
    """An empty folder that the engine keeps its generations in."""
    settings.ARSHIF_ENGINE = engine_name
    folder = tmp_path / "index"
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(folder)}}
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    return folder


@pytest.fixture
def collection(db: None, index_folder: Path) -> Collection:
    """An empty collection."""
    from tests.search.library import Collection

    return Collection()
