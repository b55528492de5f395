"""`manage.py reread [--run N | --source NAME | all]`"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.ingest.again import RereadRequest, reread, said
from archive.ingest.errors import IngestFailed, WrongCall

SAID_EVERY = 1000


class Command(BaseCommand):
    """Read kept originals again by today's rules."""

    help = (
        "Read kept originals again by today's rules. What a curator set is never touched, permanent names "
        "stay, and articles that are not found any more are withdrawn, or kept where a curator set something."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("all", nargs="?", choices=["all"], help="every source")
        which.add_argument("--run", type=int, metavar="N", help="the sources that a run took in")
        which.add_argument("--source", default="", metavar="NAME", help="sources of this name or SHA-256")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.jsonl", help="a line for each changed article"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        request = RereadRequest(options["run"], options["source"], options["dry_run"], options["report"])
        try:
            result = reread(request, self._progress)
        except WrongCall as error:
            raise CommandError(str(error), returncode=2) from error
        except IngestFailed as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(said(result))

    def _progress(self, done: int, total: int) -> None:
        if done % SAID_EVERY == 0:
            self.stderr.write(f"{done:,} of {total:,} sources")
