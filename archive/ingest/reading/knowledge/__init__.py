"""What the readers know beforehand, from the data files in this folder."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from archive.ingest.reading.types import Knowledge, KnownName

FOLDER: Final = Path(__file__).parent


def load_knowledge(
    extra_outlets: Sequence[KnownName] = (), extra_agencies: Sequence[KnownName] = ()
) -> Knowledge:
    """The names, phrases and places of the data files, after the installation's own outlets and agencies.

    An installation's own outlet or agency takes the place of one of the files with the same slug.
    """
    furniture, places = _read("furniture.toml"), _read("places.toml")
    return Knowledge(
        outlets=_joined(extra_outlets, known_names("outlets.toml", "outlet")),
        agencies=_joined(extra_agencies, known_names("agencies.toml", "agency")),
        furniture=tuple(furniture["phrases"]),
        furniture_patterns=tuple(furniture["patterns"]),
        related_headings=tuple(furniture["related_headings"]),
        places=tuple(places["places"]),
        place_leads=tuple(places["leads"]),
    )


def known_names(file: str, key: str) -> tuple[KnownName, ...]:
    """The names of a data file, in its order."""
    return tuple(
        KnownName(
            slug=entry["slug"],
            name=entry["name"],
            name_latin=entry.get("name_latin", ""),
            aliases=tuple(entry.get("aliases", ())),
            domains=tuple(entry.get("domains", ())),
        )
        for entry in _read(file)[key]
    )


def _joined(own: Sequence[KnownName], known: Sequence[KnownName]) -> tuple[KnownName, ...]:
    slugs = {name.slug for name in own}
    return (*own, *(name for name in known if name.slug not in slugs))


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / file).read_text("utf-8"))
