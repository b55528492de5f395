"""Long work that a page sets going and does not wait for: a command of its own beside the server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.conf import settings


def start_command(*arguments: str) -> bool:
    """Start `manage.py ARGUMENTS` and let it run, whatever becomes of this process; whether it was started.

    Only one at a time can do the work of most commands: they see to that themselves, by their locks.
    """
    if not settings.ARSHIF_STARTS_COMMANDS:
        return False
    subprocess.Popen(
        [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True
