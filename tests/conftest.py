"""What every test shares: a private data folder, the collections beside the repository, a real browser."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _use_private_data() -> None:
    """Point the settings at a folder of this test session's own; no test may touch a real archive."""
    folder = tempfile.mkdtemp(prefix="arshif-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["ARSHIF_DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ.setdefault("DJANGO_SECRET_KEY", "of the tests")


def _hear_interrupts() -> None:
    """Take Ctrl-C again where whoever started the tests ignores it (a shell's background job, nohup).

    Else the commands that tests start would ignore it too, and those that test a stop would see none.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _give_examples_time() -> None:
    """Let a drawn example take its time: on a busy machine any of them can take a second."""
    hypothesis.settings.register_profile("arshif", deadline=None)
    hypothesis.settings.load_profile("arshif")


_use_private_data()
_hear_interrupts()
_give_examples_time()


def pytest_configure(config: pytest.Config) -> None:
    """Load Django before test modules import models, and after the data folder is known."""
    import django

    django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker choose a data folder of its own: one that inherits the name loads settings sooner."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of collections and seeds beside the repository (or `ARSHIF_SHARED`); not everyone has it."""
    folder = Path(os.environ.get("ARSHIF_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the collections in {folder}; ARSHIF_SHARED can name another folder")
    return folder


def _skip_browser(reason: str) -> NoReturn:
    if os.environ.get("ARSHIF_REQUIRE_BROWSER") == "1":
        pytest.fail(f"ARSHIF_REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)


def _chromium() -> str:
    given = os.environ.get("ARSHIF_CHROMIUM")
    for name in [given] if given else ["/usr/bin/chromium", "chromium"]:
        if found := shutil.which(name):
            return found
    _skip_browser(f"there is no {given or 'chromium'} on this machine (Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """A Playwright driver for the session."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, where Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A headless Chromium; a skip with its reason where there is none."""
    executable = _chromium()
    driver: Playwright = request.getfixturevalue("playwright")
    launched = driver.chromium.launch(executable_path=executable, args=list(CHROMIUM_ARGUMENTS))
    yield launched
    launched.close()


PageOpener = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[PageOpener]:
    """Open pages of the live server, each in a clean context with the given options of Playwright.

    `open_page(java_script_enabled=False, viewport={"width": 390, "height": 844}).goto("/search/")`
    Whatever a page asks of another host is refused, so nothing can depend on it.
    """
    address = str(live_server)
    contexts: list[BrowserContext] = []

    def is_elsewhere(url: str) -> bool:
        return not url.startswith((address, "data:", "blob:"))

    def opened(**options: object) -> Page:
        context = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.route(
            lambda url: not url.startswith((address, "data:", "blob:")), lambda route: route.abort()
        )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(open_page: PageOpener) -> Page:
    """One page of the live server with JavaScript, as most readers have it."""
    return open_page()
