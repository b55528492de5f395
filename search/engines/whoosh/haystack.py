"""Stock `SearchQuerySet` calls on the embedded engine."""

from __future__ import annotations

from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery


class WhooshBackend(BaseSearchBackend):
    """What Haystack asks of an index."""


class WhooshSearchQuery(BaseSearchQuery):
    """What Haystack's query sets become."""


class WhooshEngine(BaseEngine):
    """The engine that settings name."""

    backend = WhooshBackend
    query = WhooshSearchQuery
