"""The sample collection, loaded once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def sample_archive(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """An archive of the sample collection with an index of its own; emptied after the module."""
    from tests.search_page.sample import load_sample

    folder = tmp_path_factory.mktemp("archive")
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    with (
        override_settings(
            HAYSTACK_CONNECTIONS={"default": {**connection, "PATH": str(folder / "index")}},
            ARSHIF_LOCK_DIR=folder / "locks",
            ARSHIF_ORIGINALS_DIR=folder / "originals",
        ),
        django_db_blocker.unblock(),
    ):
        load_sample()
        yield
        call_command("flush", interactive=False, verbosity=0)
