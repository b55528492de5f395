"""Each browser test has folders of its own: tests that run side by side would wait for each other's locks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[None]:
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    with override_settings(
        HAYSTACK_CONNECTIONS={"default": {**connection, "PATH": str(tmp_path / "index")}},
        ARSHIF_LOCK_DIR=tmp_path / "locks",
        ARSHIF_ORIGINALS_DIR=tmp_path / "originals",
    ):
        yield
