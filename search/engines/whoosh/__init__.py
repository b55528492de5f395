"""The embedded engine: Whoosh keeps the posting lists, numpy does the arithmetic on them."""

from search.engines.haystack import ArticleEngine


class WhooshEngine(ArticleEngine):
    """The name of this engine in Haystack's settings."""


__all__ = ["WhooshEngine"]
