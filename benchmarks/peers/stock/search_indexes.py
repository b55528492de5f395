"""Its index, with the facets that a page wants."""

from __future__ import annotations

from haystack import indexes

from benchmarks.peers.stock.models import Article


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """The document field by template, and what is filtered and counted by."""

    text = indexes.CharField(document=True, use_template=True)
    outlet = indexes.CharField(model_attr="outlet", faceted=True)
    published = indexes.DateTimeField(model_attr="published", null=True, faceted=True)

    def get_model(self) -> type[Article]:
        """What is indexed."""
        return Article
