"""Each browser test has folders of its own: tests that run side by side would wait for each other's locks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import override_settings

from tests.browser.serving import ENGINES, SAMPLE, Collection, Served, saudi, serve, take_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WHOOSH, TANTIVY = ENGINES
Serving = Callable[[Collection, str], Served]
Visit = Callable[..., "Page"]
"""Opens pages of a served archive: `visit(java_script_enabled=False).goto("/search/")`."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[None]:
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    with override_settings(
        HAYSTACK_CONNECTIONS={"default": {**connection, "PATH": str(tmp_path / "index")}},
        ARSHIF_LOCK_DIR=tmp_path / "locks",
        ARSHIF_ORIGINALS_DIR=tmp_path / "originals",
    ):
        yield


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve a collection by an engine; each is taken in, and served, once a session."""
    folders: dict[str, Path] = {}
    served: dict[tuple[str, str], Served] = {}
    with ExitStack() as servers:

        def started(collection: Collection, engine: str) -> Served:
            if collection.name not in folders:
                folders[collection.name] = tmp_path_factory.mktemp(collection.name)
                take_in(collection, folders[collection.name])
            key = collection.name, engine
            if key not in served:
                served[key] = servers.enter_context(serve(collection, folders[collection.name], engine))
            return served[key]

        yield started


@pytest.fixture(
    params=[
        pytest.param(("sample", WHOOSH), id=f"sample, {WHOOSH}"),
        pytest.param(("sample", TANTIVY), id=f"sample, {TANTIVY}", marks=pytest.mark.long),
        *(pytest.param(("real", engine), id=f"real, {engine}", marks=pytest.mark.long) for engine in ENGINES),
    ]
)
def served(request: pytest.FixtureRequest, serving: Serving) -> Served:
    """The sample, and a real collection where it is, each by both engines."""
    return _served(request, serving)


@pytest.fixture(
    params=[
        pytest.param(("sample", WHOOSH), id="sample"),
        pytest.param(("real", TANTIVY), id="real", marks=pytest.mark.long),
    ]
)
def served_once(request: pytest.FixtureRequest, serving: Serving) -> Served:
    """The same, each by one engine: for what no engine changes."""
    return _served(request, serving)


def _served(request: pytest.FixtureRequest, serving: Serving) -> Served:
    which, engine = request.param
    collection = SAMPLE if which == "sample" else saudi(request.getfixturevalue("shared"))
    return serving(collection, engine)


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    """Open pages of a served archive in clean contexts; what they ask of another host fails the test."""
    yield from visits(browser, served.address)


@pytest.fixture
def visit_once(browser: Browser, served_once: Served) -> Iterator[Visit]:
    """The same for `served_once`."""
    yield from visits(browser, served_once.address)


def visits(browser: Browser, address: str) -> Iterator[Visit]:
    """Open pages at an address; in the end say what they asked of others."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []

    def opened(**options: object) -> Page:
        context = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.on("request", lambda request: _note(request.url))
        return context.new_page()

    def _note(url: str) -> None:
        if not url.startswith((f"{address}/", "data:", "blob:")):
            elsewhere.append(url)

    yield opened
    for context in contexts:
        context.close()
    assert elsewhere == []
