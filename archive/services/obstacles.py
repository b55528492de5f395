"""What may stand in the way when an act is taken back, and how it is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Max, Model, Q

from archive.models import (
    Act,
    Agency,
    Article,
    ArticlePair,
    Author,
    Evidence,
    FormerName,
    Outlet,
    Tag,
    states_of,
)
from archive.services.changesets import Key, RowChange
from archive.services.deciding import Unit
from archive.services.fields import CURATED


def missing(names: Collection[Key]) -> set[Key]:
    """Those of these names that are no more."""
    gone: set[Key] = set()
    for model in {model for model, _key in names}:
        keys = {key for of, key in names if of is model}
        held = set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        gone |= {(model, key) for key in keys - held}
    return gone


def taken(change: RowChange) -> bool:
    """Whether a row that was removed cannot be made again, for another stands in its place."""
    row = change.before or {}
    if change.model is ArticlePair:
        ends = {row["first_id"], row["second_id"]}
        whole = Article.objects.filter(pk__in=ends).count() == len(ends)
        return (
            not whole or ArticlePair.objects.filter(first=row["first_id"], second=row["second_id"]).exists()
        )
    unique: dict[type[Model], Q] = {}
    if change.model in (Outlet, Agency):
        unique[change.model] = Q(name=row["name"]) | Q(slug=row["slug"])
    elif change.model in (Author, Tag):
        unique[change.model] = Q(name=row["name"])
    elif change.model is FormerName:
        unique[change.model] = Q(kind=row["kind"], key=row["key"])
    return any(model._default_manager.filter(same).exists() for model, same in unique.items())


def borne(change: RowChange) -> bool:
    """Whether an article still has a name that an act made."""
    links: dict[type[Model], str] = {Outlet: "outlet", Agency: "agencies", Author: "authors", Tag: "tags"}
    name = links.get(change.model)
    return name is not None and Article.objects.filter(**{name: change.key}).exists()


def curated_since(whole: Sequence[Unit], pairs: Iterable[RowChange]) -> set[int]:
    """Those of these articles, which an act made or removed, that cannot go or come back: a curator has said
    something of them since, or another has their name."""
    made = [unit.article for unit in whole if any(row.made and row.model is Article for row in unit.rows)]
    known = [row.key for unit in whole for row in unit.rows if row.model is Evidence]
    locks = Evidence.objects.filter(article__in=made, rule=CURATED).exclude(pk__in=known)
    found = set(locks.values_list("article", flat=True))
    decided = ArticlePair.objects.filter(Q(first__in=made) | Q(second__in=made), curator__isnull=False)
    decided = decided.exclude(pk__in=[pair.key for pair in pairs])
    found |= {key for ends in decided.values_list("first", "second") for key in ends}
    for unit in whole:
        states = [row.before for row in unit.rows if row.model is Article and row.before is not None]
        found |= {unit.article for state in states if _name_is_taken(state)}
    return found


def _name_is_taken(state: dict[str, Any]) -> bool:
    place = Q(source=state["source_id"], ordinal=state["ordinal"])
    return Article.objects.filter(Q(uid=state["uid"]) | place).exists()


def titles(keys: Collection[int]) -> dict[int, tuple[str, str]]:
    """UID and title of these articles."""
    found = Article.objects.filter(pk__in=keys).only("uid", "title", "body")
    return {article.pk: (article.uid, article.display_title) for article in found}


def last_acts(keys: Collection[int], *, since: Act) -> dict[int, Act]:
    """The last act after this one that changed each of these articles."""
    last: dict[int, int] = {}
    for model, column in ((Article, "id"), (Evidence, "article")):
        later = states_of(model).filter(**{f"{column}__in": keys}, act__gt=since)
        for key, act in later.values_list(column).annotate(Max("act")):
            last[key] = max(act, last.get(key, 0))
    acts = Act.objects.select_related("curator").in_bulk(set(last.values()))
    return {key: acts[act] for key, act in last.items()}
