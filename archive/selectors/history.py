"""What curators did: acts, and of each article what changed from what to what, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Model, QuerySet

from archive.models import Act, Agency, Article, Author, Evidence, Outlet, Tag, iso_date, states_of

READ_FIELDS: Final = (
    "title",
    "subtitle",
    "body",
    "outlet",
    "agency",
    "author",
    "place",
    "section",
    "url",
    "language",
    "published",
    "status",
    "tags",
    "external_id",
)
"""The fields whose history is told, as evidence names them."""
LINKED: Final[Mapping[str, tuple[str, type[Model]]]] = {
    "agency": ("agencies", Agency),
    "author": ("authors", Author),
    "tags": ("tags", Tag),
}
LISTED: Final = "، "


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that one act changed. `state` numbers the state of the article after the act, for
    `revert_field`; `was` the state before it."""

    act: Act
    uid: str
    article: int
    field: str
    before: str
    after: str
    was: int
    state: int


def value_of(article: Article, field: str) -> str:
    """What an article, as it is in memory, says in a field."""
    if field in LINKED:
        things = getattr(article, LINKED[field][0]).all()
        return LISTED.join(sorted(thing.name for thing in things))
    if field == "outlet":
        return article.outlet.name if article.outlet else ""
    if field == "published":
        return article.published_iso or ""
    return str(getattr(article, field))


def recent_acts() -> QuerySet[Act]:
    """All acts, the last first, with their curators and what they take back (one query)."""
    return Act.objects.select_related("curator", "undoes").order_by("-pk")


def changes_of_article(*, article: Article, most: int = 200) -> list[FieldChange]:
    """What acts changed of an article's fields, the last first (six queries)."""
    states = states_of(Article).filter(id=article.pk)
    return _told(states.order_by("-history_id")[: 2 * most])


def changes_of_act(*, act: Act, most: int = 200) -> list[FieldChange]:
    """What an act changed, of the first so many articles (six queries)."""
    states = states_of(Article).filter(act=act)
    return _told(states.order_by("history_id")[: 2 * most])


def _told(states: Iterable[Any]) -> list[FieldChange]:
    found = list(states)
    acts = Act.objects.select_related("curator").in_bulk({state.act_id for state in found})
    names = _names(found)
    both: dict[tuple[int, int], dict[bool, Any]] = {}
    for state in found:
        both.setdefault((state.act_id, state.id), {})[state.before] = state
    pairs = [(pair[True], pair[False]) for pair in both.values() if len(pair) == 2]
    return [change for was, now in pairs for change in _changes(acts[now.act_id], was, now, names)]


def _changes(act: Act, was: Any, now: Any, names: Mapping[tuple[str, int], str]) -> Iterator[FieldChange]:
    for field in READ_FIELDS:
        before, after = _value(was, field, names), _value(now, field, names)
        if before != after:
            yield FieldChange(act, now.uid, now.id, field, before, after, was.history_id, now.history_id)


def _value(state: Any, field: str, names: Mapping[tuple[str, int], str]) -> str:
    if field in LINKED:
        keys = getattr(state, LINKED[field][0])
        return LISTED.join(sorted(names.get((field, key), str(key)) for key in keys))
    if field == "outlet":
        return names.get(("outlet", state.outlet_id), "") if state.outlet_id else ""
    if field == "published":
        return iso_date(state.published, state.published_time, state.published_precision) or ""
    return getattr(state, field) or ""


def _names(states: Sequence[Any]) -> dict[tuple[str, int], str]:
    """The names that these states speak of by their keys; of those that are no more, the last they had."""
    wanted: dict[str, set[int]] = {"outlet": {state.outlet_id for state in states if state.outlet_id}}
    for field, (attribute, _model) in LINKED.items():
        wanted[field] = {key for state in states for key in getattr(state, attribute)}
    models: dict[str, type[Model]] = {"outlet": Outlet, **{name: of[1] for name, of in LINKED.items()}}
    found: dict[tuple[str, int], str] = {}
    for field, keys in wanted.items():
        if not keys:
            continue
        former = states_of(models[field]).filter(id__in=keys).order_by("history_id")
        held = models[field]._default_manager.filter(pk__in=keys)
        found |= {(field, key): name for key, name in former.values_list("id", "name")}
        found |= {(field, key): name for key, name in held.values_list("pk", "name")}
    return found


def locked_by_whom(*, articles: QuerySet[Article], fields: Iterable[str]) -> dict[str, int]:
    """How many articles each curator has set these fields of, by their user names, most first."""
    held = Evidence.objects.filter(
        article__in=articles.order_by().values("pk"), field__in=list(fields), rule="curator"
    )
    counted = held.order_by().values_list("curator__username").annotate(many=Count("article", distinct=True))
    return dict(sorted(((name or "", many) for name, many in counted), key=lambda row: (-row[1], row[0])))
