"""Names on the way in: which outlet, agency or author a reading means, and names that wait for a curator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from archive.ingest.reading.names import name_key
from archive.ingest.reading.types import Knowledge, KnownName, NameRef
from archive.models import Agency, Author, FormerName, IngestRun, NameSuggestion, Outlet
from archive.selectors.former import former_names
from archive.services.names import MAX_NAME, new_name
from archive.services.recording import born, recording

Named = TypeVar("Named", Outlet, Agency)

MAX_AUTHOR = 300


class NameBook:
    """Finds the rows for the names of one run, and makes those that may be made. A name that was merged with
    another stands for that one.

    What it remembers is only true while the transaction it wrote in stands: call `forget` after a rollback.
    """

    def __init__(self, *, knowledge: Knowledge, run: IngestRun, new_outlets: bool) -> None:
        self._outlets = {known.slug: known for known in knowledge.outlets}
        self._agencies = {known.slug: known for known in knowledge.agencies}
        self._run, self._new_outlets = run, new_outlets
        self._former = {kind: former_names(kind=kind) for kind in FormerName.Kind}
        self.forget()

    def forget(self) -> None:
        """Forget which rows there are."""
        self._outlet_rows = dict(self._former[FormerName.Kind.OUTLET])
        self._agency_rows = dict(self._former[FormerName.Kind.AGENCY])
        self._author_rows = dict(self._former[FormerName.Kind.AUTHOR])
        self._made: dict[str, int] = {}
        self._suggested: set[tuple[str, str]] = set()

    def outlet(self, ref: NameRef) -> int | None:
        """The key of the outlet meant; None, and a suggestion to the curator, where it is not known."""
        if ref.slug is not None:
            return _row(Outlet, ref.slug, self._outlets, self._outlet_rows)
        if self._new_outlets and 0 < len(ref.name) <= MAX_NAME:
            return self._new_outlet(ref.name)
        self._suggest(NameSuggestion.Kind.OUTLET, ref.name)
        return None

    def agency(self, ref: NameRef) -> int | None:
        """The key of the agency meant; None, and a suggestion to the curator, where it is not known."""
        if ref.slug is not None:
            return _row(Agency, ref.slug, self._agencies, self._agency_rows)
        self._suggest(NameSuggestion.Kind.AGENCY, ref.name)
        return None

    def authors(self, names: Iterable[str]) -> dict[str, int]:
        """The keys of these authors by name as printed, made where they are new."""
        wanted = dict.fromkeys(author_name(name) for name in names)
        wanted.pop("", None)
        missing = [name for name in wanted if name not in self._author_rows]
        if missing:
            self._find_authors(missing)
        return {name: self._author_rows[name] for name in wanted}

    def _find_authors(self, names: Sequence[str]) -> None:
        held = Author.objects.filter(name__in=names)
        before = set(held.values_list("pk", flat=True)) if recording() else set()
        Author.objects.bulk_create([Author(name=name) for name in names], ignore_conflicts=True)
        rows = dict(held.values_list("name", "pk"))
        born(Author, set(rows.values()) - before)
        self._author_rows.update(rows)

    def _new_outlet(self, name: str) -> int:
        key = name_key(name)
        if key not in self._made:
            self._made[key] = new_name(model=Outlet, name=name).pk
        return self._made[key]

    def _suggest(self, kind: NameSuggestion.Kind, name: str) -> None:
        if (kind, name) in self._suggested or not 0 < len(name) <= MAX_NAME:
            return
        row, new = NameSuggestion.objects.get_or_create(
            kind=kind, name=name, defaults={"first_run": self._run}
        )
        if new:
            born(NameSuggestion, [row.pk])
        self._suggested.add((kind, name))


def author_name(name: str) -> str:
    """A byline as printed, its white space made plain, no longer than the archive holds."""
    return " ".join(name.split())[:MAX_AUTHOR]


def _row(model: type[Named], slug: str, known: dict[str, KnownName], rows: dict[str, int]) -> int:
    if slug not in rows:
        name = known[slug]
        values = {"name": name.name, "name_latin": name.name_latin, "aliases": list(name.aliases)}
        row, new = model.objects.get_or_create(slug=slug, defaults=values)
        if new:
            born(model, [row.pk])
        rows[slug] = row.pk
    return rows[slug]
