"""What an undated text allows its date to be, in words for the curator."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.display.dates import written_day
from archive.display.names_of_time import names_of_time
from archive.hints import hint_from_kept
from archive.ingest.reading.types import DateHint


def hint_in_words(kept: str) -> str:
    """A hint as evidence keeps it, in words; as it is kept where it is none."""
    try:
        return written_hint(hint_from_kept(kept))
    except ValueError:
        return kept


def written_hint(hint: DateHint) -> str:
    """From 1 May 2003 to 2 January 2006, one of these days: 8 March 2017, 8 March 2023."""
    return _listed(part for part in (_bounds(hint.earliest, hint.latest), _days(hint.days)) if part)


def joined_hint(hints: Iterable[DateHint]) -> DateHint:
    """All that the hints of one article allow together: the narrowest bounds, and of the days those within.

    Bounds that contradict each other, or all of the days, bound nothing: every day is then given.
    """
    hints = list(hints)
    earliest = max((hint.earliest for hint in hints if hint.earliest), default=None)
    latest = min((hint.latest for hint in hints if hint.latest), default=None)
    days = sorted({day for hint in hints for day in hint.days})
    within = [day for day in days if (earliest or day) <= day <= (latest or day)]
    return DateHint(earliest, latest, tuple(within or days))


def _bounds(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    if earliest and latest and earliest <= latest:
        return _("from %(first)s to %(last)s") % {"first": written_day(earliest), "last": written_day(latest)}
    after = earliest and _("from %(day)s on") % {"day": written_day(earliest)}
    before = latest and _("up to %(day)s") % {"day": written_day(latest)}
    return _listed(part for part in (after, before) if part)


def _days(days: tuple[datetime.date, ...]) -> str:
    if not days:
        return ""
    said = ngettext("this day: %(days)s", "one of these days: %(days)s", len(days))
    return said % {"days": _listed(map(written_day, days))}


def _listed(parts: Iterable[str]) -> str:
    return names_of_time(get_language() or "ar").comma.join(parts)
