"""The query language:
from what was typed to a tree, to what the reader is shown of it, and to looser queries.
"""

from search.query.chips import chips_of, render
from search.query.ladder import any_of
from search.query.parser import Parsed, parse

__all__ = ["Parsed", "any_of", "chips_of", "parse", "render"]
