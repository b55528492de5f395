"""Articles made for the tests of pages, each in a source file of its own unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from archive.models import Outlet
    from tests.pages.making import MakeArticle


@pytest.fixture
def reader(db: None) -> Client:
    """Someone who reads the archive and has chosen nothing."""
    return Client()


@pytest.fixture
def make_outlet(db: None) -> Callable[..., Outlet]:
    """Make an outlet, or answer the one there is with this slug."""
    from archive.models import Outlet

    def make(slug: str = "riwaq", name: str = "الرواق", **more: Any) -> Outlet:
        return Outlet.objects.get_or_create(slug=slug, defaults={"name": name, **more})[0]

    return make


@pytest.fixture
def make_article(db: None) -> MakeArticle:
    """Make an article: known to the day, of no outlet, in its own source file; any field can be given."""
    from tests.pages.making import article_maker

    return article_maker()
