"""`manage.py check_archive`"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from archive.selectors.checks import CHECKS, Check, Difference
from search.service import index_state


class Command(BaseCommand):
    """Compare originals, database and index."""

    help = "Compare originals, database and index; say what differs and what to do (exit code 1 if anything)."

    @no_translations
    def handle(self, *_args: Any, **_options: Any) -> None:
        parts = {**CHECKS, "index": (check_index,)}
        try:
            found = sum(self._run(part, checks) for part, checks in parts.items())
        except BrokenPipeError:
            sys.stderr.close()  # the reader has seen enough (`| head`): nothing to report, at exit neither
            return
        if found:
            raise CommandError(f"{found:,} differences.", returncode=1)

    def _run(self, part: str, checks: tuple[Check, ...]) -> int:
        found = 0
        for check in checks:
            for difference in check():
                found += 1
                self.stdout.write(f"{part}: {difference.what}: {difference.remedy}")
        if not found:
            self.stdout.write(f"{part}: as it should be")
        return found


def check_index() -> Iterator[Difference]:
    """Whether the index has every shown article, by today's rules, and nothing is waiting to be indexed."""
    state = index_state()
    if state.pending:
        yield Difference(f"{state.pending:,} changes are waiting to be indexed", "run `manage.py index`")
    if state.documents != state.shown:
        what = (
            f"generation {state.generation or '(none)'} has {state.documents:,} articles of {state.shown:,}"
        )
        yield Difference(what, state.remedy or "run `manage.py index --rebuild`")
    elif not (state.current or state.pending):
        yield Difference(f"generation {state.generation} was made by other rules", state.remedy)
