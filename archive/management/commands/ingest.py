"""`manage.py ingest PATH...`"""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from archive.ingest.errors import IngestFailed, WrongCall
from archive.ingest.keepers import ingest_lock
from archive.ingest.outcomes import Counts
from archive.ingest.progress import watcher_for
from archive.ingest.reading import FIELDS, ReadOptions, SourceFormat
from archive.ingest.reading.encoding import ENCODINGS
from archive.ingest.run import IngestRequest, ingest
from archive.services.changes import announce_changes
from archive.services.near_duplicates import find_duplicates
from archive.services.runs import recover
from archive.services.undoing import Undoing, check_curated, plan_undo, undo_run

FORMATS = ["auto", *(source_format.value for source_format in SourceFormat)]


class Command(BaseCommand):
    """Take files, folders and archives of articles in."""

    help = (
        "Take in articles from files, folders, .zip and .gz. It can be stopped and run again at any moment."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="file, folder, .zip or .gz")
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="THEIRS=OURS",
            help=f"their name of a field is one of ours ({' '.join(FIELDS)})",
        )
        parser.add_argument("--format", choices=FORMATS, default="auto", help="what the files are")
        parser.add_argument(
            "--encoding",
            choices=ENCODINGS,
            default="",
            help="what texts are written in, where it is not recognised",
        )
        parser.add_argument(
            "--jobs", type=int, default=1, metavar="N", help="read in N processes (default 1)"
        )
        parser.add_argument("--dry-run", action="store_true", help="read everything, write nothing")
        parser.add_argument(
            "--undo",
            type=int,
            metavar="RUN",
            help="take a run back instead (--dry-run: say what that would do)",
        )
        parser.add_argument("--yes", action="store_true", help="--undo without asking")
        parser.add_argument(
            "--including-curated", action="store_true", help="--undo articles that a curator has touched too"
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE.jsonl", help="a line for each file and bad record"
        )
        parser.add_argument(
            "--no-index",
            action="store_true",
            help="leave the index and near-duplicates to `manage.py index` and `find_duplicates`",
        )
        parser.add_argument(
            "--new-outlets",
            action="store_true",
            help="names in the outlet field that are not known become outlets at once, not suggestions",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["undo"] is None:
                self._ingest(options)
            else:
                self._undo(options)
        except WrongCall as error:
            raise CommandError(str(error), returncode=2) from error
        except IngestFailed as error:
            raise CommandError(str(error), returncode=1) from error

    def _ingest(self, options: dict[str, Any]) -> None:
        pairs, swallowed = apart(options["map"])
        request = IngestRequest(
            paths=some_paths([*options["paths"], *swallowed]),
            reading=ReadOptions(options["format"], field_map(pairs), options["encoding"]),
            jobs=positive(options["jobs"]),
            dry_run=options["dry_run"],
            new_outlets=options["new_outlets"],
            report=options["report"],
        )
        signal.signal(signal.SIGTERM, _stop)
        counts = ingest(request, watcher_for(sys.stderr))
        self.stdout.write(table(counts))
        if counts.new and not (options["dry_run"] or options["no_index"]):
            announce_changes()
            find_duplicates()

    def _undo(self, options: dict[str, Any]) -> None:
        if options["paths"]:
            raise WrongCall("--undo takes back a run: name no PATH beside it.")
        with ingest_lock():
            recover()
            undoing = plan_undo(number=options["undo"])
            self.stdout.write(undoing_in_words(undoing))
            if options["dry_run"]:
                return
            check_curated(undoing=undoing, including_curated=options["including_curated"])
            if not (options["yes"] or self._agreed()):
                raise WrongCall("nothing was taken back: answer yes, or add --yes.")
            undo_run(undoing=undoing, including_curated=options["including_curated"])
        self.stdout.write("Done. To bring it back, ingest the same files again.")

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        self.stdout.write("Take this run back? [yes/no] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in {"y", "yes", "نعم"}


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def apart(mapped: Sequence[str]) -> tuple[list[str], list[Path]]:
    """The pairs that `--map` means, and the paths behind them, which it takes too: no pairs, and there."""
    paths = [word for word in mapped if "=" not in word and os.path.lexists(word)]
    return [word for word in mapped if word not in paths], [Path(word) for word in paths]


def some_paths(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths to read. Raises: WrongCall: there are none."""
    if not paths:
        raise WrongCall("no PATH to read: name files or folders, and do so before --map.")
    return tuple(paths)


def positive(jobs: int) -> int:
    """The number of jobs. Raises: WrongCall: fewer than one."""
    if jobs < 1:
        raise WrongCall(f"--jobs {jobs}: at least 1 process has to read.")
    return jobs


def field_map(pairs: Sequence[str]) -> dict[str, str]:
    """What `--map` says: our field for theirs. Raises: WrongCall: no pair, or its right side is no field."""
    found = {}
    for pair in pairs:
        theirs, sign, ours = pair.rpartition("=")
        if not (sign and theirs):
            raise WrongCall(f"--map {pair}: write theirs=ours, for example --map content=body.")
        if ours not in FIELDS:
            raise WrongCall(f"--map {pair}: {ours!r} is not a field; ours are {', '.join(FIELDS)}.")
        found[theirs] = ours
    return found


def table(counts: Counts) -> str:
    """The counts in two lines of sums."""
    return (
        f"files    {counts.files:>9,} = {counts.new:,} new + {counts.unchanged:,} unchanged"
        f" + {counts.skipped:,} skipped + {counts.quarantined:,} quarantined\n"
        f"records  {counts.records:>9,} = {counts.articles:,} articles + {counts.rejected:,} rejected"
    )


def undoing_in_words(undoing: Undoing) -> str:
    """What taking a run back does, line by line."""
    files, articles = len(undoing.files), len(undoing.articles)
    lines = [
        f"run {undoing.run}: {files:,} files with {articles:,} articles",
        "the articles leave pages, search and exports; their originals are kept",
    ]
    if undoing.held_elsewhere:
        lines.append(f"{undoing.held_elsewhere:,} files stay: another run names them too")
    if undoing.curated:
        lines.append(f"curators have set fields of {len(undoing.curated):,} of these articles:")
        lines += [f"  {uid}  {title}" for uid, title in undoing.curated]
    return "\n".join(lines)
