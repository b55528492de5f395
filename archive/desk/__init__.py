"""The curators' queue: what needs eyes, one article a screen, cleared by keys or by buttons."""
