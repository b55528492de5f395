"""What Haystack is told of articles. The engines read articles themselves (engines/*/entries.py)."""

from __future__ import annotations

from typing import Any

from haystack import indexes

from archive.models import Article


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """The fields that `SearchQuerySet` can filter and count by."""

    text = indexes.CharField(document=True, model_attr="body")
    title = indexes.CharField(model_attr="title")
    uid = indexes.CharField(model_attr="uid", indexed=False)
    outlet = indexes.CharField(model_attr="outlet__slug", null=True)
    agencies = indexes.MultiValueField()
    authors = indexes.MultiValueField()
    section = indexes.CharField(model_attr="section")
    published = indexes.DateField(model_attr="published", null=True)

    def get_model(self) -> type[Article]:
        """The model that this is of."""
        return Article

    def index_queryset(self, using: str | None = None) -> Any:
        """The articles that readers may see."""
        del using
        return Article.objects.shown()

    def get_updated_field(self) -> str:
        """What `update_index --age` looks at."""
        return "changed"
