"""What a source says today, applied to the articles that it gave before: nothing that a curator set is
touched, no article loses its permanent name, none is removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any, Final

from django.db.models import F
from django.utils import timezone

from archive.ingest.drafts import Draft, EvidenceRow
from archive.ingest.reading.types import Rejected
from archive.models import Article, Evidence, HandCut, SourceFile
from archive.services.changes import note_changes
from archive.services.duplicates import MACHINE_WITHDRAWN, NO_LONGER_FOUND, text_changed
from archive.services.fields import COLUMNS, COMPARED, CURATED
from archive.services.namebook import NameBook
from archive.services.readings import ArticleRows, rows_for
from archive.services.saving import save_evidence, save_rows
from archive.services.withdrawal import give_back, withdraw_articles

Sifted = tuple[list[Draft], list[Rejected]]

STANDING: Final = ("source_start", "source_end", "byte_start", "byte_end", "segments")
"""Where an article stands is what the source says; no curator sets it."""
OUT_OF_THE_WAY: Final = 1_000_000_000
LONGEST_SHOWN: Final = 300


class Kind(StrEnum):
    """What became of an article when its source was read again."""

    CHANGED = "changed"
    FOUND = "found"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Change:
    """What re-reading changed of one article: of each field what it said before and what it says now.

    FOUND: an article that was not there before. WITHDRAWN: today's rules do not find it. KEPT: they do not
    find it, but a curator has set something of it, so it stays as it is.
    """

    uid: str
    kind: Kind
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def apply_readings(*, source: SourceFile, batches: Iterable[Sifted], names: NameBook) -> list[Change]:
    """Make the articles of a source what these readings say. Call within a transaction."""
    return _Rereading(source, names).apply(batches)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a held article stands in its source."""

    key: int
    uid: str
    start: int
    end: int
    ordinal: int


class _Rereading:
    def __init__(self, source: SourceFile, names: NameBook) -> None:
        self._source, self._names = source, names
        places = Article.objects.filter(source=source).values_list(
            "pk", "uid", "source_start", "source_end", "ordinal"
        )
        every = {place[1]: _Place(*place) for place in places}
        cut = dict(HandCut.objects.filter(article__source=source).values_list("article", "joined_to"))
        self._by_hand = [place for place in every.values() if place.key in cut]
        self._zones = [place for place in self._by_hand if cut[place.key] is None]
        self._held = {uid: place for uid, place in every.items() if place.key not in cut}
        self._ordinals: dict[int, int] = {}
        self._changes: list[Change] = []

    def apply(self, batches: Iterable[Sifted]) -> list[Change]:
        moved: list[Draft] = []
        for readings, _refused in batches:
            moved += self._read_in_place(self._outside_of_hand_cuts(readings))
        give_back(articles=[place.key for place in self._by_hand])
        found = self._read_elsewhere(moved)
        self._withdraw_rest()
        self._renumber(found)
        self._add(found)
        self._source.reread, self._source.undone = timezone.now(), None
        self._source.reread_articles = Article.objects.filter(source=self._source).count()
        self._source.save(update_fields=["reread", "undone", "reread_articles"])
        return self._changes

    def _outside_of_hand_cuts(self, readings: Sequence[Draft]) -> list[Draft]:
        """The readings where no curator has cut: what is cut by hand stays, and so does each article that a
        reading across the edge of such a cut stands on."""
        if not self._zones:
            return list(readings)
        outside = []
        for reading in readings:
            if not any(_shared(zone, reading) > 0 for zone in self._zones):
                outside.append(reading)
                continue
            across = [place for place in self._held.values() if _shared(place, reading) > 0]
            for place in across:
                self._by_hand.append(self._held.pop(place.uid))
        return outside

    def _read_in_place(self, readings: Sequence[Draft]) -> list[Draft]:
        """Update the articles that start where they did; the readings that start elsewhere."""
        uids = {reading.columns.uid: reading for reading in readings}
        self._update({self._held[uid].key: reading for uid, reading in uids.items() if uid in self._held})
        return [reading for uid, reading in uids.items() if uid not in self._held]

    def _read_elsewhere(self, readings: Sequence[Draft]) -> list[Draft]:
        """Update the articles that now start elsewhere, known by where they stood; the readings left over."""
        left, moved = [], {}
        rest = [place for place in self._held.values() if place.key not in self._ordinals]
        for reading in readings:
            place = max(rest, key=lambda place: _shared(place, reading), default=None)
            if place is None or 2 * _shared(place, reading) <= place.end - place.start:
                left.append(reading)
            else:
                rest.remove(place)
                moved[place.key] = reading
        self._update(moved)
        return left

    def _update(self, readings: Mapping[int, Draft]) -> None:
        self._ordinals.update({key: reading.columns.ordinal for key, reading in readings.items()})
        give_back(articles=readings)
        found = Article.objects.filter(pk__in=readings).prefetch_related("evidence", "agencies", "authors")
        for article in found:
            rows = rows_for(readings[article.pk], source=self._source, names=self._names)
            if change := update_article(article=article, rows=rows, names=self._names):
                self._changes.append(change)

    def _withdraw_rest(self) -> None:
        rest = {place.key: place for place in self._held.values() if place.key not in self._ordinals}
        number = count(max(self._ordinals.values(), default=0) + OUT_OF_THE_WAY)
        self._ordinals.update({key: next(number) for key in rest})
        reasons = Evidence.objects.filter(article__in=rest)
        curated = set(reasons.filter(rule=CURATED).values_list("article", flat=True))
        gone = set(reasons.filter(rule__in=MACHINE_WITHDRAWN).values_list("article", flat=True))
        withdraw_articles(articles=rest.keys() - curated - gone, rule=NO_LONGER_FOUND)
        for key in sorted(rest.keys() - gone):
            kind = Kind.KEPT if key in curated else Kind.WITHDRAWN
            self._changes.append(Change(rest[key].uid, kind))

    def _renumber(self, found: Sequence[Draft]) -> None:
        """Number the articles as they stand; those not found any more, and those that stay where a number is
        taken, after all others."""
        used = {*(reading.columns.ordinal for reading in found), *self._found_ordinals()}
        stay = {place.key: place.ordinal for place in self._by_hand if place.ordinal not in used}
        behind = sorted(place.key for place in self._by_hand if place.key not in stay)
        behind += sorted(key for key, number in self._ordinals.items() if number >= OUT_OF_THE_WAY)
        last = max([*used, *stay.values()], default=0)
        wanted = self._ordinals | stay | {key: last + step for step, key in enumerate(behind, start=1)}
        changed = {
            place.key: wanted[place.key]
            for place in (*self._held.values(), *self._by_hand)
            if place.ordinal != wanted[place.key]
        }
        if not changed:
            return
        Article.objects.filter(pk__in=changed).update(ordinal=F("ordinal") + OUT_OF_THE_WAY)
        rows = [Article(pk=key, ordinal=number) for key, number in changed.items()]
        Article.objects.bulk_update(rows, ["ordinal"], batch_size=200)

    def _found_ordinals(self) -> list[int]:
        return [number for number in self._ordinals.values() if number < OUT_OF_THE_WAY]

    def _add(self, readings: Sequence[Draft]) -> None:
        rows = [rows_for(reading, source=self._source, names=self._names) for reading in readings]
        if rows:
            save_rows(rows, self._names)
        self._changes += [Change(row.article.uid, Kind.FOUND) for row in rows]


