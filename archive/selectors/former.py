"""Names that were merged with others: what they are called now."""

from __future__ import annotations

from typing import Final

from archive.models import Agency, Author, FormerName, Outlet

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
    rows = list(FormerName.objects.filter(kind=kind).values_list("key", "was", "now"))
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
