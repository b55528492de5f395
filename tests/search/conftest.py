"""An index of its own for each test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings

if TYPE_CHECKING:
    from tests.search.library import Collection


@pytest.fixture
def index_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """An empty folder that the engine keeps its generations in."""
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
