"""`manage.py export [QUERY]`"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, no_translations

from archive.export import ExportFormat, export_articles
from archive.selectors.exports import all_for_export, some_for_export
from search.engines.base import SearchError
from search.service import matching_uids


class Command(BaseCommand):
    """Write articles out for other programs."""

    help = "Write out the articles that match a query, or all, for other programs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", metavar="QUERY", help="as in the search box (default: all)")
        parser.add_argument("--format", choices=[known.value for known in ExportFormat], default="jsonl")
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="where to write (default: standard output)"
        )

    @no_translations
    def handle(self, *_args: Any, **options: Any) -> None:
        query = options["query"]
        try:
            articles = all_for_export() if query is None else some_for_export(uids=matching_uids(query))
            with _opened(options["out"], self.stdout) as out:
                written = export_articles(articles, ExportFormat(options["format"]), out)
        except BrokenPipeError:
            sys.stderr.close()  # the reader has seen enough (`| head`): nothing to report, at exit neither
            return
        except SearchError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"{options['out'] or 'standard output'}: {error.strerror}. Write elsewhere."
            ) from error
        if options["out"]:
            self.stderr.write(f"{written:,} articles in {options['out']}")


@contextmanager
def _opened(path: Path | None, standard: Any) -> Iterator[TextIO]:
    if path is None:
        yield getattr(standard, "_out", standard)
        return
    # newline="": each format sets its own line ends
    with path.open("w", encoding="utf-8", newline="") as out:
        yield out
