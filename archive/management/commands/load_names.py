"""`manage.py load_names FILE.toml`"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.services.name_files import NamesUnreadable, load_names


class Command(BaseCommand):
    """Load outlets and agencies from a file."""

    help = "Load outlets and agencies from TOML files of [[outlet]] and [[agency]] tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.toml")

    def handle(self, *_args: Any, **options: Any) -> None:
        for path in options["files"]:
            try:
                counts = load_names(path=path)
            except NamesUnreadable as error:
                raise CommandError(str(error)) from error
            said = ", ".join(f"{count:,} {what}" for what, count in counts.items())
            self.stdout.write(f"{path}: {said}")
