"""Names that were merged with others: what they are called now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from archive.models import Agency, Author, FormerName, Outlet
from archive.unchanged import while_unchanged

MODELS: Final[dict[FormerName.Kind, type[Outlet] | type[Agency] | type[Author]]] = {
    FormerName.Kind.OUTLET: Outlet,
    FormerName.Kind.AGENCY: Agency,
    FormerName.Kind.AUTHOR: Author,
}


def kind_of(model: type[Outlet] | type[Agency] | type[Author]) -> FormerName.Kind:
    """The kind that rows of this model are."""
    return next(kind for kind, of in MODELS.items() if of is model)


def former_names(*, kind: FormerName.Kind) -> dict[str, int]:
    """By the slug (an author's name) of every name that was merged, the key of what it is now (one query)."""
    return _led_on(FormerName.objects.filter(kind=kind).values_list("key", "was", "now"))


def _led_on(rows: Iterable[tuple[str, int, int]]) -> dict[str, int]:
    """By each key, the end of the way from what it was: what it became may have been merged too."""
    rows = list(rows)
    next_of = {was: now for _key, was, now in rows}
    found = {}
    for key, _was, now in rows:
        seen = {now}
        while now in next_of and next_of[now] not in seen:
            now = next_of[now]
            seen.add(now)
        found[key] = now
    return found


def called_now(*, kind: FormerName.Kind, key: str) -> Outlet | Agency | Author | None:
    """What a name that is no more is called now; None where it never was one (two queries)."""
    now = former_names(kind=kind).get(key)
    return None if now is None else MODELS[kind].objects.filter(pk=now).first()


def names_now(*, kind: FormerName.Kind) -> dict[str, str]:
    """By the slug (an author's name) of every name that was merged, the slug (name) of what it is now;
    without those that are borne again (one query where nothing was merged, for all kinds together)."""
    return _all_names_now()[kind]


@while_unchanged(most=1)
def _all_names_now() -> dict[FormerName.Kind, dict[str, str]]:
    rows: dict[str, list[tuple[str, int, int]]] = {kind: [] for kind in MODELS}
    for kind, key, was, now in FormerName.objects.values_list("kind", "key", "was", "now"):
        rows[kind].append((key, was, now))
    return {kind: _called(kind, _led_on(rows[kind])) for kind in MODELS}


def _called(kind: FormerName.Kind, former: dict[str, int]) -> dict[str, str]:
    """What these names are called now, without those that are borne again (two queries)."""
    if not former:
        return {}
    model, column = MODELS[kind], "name" if kind is FormerName.Kind.AUTHOR else "slug"
    called = dict(model.objects.filter(pk__in=former.values()).values_list("pk", column))
    borne = set(model.objects.filter(**{f"{column}__in": former}).values_list(column, flat=True))
    return {key: called[now] for key, now in former.items() if now in called and key not in borne}


@while_unchanged(most=1)
def author_aliases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each author who goes by other names too, with these; one query."""
    found = Author.objects.exclude(aliases=[]).order_by("pk").values_list("name", "aliases")
    return tuple((name, tuple(map(str, aliases))) for name, aliases in found)
