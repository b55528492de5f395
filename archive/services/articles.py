"""What a curator sets of articles: locked, on record, noted for the index, and never lost to a reading."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from archive.models import Act, Agency, Article, Author, Evidence, Tag, states_of
from archive.selectors.history import value_of
from archive.services.acting import acting
from archive.services.changes import note_changes
from archive.services.duplicates import compare_again, text_changed
from archive.services.fields import COLUMNS, COMPARED, CURATED, LINKS, fields_of, locked_by
from archive.services.locking import lock
from archive.services.many import KEEP, Changes, FieldPlan, ManyPlan, accept, curate_many, plan_many
from archive.services.recording import in_handfuls, watch_articles
from archive.services.status import keep_reason, refuse_parts, write_status

Status = Article.Status

__all__ = [
    "KEEP",
    "BothVersions",
    "ChangedMeanwhile",
    "Changes",
    "FieldPlan",
    "ManyPlan",
    "Names",
    "accept",
    "curate_article",
    "curate_many",
    "locked_fields",
    "plan_many",
    "set_status",
]


@dataclass(frozen=True, slots=True)
class BothVersions:
    """A field that two curators had before them: what the first made of it, and what the second typed."""

    field: str
    held: str
    typed: str


class ChangedMeanwhile(Exception):
    """An article was changed by another act since the form was made. Nothing was written.

    `act` says who and when; `versions` both versions of the fields concerned.
    """

    def __init__(self, act: Act, versions: tuple[BothVersions, ...]) -> None:
        super().__init__(f"changed meanwhile by {act.curator.get_username()} at {act.at:%Y-%m-%d %H:%M}")
        self.act, self.versions = act, versions


@dataclass(frozen=True, slots=True)
class Names:
    """The names that an article shall have; None leaves them as they are."""

    agencies: Collection[Agency] | None = None
    authors: Collection[Author] | None = None
    tags: Collection[Tag] | None = None


def curate_article(
    *,
    article: Article,
    fields: Iterable[str],
    curator: User,
    names: Names | None = None,
    seen: datetime.datetime | None = None,
    kind: Act.Kind = Act.Kind.CORRECT,
    note: str = "",
) -> Article:
    """Save what a curator set of `fields`: validated, locked by evidence, and noted for the index.

    `fields` are named as the model or `Evidence.Field` names them; `names` are set and locked too. `seen`:
    the article's `changed` when the curator's form was made.

    Raises: ValidationError: the article as changed is not one that the archive can hold. ChangedMeanwhile:
    another act has changed it since `seen`. PartOfAnother: its status cannot be set.
    """
    changed = fields_of(fields) | _named(names)
    with acting(kind=kind, curator=curator, note=note) as act:
        if seen is not None:
            _refuse_if_changed(article, changed, seen)
        watch_articles([article.pk], texts="body" in changed)
        _save(article, changed)
        _set_names(article, names or Names())
        if changed & COMPARED:
            text_changed(article=article)
        lock(articles=[article.pk], fields=locked_by(changed), curator=curator)
        if "status" in changed:
            keep_reason(articles=[article.pk], status=Status(article.status), reason=note, act=act)
            compare_again(articles=[article.pk])
        note_changes(uids=[article.uid])
    article.changed = act.at
    return article


def _named(names: Names | None) -> set[str]:
    """The fields of the names that are to be set."""
    if names is None:
        return set()
    return {field for field, attribute in LINKS.items() if getattr(names, attribute) is not None}


def _refuse_if_changed(article: Article, fields: Collection[str], seen: datetime.datetime) -> None:
    held = Article.objects.select_for_update(of=("self",)).select_related("outlet").get(pk=article.pk)
    if held.changed <= seen:
        return
    states, locks = states_of(Article).filter(id=article.pk), states_of(Evidence).filter(article=article.pk)
    touching = Q(pk__in=states.values("act")) | Q(pk__in=locks.values("act"))
    later = Act.objects.filter(touching, at__gt=seen).select_related("curator")
    last = later.order_by("-pk").first()
    if last is None:
        return
    versions = (BothVersions(name, value_of(held, name), value_of(article, name)) for name in sorted(fields))
    raise ChangedMeanwhile(last, tuple(versions))


def _save(article: Article, fields: Collection[str]) -> None:
    if "title" in fields:
        article.title_origin = Article.TitleOrigin.CURATED if article.title else Article.TitleOrigin.DERIVED
    if "status" in fields:
        refuse_parts(articles=[article.pk])
    article.full_clean()
    columns = [
        column for field in fields for column in COLUMNS.get(field, () if field in LINKS else (field,))
    ]
    if columns:
        article.save(update_fields=[column.removesuffix("_id") for column in columns])


def _set_names(article: Article, names: Names) -> None:
    wanted: dict[str, Collection[Any] | None] = {
        "agencies": names.agencies,
        "authors": names.authors,
        "tags": names.tags,
    }
    for attribute, things in wanted.items():
        if things is not None:
            getattr(article, attribute).set(things)


def locked_fields(*, article: Article) -> set[str]:
    """The fields of this article that a curator has set and no re-reading may touch."""
    return set(article.evidence.filter(rule=CURATED).values_list("field", flat=True))


def set_status(
    *,
    articles: Iterable[Article],
    status: Article.Status,
    curator: User,
    reason: str = "",
    kind: Act.Kind = Act.Kind.STATUS,
) -> int:
    """Publish, review again or withdraw (for a `reason`) many at once; the number that changed.

    Raises: PartOfAnother: one of them cannot be set by itself.
    """
    changed = [article for article in articles if article.status != status]
    with acting(kind=kind, curator=curator, note=reason) as act:
        for keys in in_handfuls(article.pk for article in changed):
            write_status(keys=keys, status=status, curator=curator, reason=reason, act=act)
        note_changes(uids=[article.uid for article in changed])
    for article in changed:
        article.status = status
    return len(changed)
