"""`ARSHIF_ENGINE` does what it says, or is refused with what it could say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ASK = """
import sys, django
django.setup()
from haystack import connections
from search.engine import engine
print(type(connections["default"]).__name__, type(engine()).__name__, engine().root)
print(*(name for name in ("whoosh", "tantivy") if name in sys.modules))
"""


def asked(folder: Path, engine: str) -> subprocess.CompletedProcess[str]:
    """What an installation with this setting says of its engine."""
    environment = os.environ | {"ARSHIF_DATA_DIR": str(folder), "ARSHIF_ENGINE": engine}
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "backend", "index", "imported"),
    [
        pytest.param("whoosh", "WhooshEngine", "WhooshIndex", "whoosh", id="whoosh"),
        pytest.param("", "WhooshEngine", "WhooshIndex", "whoosh", id="not set"),
        pytest.param("tantivy", "TantivyEngine", "TantivyIndex", "tantivy", id="tantivy"),
    ],
)
def test_setting_chooses_the_engine_and_its_folder_and_loads_no_other(
    tmp_path: Path, name: str, backend: str, index: str, imported: str
) -> None:
    said = asked(tmp_path, name).stdout.split()
    assert said == [backend, index, str(tmp_path / "index" / imported), imported]


def test_unknown_engine_is_refused_with_the_choices(tmp_path: Path) -> None:
    refused = asked(tmp_path, "elastic")
    assert refused.returncode != 0
    assert "ARSHIF_ENGINE='elastic': choose one of whoosh, tantivy." in refused.stderr