def _shared(place: _Place, reading: Draft) -> int:
    columns = reading.columns
    return min(place.end, columns.source_end) - max(place.start, columns.source_start)


def update_article(*, article: Article, rows: ArticleRows, names: NameBook) -> Change | None:
    """Make an article what was read, but for what a curator set; what changed, or None.

    `article` with evidence, agencies and authors prefetched.
    """
    evidence = list(article.evidence.all())
    locked = {row.field for row in evidence if row.rule == CURATED}
    said = _columns(article, rows.article, locked) | _names(article, rows, names, locked)
    standing = [name for name in STANDING if getattr(article, name) != getattr(rows.article, name)]
    for name in standing:
        setattr(article, name, getattr(rows.article, name))
    anew = _replace_evidence(article, evidence, rows.evidence)
    if not (said or standing or anew):
        return None
    article.save()
    if COMPARED & said.keys() or article.text_key is None:
        text_changed(article=article)
    note_changes(uids=[article.uid])
    return Change(article.uid, Kind.CHANGED, said)


def _columns(article: Article, read: Article, locked: Collection[str]) -> dict[str, tuple[str, str]]:
    """Set the columns that are read otherwise now; what each field said before and says now."""
    changed = {}
    for name, columns in COLUMNS.items():
        if name in locked or all(getattr(article, c) == getattr(read, c) for c in columns):
            continue
        before = _shown(article, name)
        for column in columns:
            setattr(article, column, getattr(read, column))
        changed[name] = (before, _shown(article, name))
    return changed


def _shown(article: Article, name: str) -> str:
    if name == "outlet":
        return article.outlet.name if article.outlet else ""
    if name == "published":
        return article.published_iso or ""
    value = str(getattr(article, name))
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}… ({len(value):,} characters)"


def _names(
    article: Article, rows: ArticleRows, names: NameBook, locked: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Set agencies and authors that are read otherwise now; what was said before and is now."""
    links: tuple[tuple[str, Any, list[int]], ...] = (
        ("agency", article.agencies, rows.agencies),
        ("author", article.authors, list(names.authors(rows.authors).values())),
    )
    changed = {}
    for name, linked, read in links:
        before = list(linked.all())
        if name in locked or {thing.pk for thing in before} == set(read):
            continue
        linked.set(read)
        changed[name] = (_listed(before), _listed(linked.all()))
    return changed


def _listed(things: Iterable[Any]) -> str:
    return "، ".join(thing.name for thing in things)


def _replace_evidence(article: Article, held: Sequence[Evidence], read: Sequence[EvidenceRow]) -> bool:
    """Put today's evidence in the place of what the machine found before; whether it differs."""
    machine = [row for row in held if row.rule != CURATED and row.rule not in MACHINE_WITHDRAWN]
    if sorted(map(_gist, machine)) == sorted(map(_gist, read)):
        return False
    Evidence.objects.filter(pk__in=[row.pk for row in machine]).delete()
    save_evidence((article.pk, row) for row in read)
    return True


def _gist(row: Evidence | EvidenceRow) -> tuple[str, str, str, int, int, int]:
    return (row.field, row.value, row.rule, row.confidence, row.start or 0, row.end or 0)
