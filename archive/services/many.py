"""Many articles at once, as one act: the same values set of all, or what the machine read accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet

from archive.dates import KnownDate
from archive.models import Act, Article, Evidence, Outlet, Tag, iso_date
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.duplicates import look_again
from archive.services.fields import COMPARED, CURATED, fields_of, locked_by
from archive.services.inserting import insert_rows
from archive.services.locking import lock
from archive.services.recording import born, in_handfuls, watch_articles, write_down
from archive.services.status import write_status
from archive.services.withdrawal import NoReason

Status = Article.Status
MOST_SHOWN: Final = 20


class Keep(Enum):
    """Leave a field as it is; None says that it is not known."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, slots=True)
class Changes:
    """What all articles shall say. What is not given stays as it is in each; `reason`: of a withdrawal."""

    outlet: Outlet | Keep | None = KEEP
    section: str | Keep = KEEP
    date: KnownDate | Keep | None = KEEP
    status: Status | Keep = KEEP
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    reason: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are set, but for status and tags."""
        given = {"outlet": self.outlet, "section": self.section, "published": self.date}
        return tuple(name for name, value in given.items() if not isinstance(value, Keep))

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of those fields with their values."""
        columns: dict[str, Any] = {}
        if not isinstance(self.outlet, Keep):
            columns["outlet_id"] = self.outlet.pk if self.outlet else None
        if not isinstance(self.section, Keep):
            columns["section"] = self.section
        if not isinstance(self.date, Keep):
            date = self.date
            columns["published"] = date.day if date else None
            columns["published_time"] = date.time if date else None
            columns["published_precision"] = date.precision if date else Article.Precision.UNKNOWN
        return columns


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """What becomes of one field: how many articles say each value now (most first), and what they will say.

    Each tag is a field "tags" of its own: `before` counts the articles that have it; `after` is the tag where
    it is added, and empty where it is taken away.
    """

    field: str
    before: tuple[tuple[str, int], ...]
    after: str


@dataclass(frozen=True, slots=True)
class ManyPlan:
    """What a change of many will do. `changing`: articles of which a value changes; `locked`: articles of
    which each curator (by user name) has set one of these fields; `parts`: articles that are parts of others
    and are left out."""

    articles: int
    changing: int
    fields: tuple[FieldPlan, ...]
    first: tuple[Article, ...]
    locked: Mapping[str, int]
    parts: int


_DATE: Final = ("published", "published_time", "published_precision")


def plan_many(*, articles: QuerySet[Article], changes: Changes) -> ManyPlan:
    """What `curate_many` would do, and to what; some statements for each 500 articles."""
    every, keys = _keys(articles)
    after, adding, removing = (
        _wanted(changes),
        set(map(plain, changes.add_tags)),
        set(map(plain, changes.remove_tags)),
    )
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*after, "tags")}
    changing, locked = 0, Counter[str]()
    for some in in_handfuls(keys):
        tagged = _tagged(some, adding | removing)
        for key, values in _values(some).items():
            tags = tagged.get(key, set())
            other = any(values[name] != after[name] for name in after)
            changing += other or bool(adding - tags or removing & tags)
            counts["tags"].update(tags)
            for name in after:
                counts[name][values[name]] += 1
        locked.update(_locked(some, after))
    plans = [FieldPlan(name, tuple(counts[name].most_common()), after[name]) for name in after]
    plans += [FieldPlan("tags", ((name, counts["tags"][name]),), name) for name in sorted(adding)]
    plans += [FieldPlan("tags", ((name, counts["tags"][name]),), "") for name in sorted(removing)]
    shown = Article.objects.filter(pk__in=keys[:MOST_SHOWN]).select_related("outlet").defer("segments")
    return ManyPlan(
        articles=len(keys),
        changing=changing,
        fields=tuple(plans),
        first=tuple(sorted(shown, key=lambda article: keys.index(article.pk))),
        locked=dict(locked.most_common()),
        parts=len(every) - len(keys),
    )


def curate_many(
    *,
    articles: QuerySet[Article],
    changes: Changes,
    curator: User,
    note: str,
    kind: Act.Kind = Act.Kind.BULK,
) -> int:
    """Set the same values of all these articles, locked and on record as one act; how many there were.

    Articles that are parts of others are left out. Raises: NoReason: withdrawn without a reason.
    """
    if changes.status is Status.WITHDRAWN and not changes.reason.strip():
        raise NoReason
    _every, keys = _keys(articles)
    with acting(kind=kind, curator=curator, note=note) as act:
        adding = _tags(changes.add_tags, make=True)
        removing = _tags(changes.remove_tags, make=False)
        for some in in_handfuls(keys):
            watch_articles(some)
            _set_columns(some, changes, curator)
            _set_tags(some, adding, removing)
            if not isinstance(changes.status, Keep):
                write_status(
                    keys=some, status=changes.status, curator=curator, reason=changes.reason, act=act
                )
            _note(some)
            write_down()
    return len(keys)


