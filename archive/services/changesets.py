"""What an act changed, as it put it on record: each row before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from archive.models import Act, Article, states_of
from archive.services.recording import (
    ARTICLE,
    LINKED,
    OF_ARTICLES,
    TEXTS,
    TRACKED,
    Row,
    Tracked,
    add_links,
    in_handfuls,
    texts_of,
)

Key = tuple[type[Model], int]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row before an act and after it; None: it was not there. Texts are in both only where they differ."""

    model: type[Model]
    key: int
    before: Row | None
    after: Row | None

    @property
    def made(self) -> bool:
        """Whether the act made the row."""
        return self.before is None

    @property
    def removed(self) -> bool:
        """Whether the act removed the row."""
        return self.after is None

    def columns(self) -> set[str]:
        """The columns that differ."""
        before, after = self.before or {}, self.after or {}
        return {name for name in before.keys() & after.keys() if before[name] != after[name]}


def articles_of(act: Act) -> list[int]:
    """The keys of all articles that an act changed or that it changed something of."""
    keys = set(states_of(Article).filter(act=act).values_list("id", flat=True))
    for tracked in OF_ARTICLES:
        keys.update(states_of(tracked.model).filter(act=act).values_list("article", flat=True))
    return sorted(keys)


def changes_of(act: Act, model: type[Model], *, within: Collection[int] | None = None) -> list[RowChange]:
    """What an act changed of a model's rows; of those alone that are (or are of) these articles."""
    tracked, states = TRACKED[model], states_of(model).filter(act=act).order_by("history_id")
    if within is not None:
        states = states.filter(**{f"{'id' if tracked is ARTICLE else 'article'}__in": within})
    return list(_paired(tracked, states))


def _paired(tracked: Tracked, states: QuerySet[Model]) -> Iterator[RowChange]:
    """Each row's first state before and last state after: an act may write a row down more than once."""
    before: dict[int, Row | None] = {}
    after: dict[int, Row] = {}
    gone: set[int] = set()
    for state in states.iterator(chunk_size=2000):
        row = _row(tracked, state)
        key = row[tracked.key]
        if state.before:  # type: ignore[attr-defined]
            gone.add(key)
            before[key] = _with_texts(before[key], row) if key in before else row
        else:
            gone.discard(key)
            before.setdefault(key, None)
            after[key] = _with_texts(row, after.get(key)) or row
    for key, was in before.items():
        yield RowChange(tracked.model, key, was, None if key in gone else after[key])


def _row(tracked: Tracked, state: Model) -> Row:
    row = {name: getattr(state, name) for name in tracked.columns}
    if tracked is ARTICLE:
        row |= {name: getattr(state, name) for name in LINKED}
        row |= {name: getattr(state, name) for name in TEXTS if getattr(state, name) is not None}
    return row


def _with_texts(row: Row | None, other: Row | None) -> Row | None:
    """A state with those texts of another state of the row that it does not have itself."""
    if row is None or other is None:
        return row
    return {**{name: other[name] for name in TEXTS if name in other}, **row}


def rows_now(model: type[Model], keys: Collection[int], *, texts: bool = False) -> dict[int, Row]:
    """These rows as they are now, as states on record have them."""
    found: dict[int, Row] = {}
    for some in in_handfuls(keys):
        columns = TRACKED[model].columns
        rows = model._default_manager.filter(pk__in=some).order_by().values_list(*columns)
        found |= {
            row[TRACKED[model].key]: row for row in (dict(zip(columns, one, strict=True)) for one in rows)
        }
    if model is Article:
        add_links(found)
        for key, of in texts_of(found).items() if texts else ():
            found[key] |= of
    return found
