"""Outlets and agencies that the archive knows: those shipped with it, and those of this installation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.ingest.reading import load_knowledge
from archive.ingest.reading.names import name_key
from archive.ingest.reading.types import Knowledge, KnownName
from archive.models import Agency, Outlet


def archive_knowledge() -> Knowledge:
    """What the readers should know: the shipped data files, with this installation's names before theirs."""
    shipped = load_knowledge()
    return replace(
        shipped,
        outlets=_merge(shipped.outlets, Outlet.objects.all()),
        agencies=_merge(shipped.agencies, Agency.objects.all()),
    )


def _merge(shipped: Iterable[KnownName], held: Iterable[Outlet | Agency]) -> tuple[KnownName, ...]:
    by_slug = {known.slug: known for known in shipped}
    ours = [_known(name, by_slug.pop(name.slug, None)) for name in held]
    taken = {name_key(known.name) for known in ours}
    return (*ours, *(known for known in by_slug.values() if name_key(known.name) not in taken))


def _known(held: Outlet | Agency, shipped: KnownName | None) -> KnownName:
    aliases = tuple(held.aliases)
    if shipped is None:
        return KnownName(held.slug, held.name, held.name_latin, aliases)
    more = (shipped.name, *shipped.aliases)
    return KnownName(
        held.slug,
        held.name,
        held.name_latin or shipped.name_latin,
        aliases + tuple(alias for alias in more if alias not in aliases and alias != held.name),
        shipped.domains,
    )
