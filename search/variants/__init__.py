"""Other spellings of foreign names: a list that curators keep, applied to a query when it is asked."""

from search.variants.book import Book
from search.variants.held import current_book
from search.variants.widening import with_held_spellings, with_other_spellings

__all__ = ["Book", "current_book", "with_held_spellings", "with_other_spellings"]
