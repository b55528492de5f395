"""What the readers know beforehand, from the data files in this folder."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from archive.ingest.reading.types import DateLabels, Knowledge, KnownName, Profile

FOLDER: Final = Path(__file__).parent
PHRASES: Final = ("known_by", "headline", "furniture", "clocks", "ends")
"""The lists of phrases of a profile."""


def load_knowledge(
    extra_outlets: Sequence[KnownName] = (),
    extra_agencies: Sequence[KnownName] = (),
    *,
    profiles: bool = True,
) -> Knowledge:
    """The names, phrases and places of the data files, after the installation's own outlets and agencies.

    An installation's own outlet or agency takes the place of one of the files with the same slug. Without
    `profiles`, no site is known by the look of its pages.
    """
    furniture, places, labels = _read("furniture.toml"), _read("places.toml"), _read("dates.toml")
    return Knowledge(
        outlets=_joined(extra_outlets, known_names("outlets.toml", "outlet")),
        agencies=_joined(extra_agencies, known_names("agencies.toml", "agency")),
        furniture=tuple(furniture["phrases"]),
        furniture_patterns=tuple(furniture["patterns"]),
        related_headings=tuple(furniture["related_headings"]),
        sections=tuple(furniture["sections"]),
        site_words=tuple(furniture["site_words"]),
        comment_headings=tuple(furniture["comment_headings"]),
        joining_words=tuple(furniture["joining_words"]),
        words_in_waw=tuple(furniture["words_in_waw"]),
        places=tuple(places["places"]),
        place_leads=tuple(places["leads"]),
        given_names=tuple(_read("persons.toml")["given_names"]),
        date_labels=DateLabels(**{kind: tuple(phrases) for kind, phrases in labels["labels"].items()}),
        profiles=site_profiles() if profiles else (),
    )


def site_profiles() -> tuple[Profile, ...]:
    """The profiles of known sites, in the order of their file."""
    return tuple(
        Profile(
            outlet=entry["outlet"],
            **{kind: tuple(entry.get(kind, ())) for kind in PHRASES},
        )
        for entry in _read("profiles.toml").get("profile", ())
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
