"""When a page was published: what it declares, prints and is called by, in order of trust, and agreed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.formats.html.declared import Declarations, Declared
from archive.ingest.reading.published import read_published
from archive.ingest.reading.types import Confidence, Finding, PublishedDate

META_NAMES: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
)
CREATED_NAMES: Final = ("datecreated", "dcterms.created", "dc.date.created")
"""Asked only where nothing tells of publication: a text can be begun days before."""
MODIFIED_NAMES: Final = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
)
NEAR: Final = datetime.timedelta(days=1)
"""How far apart two tellings of one day can be: clocks of different zones."""
AT_ONCE: Final = datetime.timedelta(minutes=10)
"""A page that says that it was published at the moment it was fetched tells its clock."""
_ZONES: Final = datetime.timedelta(hours=15)
_HALF_HOUR: Final = datetime.timedelta(minutes=30)
_ZONE: Final = re.compile(r"\d\s*(?:Z|UTC|GMT|([+-])(\d\d):?(\d\d)?)$", re.IGNORECASE)

_PLACEHOLDERS: Final = frozenset(
    datetime.date(*day)
    for day in ((1899, 12, 30), (1900, 1, 1), (1970, 1, 1), (1969, 12, 31), (1980, 1, 1), (1999, 11, 30))
)
"""What programs print where a date was never set."""

_IN_ADDRESS: Final = re.compile(
    r"/((?:19|20)\d\d)(?:[/-]|/[a-z_\-]{2,30}/)(0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/\-_.]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A date that something tells, and how far it is trusted: the less the number, the more."""

    trust: int
    found: Finding[PublishedDate]

    @property
    def day(self) -> datetime.date:
        return self.found.value.day


JSON_LD, META, TIME, PRINTED, ADDRESS = range(5)


def declared_dates(declared: Declarations) -> Iterator[Telling]:
    """The dates that JSON-LD and meta tags give as that of publication."""
    for value in declared.ld.get("datePublished", ()):
        yield from telling(JSON_LD, value)
    published = [each for value in declared.metas(*META_NAMES) for each in telling(META, value)]
    yield from published
    for value in () if published else declared.metas(*CREATED_NAMES):
        yield from telling(META, value)


def telling(trust: int, declared: Declared) -> Iterator[Telling]:
    """A declared value as a date, if it is one of a full day."""
    date = read_published(declared.value[:100])
    if date and date.precision in ("day", "time") and date.day not in _PLACEHOLDERS:
        yield Telling(trust, Finding(date, declared.rule, Confidence.HIGH, declared.span))


def date_in_address(url: Declared) -> Iterator[Telling]:
    """The day that an address names: `/2015/11/21/`, `/2015/sport/11/21/`."""
    if match := _IN_ADDRESS.search(url.value):
        year, month, day = (int(part) for part in match.groups())
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            return
        value = PublishedDate(date, None, "day", match.group().strip("/"), "gregorian")
        yield Telling(ADDRESS, Finding(value, "address of the page", Confidence.MEDIUM, url.span))


def choose(
    tellings: Sequence[Telling], declared: Declarations, fetched: datetime.datetime | None
) -> Finding[PublishedDate] | None:
    """The most trusted date that no other contradicts, or that more agree with than contradict.

    A date later than the page's fetching, its very moment (unless something else tells the day), or later
    than the page's last change is not taken.
    """
    sound = [each for each in tellings if _is_sound(each, declared, fetched)]
    for each in sorted(sound, key=lambda telling: telling.trust):
        others = {other.trust: other for other in reversed(sound) if other.trust != each.trust}.values()
        agreeing = sum(abs(other.day - each.day) <= NEAR for other in others)
        if agreeing < len(others) - agreeing or (not agreeing and others):
            continue
        if not agreeing and _is_moment_of(each, fetched):
            continue
        if _differs_from_its_kind(each, sound):
            continue
        return each.found
    return None


def _differs_from_its_kind(each: Telling, sound: Sequence[Telling]) -> bool:
    """Whether two values of the same trust tell different days, so that neither can be taken."""
    return any(other.trust == each.trust and abs(other.day - each.day) > NEAR for other in sound)


def _is_sound(each: Telling, declared: Declarations, fetched: datetime.datetime | None) -> bool:
    if fetched and each.day > fetched.date() + NEAR:
        return False
    values = [*declared.ld.get("dateModified", ()), *declared.metas(*MODIFIED_NAMES)]
    changed = [date.day for value in values if (date := read_published(value.value[:100]))]
    return each.trust > META or not changed or each.day <= max(changed) + NEAR


def _is_moment_of(each: Telling, fetched: datetime.datetime | None) -> bool:
    """Whether a date is the moment of fetching: by its zone, or in any zone where it names none."""
    date = each.found.value
    if fetched is None:
        return False
    if date.time is None:
        return each.trust >= TIME and date.day == fetched.date()
    apart = datetime.datetime.combine(date.day, date.time) - fetched.replace(tzinfo=None)
    if zone := _ZONE.search(date.raw):
        return abs(apart - _offset(zone)) <= AT_ONCE
    off = abs(apart) % _HALF_HOUR
    return abs(apart) <= _ZONES and min(off, _HALF_HOUR - off) <= AT_ONCE / 5


def _offset(zone: re.Match[str]) -> datetime.timedelta:
    if zone.group(1) is None:
        return datetime.timedelta()
    hours, minutes = int(zone.group(2)), int(zone.group(3) or 0)
    ahead = datetime.timedelta(hours=hours, minutes=minutes)
    return ahead if zone.group(1) == "+" else -ahead
