"""An archive served as `make demo` serves it: gunicorn, static files compressed, by either engine."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).resolve().parents[2]
ENGINES: Final = ("whoosh", "tantivy")
STARTS_WITHIN: Final = 120.0
READER, PASSWORD = "reader", "a long pass phrase"


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, and words that tests look for in them.

    `word` stands in many articles of several days, `other` in some of them and in others.
    """

    name: str
    paths: tuple[str, ...]
    word: str
    other: str
    names: str | None = None


SAMPLE: Final = Collection(
    "sample", (str(REPOSITORY / "sample/raw"),), "السد", "الماء", str(REPOSITORY / "sample/names.toml")
)


def saudi(shared: Path) -> Collection:
    """The 15,615 articles of a real collection."""
    file = shared / "corpora" / "saudinewsnet-dev.jsonl.gz"
    maps = ("--map", "content=body", "source=outlet", "date_extracted=published")
    return Collection("saudinewsnet-dev", (str(file), *maps), "السعودية", "النفط")


@dataclass(frozen=True, slots=True)
class Served:
    """A collection at an address, searched by an engine."""

    collection: Collection
    engine: str
    address: str

    @property
    def word(self) -> str:
        return self.collection.word


def take_in(collection: Collection, folder: Path) -> None:
    """A collection into a new archive in a folder, with an index of each engine and an account."""
    manage(folder, "migrate", "--verbosity", "0")
    if collection.names:
        manage(folder, "load_names", collection.names)
    manage(folder, "ingest", *collection.paths, "--no-index")
    for engine in ENGINES:
        manage(folder, "index", "--rebuild", engine=engine)
    manage(folder, "createsuperuser", "--no-input", "--username", READER, "--email", "reader@example.org")
    with (Path(tempfile.gettempdir()) / "arshif-tests-collectstatic").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_collected():
            manage(folder, "collectstatic", "--no-input", "--verbosity", "0")


def _is_collected() -> bool:
    """Whether all static files stand collected: collecting takes them from tests that run beside."""
    manifest = REPOSITORY / "staticfiles" / "staticfiles.json"
    sources = (path for path in (REPOSITORY / "static").rglob("*") if path.is_file())
    return manifest.exists() and all(path.stat().st_mtime < manifest.stat().st_mtime for path in sources)


@contextmanager
def serve(collection: Collection, folder: Path, engine: str) -> Iterator[Served]:
    """Serve an archive on a free port until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        "-m",
        "gunicorn",
        "config.wsgi",
        "--config",
        "config/gunicorn.py",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with (folder / f"{engine}.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *command],
            cwd=REPOSITORY,
            env=environment(folder, engine),
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/healthz", server)
            yield Served(collection, engine, address)
        finally:
            server.terminate()
            server.wait(30)


def manage(folder: Path, *arguments: str, engine: str = ENGINES[0]) -> None:
    """Run a command of an archive; its output stands in the error if it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=environment(folder, engine),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(arguments[:2])}: {done.stdout}{done.stderr}"


def environment(folder: Path, engine: str) -> dict[str, str]:
    """What an archive in a folder is told by its environment: as in production, and nothing of the tests'."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_DEBUG"}}
    return kept | {
        "ARSHIF_DATA_DIR": str(folder),
        "ARSHIF_ENGINE": engine,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "WEB_CONCURRENCY": "1",
    }


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert server.poll() is None, "the server has ended; its log says why"
        try:
            urllib.request.urlopen(address, timeout=5)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} did not answer within {STARTS_WITHIN:.0f} s")
