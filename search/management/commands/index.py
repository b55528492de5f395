"""Keep the index in step with the archive."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from search.checks import outgrown
from search.engine import engine
from search.engines.base import SearchError
from search.management.progress import shown_progress
from search.upkeep import IndexerBusy, Upkept, flush, tidy
from search.upkeep import rebuild as build


class Command(BaseCommand):
    help = "Bring the index up to date with the archive: work off what has changed, or build it anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="build a new index beside the old one and swap it in"
        )
        parser.add_argument(
            "--watch", action="store_true", help="go on, and follow every change until stopped"
        )
        parser.add_argument(
            "--every", type=float, default=2.0, metavar="SECONDS", help="how often --watch looks (2)"
        )

    @no_translations
    def handle(self, *, rebuild: bool, watch: bool, every: float, **_options: Any) -> None:
        if every <= 0:
            raise CommandError(f"--every {every:g}: write a number of seconds above 0.", returncode=2)
        try:
            self._once(anew=rebuild, watch=watch)
            while watch:
                time.sleep(every)
                self._follow()
        except SearchError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stderr.write("Stopped; what is not done yet will be done by the next indexer.")

    def _once(self, *, anew: bool, watch: bool) -> None:
        state = engine().state()
        if not anew and not state.current:
            self._say(f"Building the index: {state.reason}.")
        started = time.monotonic()
        try:
            with shown_progress(self.stderr) as progress:
                done = build(progress) if anew else flush(progress)
            tidy()
        except IndexerBusy:
            if not watch:
                raise
            self._say("Another indexer is at work; following it.")
            return
        self._report(done, time.monotonic() - started)

    def _follow(self) -> None:
        started = time.monotonic()
        try:
            done = flush()
            if done == Upkept():
                tidy()
            else:
                self._report(done, time.monotonic() - started)
        except IndexerBusy:
            return

    def _report(self, done: Upkept, seconds: float) -> None:
        held = engine().state().documents
        rate = f", {done.written / seconds:,.0f} a second" if done.written and seconds >= 1 else ""
        self._say(
            f"{done.written:,} articles written, {done.removed:,} taken out in {seconds:.1f} s{rate}; "
            f"{held:,} in the index."
        )
        if remedy := outgrown(held):
            self.stderr.write(remedy)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # whoever keeps the log of --watch reads it while it runs
