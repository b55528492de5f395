"""Whether what an act changed can be set back: each field by itself, by what it says now.

A field goes back if it still says, and is still locked by, just what the act left; every later act on it has
written another lock. It is settled if it says already what it said before the act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import Enum
from typing import Any

from django.db.models import Model

from archive.models import Agency, Article, Author, Evidence, Outlet, Tag, Withdrawal
from archive.services.changesets import Key, RowChange
from archive.services.fields import COLUMNS, LINKS
from archive.services.recording import DERIVED, Row

SHAPE = "shape"
"""The field, as acts name it, of where an article stands in its source and what it is a part of."""
EXISTENCE = "article"
DERIVED_FIELD = "derived"
_FIELD_OF_COLUMN = {
    **{column: name for name, columns in COLUMNS.items() for column in columns},
    **{attribute: name for name, attribute in LINKS.items()},
    **dict.fromkeys(("ordinal", "source_start", "source_end", "byte_start", "byte_end", "segments"), SHAPE),
}
_NAMED = {"outlet_id": Outlet, "agencies": Agency, "authors": Author, "tags": Tag}


class Verdict(Enum):
    """What becomes of a field."""

    RESTORE = "restore"
    SETTLED = "settled"
    CHANGED_SINCE = "changed since"
    NAME_GONE = "its name is no more"


@dataclass(slots=True)
class Unit:
    """What an act changed of one field of one article: columns, and rows that hang on it."""

    article: int
    field: str
    before: Row = made_by(default_factory=dict)
    after: Row = made_by(default_factory=dict)
    rows: list[RowChange] = made_by(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there now: the rows concerned by model and key, and the names that are no more."""

    rows: Mapping[Key, Row]
    names_gone: Collection[Key] = frozenset()


def units_of(changes: Iterable[RowChange], hanging: Iterable[RowChange]) -> list[Unit]:
    """The fields of articles that an act changed; an article that it made or removed is one field."""
    units: dict[tuple[int, str], Unit] = {}

    def unit(article: int, name: str) -> Unit:
        return units.setdefault((article, name), Unit(article, name))

    whole = set()
    for change in changes:
        if change.before is None or change.after is None:
            whole.add(change.key)
            unit(change.key, EXISTENCE).rows.append(change)
            continue
        for column in change.columns():
            of = unit(change.key, _field_of_column(column))
            of.before[column], of.after[column] = change.before[column], change.after[column]
    for change in hanging:
        row = change.before or change.after or {}
        name = EXISTENCE if row["article_id"] in whole else _field_of_row(change.model, row)
        unit(row["article_id"], name).rows.append(change)
    return list(units.values())


def _field_of_column(column: str) -> str:
    return DERIVED_FIELD if column in DERIVED else _FIELD_OF_COLUMN.get(column, column)


def _field_of_row(model: type[Model], row: Row) -> str:
    if model is Evidence:
        return str(row["field"])
    return "status" if model is Withdrawal else SHAPE


def judged(unit: Unit, now: Standing) -> Verdict:
    """What becomes of a field of an article."""
    article = now.rows.get((Article, unit.article))
    if unit.field == EXISTENCE:
        return _existence(unit, now)
    if article is None:
        return Verdict.CHANGED_SINCE
    if _says(article, unit.before) and all(_is(change, change.before, now) for change in unit.rows):
        return Verdict.SETTLED
    if not (_says(article, unit.after) and all(_is(change, change.after, now) for change in unit.rows)):
        return Verdict.CHANGED_SINCE
    return Verdict.NAME_GONE if _names(unit.before) & set(now.names_gone) else Verdict.RESTORE


def _existence(unit: Unit, now: Standing) -> Verdict:
    if all(_is(change, change.before, now) for change in unit.rows):
        return Verdict.SETTLED
    as_left = all(_is(change, change.after, now) for change in unit.rows)
    return Verdict.RESTORE if as_left else Verdict.CHANGED_SINCE


def _says(row: Row, values: Row) -> bool:
    return all(row.get(name) == value for name, value in values.items())


def _is(change: RowChange, state: Row | None, now: Standing) -> bool:
    """Whether a row is now as in this state, but for what follows from other rows."""
    row = now.rows.get((change.model, change.key))
    if row is None or state is None:
        return row is state
    return all(row.get(name) == value for name, value in state.items() if name not in DERIVED)


def _names(row: Row) -> set[Key]:
    """The outlet, agencies, authors and tags that these values speak of."""
    found: set[Key] = set()
    for name, model in _NAMED.items():
        value = row.get(name)
        keys = value if isinstance(value, list) else [value] if value else []
        found |= {(model, key) for key in keys}
    return found


def names_in(units: Iterable[Unit]) -> Iterator[Key]:
    """The names that these fields would speak of again."""
    for unit in units:
        yield from _names(unit.before)


def judged_pair(change: RowChange, now: Standing) -> Verdict:
    """What becomes of a pair of articles. What the machine found follows from the texts, and is never
    refused."""
    by_curator = any(state and state["curator_id"] for state in (change.before, change.after))
    if _is(change, change.before, now):
        return Verdict.SETTLED
    if _is(change, change.after, now):
        return Verdict.RESTORE
    return Verdict.CHANGED_SINCE if by_curator else Verdict.SETTLED


def restored_name(change: RowChange, now: Row | None) -> tuple[Verdict, Row]:
    """What becomes of a name, and its columns then. Aliases that came since stay."""
    before, after = change.before, change.after
    if now == before:
        return Verdict.SETTLED, {}
    if now is None or before is None or after is None:
        return (Verdict.RESTORE, before or {}) if now == after else (Verdict.CHANGED_SINCE, {})
    then: dict[str, Any] = {}
    for column in change.columns():
        if now[column] == after[column]:
            then[column] = before[column]
        elif column == "aliases":
            then[column] = _merged(now[column], before[column], after[column])
        else:
            return Verdict.CHANGED_SINCE, {}
    return Verdict.RESTORE, then


def _merged(now: list[str], before: list[str], after: list[str]) -> list[str]:
    """A list without what an act added, and with what it took away."""
    kept = [one for one in now if one not in after or one in before]
    return kept + [one for one in before if one not in after and one not in kept]
