"""Pages of HTML: marks and visible words with the place of each in the source, then the usual stages."""
