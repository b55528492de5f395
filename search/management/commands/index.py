"""Keep the index in step with the archive."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.engine import engine
from search.engines.base import SearchError
from search.service import index_state
from search.upkeep import IndexerBusy, Upkept, flush, rebuild, tidy

SENSIBLE_ARTICLES = 20_000
"""Up to here building a Whoosh index takes minutes; beyond, it is no longer sensible."""


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

    def handle(self, *, rebuild: bool, watch: bool, every: float, **_options: Any) -> None:
        try:
            self._once(anew=rebuild)
            if watch:
                self._watch(every)
        except SearchError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped; what is not done yet will be done by the next indexer."))

    def _once(self, *, anew: bool) -> None:
        state = engine().state()
        if not anew and not state.current:
            self.stdout.write(_("Building the index: %(reason)s.") % {"reason": state.reason})
        started = time.monotonic()
        done = rebuild(self._progress) if anew else flush(self._progress)
        self._say(done, time.monotonic() - started)

    def _progress(self, count: int) -> None:
        if count % 1000 == 0 or sys.stderr.isatty():
            self.stderr.write(
                _("%(count)d articles …") % {"count": count}, ending="\r" if sys.stderr.isatty() else "\n"
            )

    def _say(self, done: Upkept, seconds: float) -> None:
        state = index_state()
        self.stdout.write(
            _("%(written)d entries written, %(removed)d taken out in %(seconds).1f s; %(held)d in all.")
            % {"written": done.written, "removed": done.removed, "seconds": seconds, "held": state.documents}
        )
        if state.documents > SENSIBLE_ARTICLES:
            self.stderr.write(
                _("Building this index takes long with more than %(count)d articles.")
                % {"count": SENSIBLE_ARTICLES}
            )

    def _watch(self, every: float) -> None:
        while True:
            time.sleep(every)
            try:
                done = flush()
            except IndexerBusy:
                continue
            if done.written or done.removed:
                self._say(done, 0)
            else:
                tidy()
