"""How what is held is put into words for a page: dates, citations, the source text with its evidence."""
