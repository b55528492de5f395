"""`manage.py find_duplicates`"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.selectors.duplicates import pairs_in_words
from archive.services.near_duplicates import find_duplicates


class Command(BaseCommand):
    """Look for articles of like text."""

    help = (
        "Compare the texts of articles that have come in since with all others: the same article is shown "
        "once, like ones are suggested to the curator. It can be stopped and run again at any moment."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", type=Path, metavar="FILE.jsonl", help="a line for each pair held")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = find_duplicates(
            lambda done, waiting: self.stdout.write(f"{done:,} of {waiting:,} articles compared")
        )
        self.stdout.write(
            f"{found.articles:,} new articles, {found.compared:,} pairs of texts compared: "
            f"{found.pairs:,} alike, {found.same:,} the same"
        )
        if options["report"]:
            self._report(options["report"])

    def _report(self, path: Path) -> None:
        try:
            with path.open("w", encoding="utf-8") as file:
                for pair in pairs_in_words():
                    file.write(json.dumps(pair, ensure_ascii=False) + "\n")
        except OSError as error:
            raise CommandError(
                f"--report {path}: {error.strerror}. Name a file that can be written."
            ) from error
