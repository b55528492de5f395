"""`manage.py export [QUERY]`"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, no_translations

from archive.export import ExportFormat
from archive.export.about import no_address
from archive.export.files import file_pieces, gathered
from archive.export.formats import TEXT_FORMATS, text_pieces
from archive.models import Article
from search.engines.base import SearchError
from search.taking import MOST_IN_PDF, Taken, everything, take
from search.types import SearchRequest

_LIMITED: Final = (
    "The file holds the first {rows:,} of {found:,} articles, for a PDF holds no more: narrow QUERY, or "
    "choose another format."
)


class Command(BaseCommand):
    """Write articles out for other programs."""

    help = "Write out the articles that match a query, or all, for other programs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", metavar="QUERY", help="as in the search box (default: all)")
        parser.add_argument("--format", choices=[known.value for known in ExportFormat], default="jsonl")
        parser.add_argument(
            "--about",
            action="store_true",
            help="say in the file what was asked, when, and how many answer, as the pages do (zip and pdf "
            f"always do; a pdf holds {MOST_IN_PDF} articles at most)",
        )
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="where to write (default: standard output)"
        )

    @no_translations
    def handle(self, *_args: Any, **options: Any) -> None:
        counted = _Counted()
        try:
            chosen = ExportFormat(options["format"])
            taken = _taken(options["query"], chosen)
            pieces = _pieces(taken, chosen, options["about"], counted)
            with _opened(options["out"], self.stdout) as write:
                for piece in pieces:
                    write(piece)
        except BrokenPipeError:
            sys.stderr.close()  # the reader has seen enough (`| head`): nothing to report, at exit neither
            return
        except SearchError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"{options['out'] or 'standard output'}: {error.strerror}. Write elsewhere."
            ) from error
        if not taken.about.is_whole:
            self.stderr.write(_LIMITED.format(rows=taken.about.rows, found=taken.about.found))
        if options["out"]:
            self.stderr.write(f"{counted.articles:,} articles in {options['out']}")


def _taken(query: str | None, chosen: ExportFormat) -> Taken:
    return everything(chosen) if query is None else take(SearchRequest(query), chosen)


def _pieces(taken: Taken, chosen: ExportFormat, about: bool, counted: _Counted) -> Iterator[bytes]:
    articles = counted.passing(taken.articles())
    if about or chosen not in TEXT_FORMATS:
        return file_pieces(articles, chosen, taken.about, no_address)
    return gathered(text_pieces(articles, chosen))


class _Counted:
    """Counts the articles that pass."""

    def __init__(self) -> None:
        self.articles = 0

    def passing(self, articles: Iterable[Article]) -> Iterator[Article]:
        for article in articles:
            self.articles += 1
            yield article


@contextmanager
def _opened(path: Path | None, standard: Any) -> Iterator[Callable[[bytes], object]]:
    """How to write: each format sets its own line ends and letters, so in bytes wherever there are some."""
    if path is not None:
        with path.open("wb") as file:
            yield file.write
        return
    text = getattr(standard, "_out", standard)
    if hasattr(text, "buffer"):
        yield text.buffer.write
        text.buffer.flush()
    else:
        yield lambda piece: text.write(piece.decode())
