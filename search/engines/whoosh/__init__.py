"""The embedded engine: Whoosh keeps the posting lists, numpy does the arithmetic on them."""

from search.engines.whoosh.haystack import WhooshEngine

__all__ = ["WhooshEngine"]
