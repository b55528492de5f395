"""What is held."""

from archive.models.articles import Article, ArticleChange, Evidence, iso_date
from archive.models.names import Agency, Author, NameSuggestion, Outlet
from archive.models.sources import IngestOutcome, IngestRun, SourceFile

__all__ = [
    "Agency",
    "Article",
    "ArticleChange",
    "Author",
    "Evidence",
    "IngestOutcome",
    "IngestRun",
    "NameSuggestion",
    "Outlet",
    "SourceFile",
    "iso_date",
]
