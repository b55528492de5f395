"""What is held."""

from archive.iso_dates import iso_date
from archive.models.articles import Article, ArticleChange, Evidence
from archive.models.likeness import ArticlePair, TextSignature
from archive.models.names import Agency, Author, NameSuggestion, Outlet
from archive.models.sources import IngestOutcome, IngestRun, SourceFile

__all__ = [
    "Agency",
    "Article",
    "ArticleChange",
    "ArticlePair",
    "Author",
    "Evidence",
    "IngestOutcome",
    "IngestRun",
    "NameSuggestion",
    "Outlet",
    "SourceFile",
    "TextSignature",
    "iso_date",
]
