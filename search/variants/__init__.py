"""Other spellings of foreign names: a list that curators keep, applied to a query when it is asked."""

from search.variants.book import Book
from search.variants.held import book_as_last_read, current_book
from search.variants.widening import with_held_spellings, with_other_spellings

__all__ = ["Book", "book_as_last_read", "current_book", "with_held_spellings", "with_other_spellings"]
