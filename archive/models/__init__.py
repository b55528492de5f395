"""What is held."""

from archive.iso_dates import iso_date
from archive.models.articles import Article, ArticleChange, Evidence
from archive.models.history import Act, states_of
from archive.models.likeness import ArticlePair, TextSignature
from archive.models.names import Agency, Author, FormerName, NameSuggestion, Outlet, Tag
from archive.models.shape import HandCut, Withdrawal
from archive.models.sources import IngestOutcome, IngestRun, SourceFile

__all__ = [
    "Act",
    "Agency",
    "Article",
    "ArticleChange",
    "ArticlePair",
    "Author",
    "Evidence",
    "FormerName",
    "HandCut",
    "IngestOutcome",
    "IngestRun",
    "NameSuggestion",
    "Outlet",
    "SourceFile",
    "Tag",
    "TextSignature",
    "Withdrawal",
    "iso_date",
    "states_of",
]
