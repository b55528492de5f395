"""Readers with and without accounts, and articles to keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tests.pages.making import MakeArticle
    from tests.search.library import Collection

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def no_guesses() -> None:
    """Nobody has guessed at a password yet."""
    cache.clear()


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def layla(db: None) -> User:
    """A reader with an account, and no more rights than that."""
    from django.contrib.auth.models import User

    return User.objects.create_user("ليلى", password=PASSWORD)


@pytest.fixture
def amin(db: None) -> User:
    """Another one."""
    from django.contrib.auth.models import User

    return User.objects.create_user("amin", password=PASSWORD)


@pytest.fixture
def reader(layla: User) -> Client:
    """Layla, signed in."""
    client = Client()
    client.force_login(layla, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def stranger(amin: User) -> Client:
    """Amin, signed in."""
    client = Client()
    client.force_login(amin, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def make_article(db: None) -> MakeArticle:
    from tests.pages.making import article_maker

    return article_maker()


@pytest.fixture(params=["whoosh", "tantivy"])
def collection(
    db: None, settings: LazySettings, tmp_path: Path, request: pytest.FixtureRequest
) -> Collection:
    """An empty collection with an index of its own, by each engine in turn."""
    from tests.search.library import Collection

    settings.ARSHIF_ENGINE = request.param
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    return Collection()
