"""What the curation desk has of search: spellings, accounts and their roles."""

from search.admin import people, spellings

__all__ = ["people", "spellings"]
