"""An archive of its own for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def archive_folder(tmp_path: Path, settings: Any, db: None) -> Path:
    """An empty archive's data folder."""
    folder = tmp_path / "data"
    settings.ARSHIF_ORIGINALS_DIR = folder / "originals"
    settings.ARSHIF_LOCK_DIR = folder / "locks"
    return folder
