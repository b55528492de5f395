"""Files of names: `[[outlet]]` and `[[agency]]` tables in TOML, with slug, name, name_latin and aliases."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from archive.ingest.found import describe
from archive.ingest.reading.names import name_key
from archive.ingest.reading.types import KnownName
from archive.models import Agency, Author, FormerName, NameSuggestion, Outlet
from archive.selectors.former import called_now
from archive.services.names import accept_suggestion, add_alias

TABLES: dict[str, type[Outlet] | type[Agency]] = {"outlet": Outlet, "agency": Agency}
KEYS = frozenset({"slug", "name", "name_latin", "aliases"})


class NamesUnreadable(ValueError):
    """A file of names that says something it cannot mean. The message says where, and what it should say."""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One table of a file of names."""

    table: str
    name: KnownName


@transaction.atomic
def load_names(*, path: Path) -> Counter[str]:
    """Make the outlets and agencies of a file, or bring them up to it; all of the file or nothing.

    Aliases are added, never taken away. Suggested names that the file explains are accepted.
    Answers how many were "new", "changed" and "unchanged". Raises: NamesUnreadable.
    """
    counts: Counter[str] = Counter(new=0, changed=0, unchanged=0)
    for entry in read_names(path=path):
        try:
            counts[_load(entry)] += 1
        except ValidationError as error:
            raise NamesUnreadable(f"{path}: {entry.table} {entry.name.slug}: {_said(error)}") from error
    return counts


def _load(entry: NameEntry) -> str:
    model, name = TABLES[entry.table], entry.name
    row = model.objects.filter(slug=name.slug).first()
    if row is None and (merged := called_now(kind=FormerName.Kind(entry.table), key=name.slug)):
        return _load_merged(merged, name)
    is_new = row is None
    row = row or model(slug=name.slug)
    changed = is_new or (row.name, row.name_latin) != (name.name, name.name_latin)
    row.name, row.name_latin = name.name, name.name_latin
    row.full_clean()
    row.save()
    added = [add_alias(named=row, alias=alias) for alias in name.aliases]
    _explain(entry.table, row)
    return "new" if is_new else "changed" if changed or any(added) else "unchanged"


def _load_merged(into: Outlet | Agency | Author, name: KnownName) -> str:
    """Bring a name that was merged with another to what the file says: more ways to write that one."""
    ways = (name.name, name.name_latin, *name.aliases)
    added = [add_alias(named=into, alias=way) for way in ways if way and not isinstance(into, Author)]
    return "changed" if any(added) else "unchanged"


def _explain(kind: str, row: Outlet | Agency) -> None:
    ways = {name_key(way) for way in (row.name, row.name_latin, row.slug, *row.aliases)}
    for suggestion in NameSuggestion.objects.filter(kind=kind, status=NameSuggestion.Status.OPEN):
        if name_key(suggestion.name) in ways:
            accept_suggestion(suggestion=suggestion, target=row)


def _said(error: ValidationError) -> str:
    return "; ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())


def read_names(*, path: Path) -> list[NameEntry]:
    """The tables of a file of names, in order. Raises: NamesUnreadable."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NamesUnreadable(f"{path}: {describe(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NamesUnreadable(f"{path} is no TOML file in UTF-8: {error}") from error
    if unknown := set(tables) - set(TABLES):
        names = ", ".join(sorted(unknown))
        raise NamesUnreadable(f"{path}: unknown {names}; write [[outlet]] and [[agency]] tables")
    return list(_entries(path, tables))


def _entries(path: Path, tables: dict[str, Any]) -> Iterator[NameEntry]:
    for table in TABLES:
        entries = tables.get(table, [])
        if not isinstance(entries, list):
            raise NamesUnreadable(f"{path}: write [[{table}]] with two brackets, once for each {table}")
        for number, values in enumerate(entries, 1):
            yield NameEntry(table, _entry(f"{path}: {table} number {number}", values))


def _entry(where: str, values: dict[str, Any]) -> KnownName:
    if unknown := set(values) - KEYS:
        raise NamesUnreadable(
            f"{where}: unknown {', '.join(sorted(unknown))}; it can have {', '.join(sorted(KEYS))}"
        )
    for key in ("slug", "name"):
        if not (isinstance(values.get(key), str) and values[key].strip()):
            raise NamesUnreadable(f"{where}: {key} is missing; both slug and name are needed")
    aliases = values.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(alias, str) and alias for alias in aliases)):
        raise NamesUnreadable(f'{where}: aliases is a list of texts: aliases = ["…", "…"]')
    if not isinstance(values.get("name_latin", ""), str):
        raise NamesUnreadable(f"{where}: name_latin is a text")
    return KnownName(values["slug"], values["name"], values.get("name_latin", ""), tuple(aliases))
