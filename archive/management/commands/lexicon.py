"""`manage.py lexicon`"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, no_translations

from arabic.lexicon import OwnCounts, count_forms, write
from archive.models import Article

AFTERWARDS = "Build the index anew with it: `manage.py index --rebuild`."


class Command(BaseCommand):
    """Count the words of the archive's own articles, so that stems are made by them too."""

    help = (
        "Count the words of the archive's own articles. Stems are then made by these counts and those that "
        "come with the program; the index says that it is out of date until it is built anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_mutually_exclusive_group()
        kinds.add_argument("--dry-run", action="store_true", help="count, and change nothing")
        kinds.add_argument(
            "--out", type=Path, metavar="FILE.txt.gz", help="write the counts to this file only"
        )
        kinds.add_argument("--remove", action="store_true", help="use own counts no longer")

    @no_translations
    def handle(self, *, dry_run: bool, out: Path | None, remove: bool, **_options: Any) -> None:
        own = OwnCounts(Path(settings.ARSHIF_LEXICON_DIR))
        if remove:
            said = (
                f"Own counts are used no longer. {AFTERWARDS}"
                if own.remove()
                else "There were no own counts."
            )
            self.stdout.write(said)
            return
        counts = count_forms(texts())
        self.stdout.write(f"{counts.total():,} words counted, {len(counts):,} different ones.")
        if out is not None:
            self.stdout.write(f"{write(out, counts):,} forms written to {out}.")
        elif not dry_run and counts:
            self.stdout.write(f"{own.keep(counts):,} forms kept in {own.folder}. {AFTERWARDS}")


def texts() -> Iterator[str]:
    """The title, subtitle and body of every shown article."""
    rows = Article.objects.shown().order_by("pk").values_list("title", "subtitle", "body")
    for row in rows.iterator(chunk_size=500):
        yield from row
