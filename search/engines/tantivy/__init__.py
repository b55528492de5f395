"""The embedded engine for collections that grow: tantivy holds the postings and does the arithmetic."""

from search.engines.haystack import ArticleEngine


class TantivyEngine(ArticleEngine):
    """The name of this engine in Haystack's settings."""


__all__ = ["TantivyEngine"]
