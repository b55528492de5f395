"""What workers of the web server share was loaded before they parted, and nothing open is among it."""

from __future__ import annotations

import gc
import runpy
import types
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

from arabic import lexicon
from search.engine import engine
from tests.conftest import REPOSITORY

CONFIG = REPOSITORY / "config" / "gunicorn.py"


@pytest.fixture
def config() -> dict[str, Any]:
    return runpy.run_path(str(CONFIG))


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.django_db(transaction=True)
def test_workers_share_what_is_loaded_and_nothing_that_is_open(config: dict[str, Any], thawed: None) -> None:
    connection.ensure_connection()
    engine().forget()
    config["when_ready"](types.SimpleNamespace(log=None))
    assert config["preload_app"]
    assert gc.get_freeze_count()
    assert lexicon._in_use.name() is not None
    if "memory" not in str(connection.settings_dict["NAME"]):  # one in memory stays open, or it would be lost
        assert all(one.connection is None for one in connections.all())
