"""What `manage.py check` says of the search engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core import checks

from search.engines.generations import current_generation

SENSIBLE_ARTICLES: Final = 20_000
"""Up to here building a Whoosh index takes minutes; beyond, it is no longer sensible."""


def outgrown(articles: int) -> str:
    """What to do where a collection of so many articles has outgrown its engine; empty where it has not."""
    if settings.ARSHIF_ENGINE != "whoosh" or articles <= SENSIBLE_ARTICLES:
        return ""
    return (
        f"The index holds {articles:,} articles, and Whoosh builds and searches slowly above "
        f"{SENSIBLE_ARTICLES:,}: set ARSHIF_ENGINE=tantivy and run `manage.py index --rebuild`."
    )


def articles_in_index() -> int:
    """How many articles the index that is served holds by its own notes; the database is not asked."""
    generation = current_generation(Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"]))
    return generation.meta.documents if generation else 0


@checks.register
def engine_suits_collection(app_configs: Sequence[Any] | None, **_: object) -> list[checks.CheckMessage]:
    """Warn where the collection has outgrown its engine."""
    del app_configs
    remedy = outgrown(articles_in_index())
    return [checks.Warning(remedy, id="search.W001")] if remedy else []
