"""Kill `manage.py ingest` at random moments, run it again, and compare with one undisturbed run.

`python -m benchmarks.kill_ingest --kills 20 PATH... [-- --map theirs=ours ...]`
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

START = 0.5
"""Seconds in which Python has hardly loaded what it needs."""
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


@dataclass(frozen=True, slots=True)
class Held:
    """What an archive holds: the number of articles, a hash over all exported fields, what a check says."""

    articles: int
    sha256: str
    differences: tuple[str, ...]


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a management command on the archive in `folder`."""
    return subprocess.run(
        [sys.executable, str(MANAGE), *arguments],
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "ARSHIF_DATA_DIR": str(folder), "DATABASE_URL": "", "PYTHONUTF8": "1"}


def ingest_once(folder: Path, arguments: Sequence[str]) -> float:
    """Take everything in; the seconds it took. Raises: RuntimeError: it failed."""
    began = time.monotonic()
    done = manage(folder, "ingest", "--no-index", *arguments)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return time.monotonic() - began


def ingest_killed(folder: Path, arguments: Sequence[str], after: float) -> bool:
    """Begin to take everything in and kill it after so many seconds; whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, str(MANAGE), "ingest", "--no-index", *arguments],
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def held(folder: Path) -> Held:
    """What the archive in `folder` holds; the order of arrival does not matter."""
    lines = sorted(manage(folder, "export").stdout.splitlines())
    checked = manage(folder, "check_archive").stdout.splitlines()
    differences = [
        line for line in checked if not line.endswith("as it should be") and not line.startswith("index")
    ]
    return Held(len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest(), tuple(differences))


def kill_and_compare(folder: Path, arguments: Sequence[str], kills: int, seed: int) -> tuple[Held, Held, int]:
    """One archive made in one run and one made through kills; both as held, and how many kills struck home.

    Each run goes on where the last was killed, so the moments are drawn to spread the kills over the work:
    after what is done has been recognised, at a random moment of up to one and a half even shares of a run.
    """
    clean, killed = folder / "clean", folder / "killed"
    for archive in (clean, killed):
        archive.mkdir(parents=True)
        manage(archive, "migrate", "--verbosity", "0")
    seconds, again = ingest_once(clean, arguments), ingest_once(clean, arguments)
    chance = random.Random(seed)
    moments = [START + again * n / kills + chance.uniform(0, 1.5 * seconds / kills) for n in range(kills)]
    struck = sum(ingest_killed(killed, arguments, moment) for moment in moments)
    ingest_once(killed, arguments)
    return held(clean), held(killed), struck


def main() -> int:
    """Print what was compared; 1 if it differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("arguments", nargs="+")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clean, killed, struck = kill_and_compare(Path(folder), asked.arguments, asked.kills, asked.seed)
    print(f"{struck} of {asked.kills} kills struck a running ingest (seed {asked.seed})")
    print(f"clean:  {clean}\nkilled: {killed}")
    return 0 if clean == killed and not killed.differences else 1


if __name__ == "__main__":
    sys.exit(main())
