"""`python -m archive.ingest.reading.knowledge`: check the data files; says which name is claimed twice, and
which profile is of no known outlet."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator

from archive.ingest.reading.knowledge import load_knowledge
from archive.ingest.reading.names import name_key, spellings
from archive.ingest.reading.types import Knowledge, KnownName


def clashes(names: tuple[KnownName, ...]) -> Iterator[str]:
    """The spellings and hosts that more than one name claims, a line each."""
    claims: dict[str, dict[str, None]] = defaultdict(dict)
    for known in names:
        for spelling in spellings(known):
            claims[name_key(spelling)].setdefault(known.slug)
        for host in known.domains:
            claims[host].setdefault(known.slug)
    for spelling, slugs in claims.items():
        if len(slugs) > 1:
            yield f"{spelling}: {', '.join(slugs)}"


def strays(knowledge: Knowledge) -> Iterator[str]:
    """The profiles of outlets that no file names, a line each."""
    slugs = {outlet.slug for outlet in knowledge.outlets}
    for profile in knowledge.profiles:
        if profile.outlet not in slugs:
            yield f"profile of {profile.outlet}: no such outlet; write its slug as outlets.toml does"


def main() -> int:
    """Print what is wrong. Returns 1 if anything is."""
    knowledge = load_knowledge()
    found = [*clashes(knowledge.outlets), *clashes(knowledge.agencies), *strays(knowledge)]
    for line in found or [f"{len(knowledge.outlets)} outlets, {len(knowledge.agencies)} agencies: no clash"]:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
