"""Kill an indexer at several moments, then let one finish, and compare:
run by a test, in a process of its own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ARTICLES = 400
MOMENTS = (0.8, 1.2, 1.6, 2.2)


def main(folder: Path, engine: str) -> None:
    """Print "whole" when the index is whole in the end."""
    os.environ |= {
        "ARSHIF_DATA_DIR": str(folder),
        "ARSHIF_ENGINE": engine,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(Path.cwd()))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.search.library import Collection

    collection = Collection()
    for number in range(ARTICLES):
        collection.add(" ".join(f"كلمة{number}س{word}" for word in range(120)))
    for moment in MOMENTS:
        _index_for(moment)
    call_command("index", verbosity=0)
    from search.service import index_state

    state = index_state()
    print("whole" if (state.current, state.documents) == (True, ARTICLES) else state)


def _index_for(seconds: float) -> None:
    indexer = subprocess.Popen(
        [sys.executable, "manage.py", "index"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    indexer.send_signal(signal.SIGKILL)
    indexer.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
