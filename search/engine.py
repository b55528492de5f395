"""The engine that this installation uses: one in each process, so that its caches are shared."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from search.engines.base import Engine

_INDEXES: Final = {
    "whoosh": "search.engines.whoosh.engine.WhooshIndex",
    "tantivy": "search.engines.tantivy.engine.TantivyIndex",
}
"""The index behind each choice of `ARSHIF_ENGINE`; only the chosen one is imported."""


def engine() -> Engine:
    """The engine of the default Haystack connection."""
    return _engine(settings.ARSHIF_ENGINE, Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"]))


@lru_cache(maxsize=4)
def _engine(name: str, root: Path) -> Engine:
    index: Engine = import_string(_INDEXES[name])(root)
    return index
