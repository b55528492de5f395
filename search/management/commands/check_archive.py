"""`manage.py check_archive`"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from archive.selectors.checks import Check
from search.checking import CheckRunning, checks, keep_result, only_check


class Command(BaseCommand):
    """Compare originals, database and index."""

    help = (
        "Compare originals, database and index; say what differs and what to do (exit code 1 if anything). "
        "The desk's health page shows the last result."
    )

    @no_translations
    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            with only_check():
                found = self._look()
        except CheckRunning as running:
            raise CommandError(str(running), returncode=2) from running
        except BrokenPipeError:
            sys.stderr.close()  # the reader has seen enough (`| head`): nothing to report, at exit neither
            return
        if found:
            raise CommandError(f"{found:,} differences.", returncode=1)

    def _look(self) -> int:
        began, found = timezone.now(), []
        for part, some in checks().items():
            found += self._run(part, some)
        keep_result(began=began, found=len(found), first=tuple(found))
        return len(found)

    def _run(self, part: str, some: tuple[Check, ...]) -> list[tuple[str, str, str]]:
        found = []
        for check in some:
            for difference in check():
                found.append((part, difference.what, difference.remedy))
                self.stdout.write(f"{part}: {difference.what}: {difference.remedy}")
        if not found:
            self.stdout.write(f"{part}: as it should be")
        return found
