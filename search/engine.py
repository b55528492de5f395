"""The engine that this installation uses: one in each process, so that its caches are shared."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from search.engines.whoosh.engine import WhooshIndex
from search.engines.whoosh.postings import DEFAULT_CACHE_BYTES

_INDEXES: Final = {"whoosh": WhooshIndex}
"""The index behind each choice of `ARSHIF_ENGINE`."""


def engine() -> WhooshIndex:
    """The engine of the default Haystack connection."""
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    return _engine(
        settings.ARSHIF_ENGINE,
        Path(connection["PATH"]),
        int(connection.get("CACHE_BYTES", DEFAULT_CACHE_BYTES)),
    )


@lru_cache(maxsize=4)
def _engine(name: str, root: Path, cache_bytes: int) -> WhooshIndex:
    return _INDEXES[name](root, cache_bytes)