def accept(*, articles: QuerySet[Article], fields: Collection[str], curator: User, note: str = "") -> int:
    """Say that what the machine read is right: these fields are locked as they are, and the articles count as
    read by a curator; how many there were. Articles that are withdrawn are left out."""
    _every, keys = _keys(articles.exclude(status=Status.WITHDRAWN))
    with acting(kind=Act.Kind.ACCEPT, curator=curator, note=note) as act:
        for some in in_handfuls(keys):
            watch_articles(some)
            lock(articles=some, fields=locked_by(fields_of(fields)), curator=curator)
            write_status(keys=some, status=Status.PUBLISHED, curator=curator, reason="", act=act)
            _note(some)
            write_down()
    return len(keys)


def _keys(articles: QuerySet[Article]) -> tuple[list[int], list[int]]:
    """The keys of all these articles, and of those that are no part of another, both in their order."""
    every = list(dict.fromkeys(articles.values_list("pk", flat=True)))
    parts = set(Article.objects.filter(hand_cut__joined_to__isnull=False).values_list("pk", flat=True))
    return every, [key for key in every if key not in parts]


def _set_columns(keys: Sequence[int], changes: Changes, curator: User) -> None:
    if not changes.fields:
        return
    Article.objects.filter(pk__in=keys).update(**changes.columns)
    if COMPARED & set(changes.fields):
        look_again(articles=keys, other_words=False)
    lock(articles=keys, fields=locked_by(changes.fields), curator=curator)


def plain(tag: str) -> str:
    """A tag as it is kept: without needless spaces."""
    return " ".join(tag.split())


def _tags(names: Sequence[str], *, make: bool) -> list[int]:
    """The keys of the tags of these names; new ones are made where that is asked for."""
    wanted = [plain(name) for name in names]
    held = dict(Tag.objects.filter(name__in=wanted).values_list("name", "pk"))
    if make:
        for name in dict.fromkeys(wanted):
            if name and name not in held:
                held[name] = Tag.objects.create(name=name).pk
                born(Tag, [held[name]])
    return list(held.values())


def _set_tags(keys: Sequence[int], adding: Sequence[int], removing: Sequence[int]) -> None:
    through = Article.tags.through
    through.objects.filter(article__in=keys, tag__in=removing).delete()
    if adding:
        has = set(
            through.objects.filter(article__in=keys, tag__in=adding).values_list("article_id", "tag_id")
        )
        new = [(key, tag) for key in keys for tag in adding if (key, tag) not in has]
        insert_rows(through, ("article", "tag"), new, at=())


def _note(keys: Sequence[int]) -> None:
    note_changes(uids=Article.objects.filter(pk__in=keys).values_list("uid", flat=True))


def _wanted(changes: Changes) -> dict[str, str]:
    """What all articles will say in each field that is set."""
    wanted: dict[str, str] = {}
    if not isinstance(changes.outlet, Keep):
        wanted["outlet"] = changes.outlet.name if changes.outlet else ""
    if not isinstance(changes.section, Keep):
        wanted["section"] = changes.section
    if not isinstance(changes.date, Keep):
        date = changes.date
        wanted["published"] = (iso_date(date.day, date.time, date.precision) if date else None) or ""
    if not isinstance(changes.status, Keep):
        wanted["status"] = changes.status.value
    return wanted


def _values(keys: Sequence[int]) -> dict[int, dict[str, str]]:
    """What articles say now in the fields that can be set of many."""
    found = {}
    rows = Article.objects.filter(pk__in=keys).order_by()
    for key, outlet, section, status, *date in rows.values_list(
        "pk", "outlet__name", "section", "status", *_DATE
    ):
        published = iso_date(*date) or ""
        found[key] = {"outlet": outlet or "", "section": section, "published": published, "status": status}
    return found


def _locked(keys: Sequence[int], fields: Collection[str]) -> Counter[str]:
    locks = Evidence.objects.filter(article__in=keys, field__in=list(fields), rule=CURATED)
    rows = locks.order_by().values_list("curator__username", "article_id").distinct()
    return Counter(name or "" for name, _article in rows)


def _tagged(keys: Sequence[int], names: Collection[str]) -> dict[int, set[str]]:
    """Which of these tags each of these articles has."""
    found: dict[int, set[str]] = {}
    if names:
        links = Article.tags.through.objects.filter(article__in=keys, tag__name__in=list(names))
        for key, name in links.values_list("article_id", "tag__name"):
            found.setdefault(key, set()).add(name)
    return found
