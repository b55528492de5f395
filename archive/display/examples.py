"""Searches to try, made of what is held, so that each of them surely finds something."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from arabic import tokenize
from archive.display.dates import hijri_of
from archive.display.names_of_time import ARABIC
from archive.models import Agency, Article, Author

SHORTEST = 3
"""Letters of a word that is worth searching for."""
PREFIX = 3
ARABIC_LETTER = "AL"


@dataclass(frozen=True, slots=True)
class Examples:
    """Parts of queries from one article; names and dates are empty where nothing held has any.

    `first` and `second` follow each other in its headline, so `phrase` is both.
    """

    first: str
    second: str
    outlet: str = ""
    agency: str = ""
    author: str = ""
    year: str = ""
    month: str = ""
    days: str = ""
    hijri: str = ""

    @property
    def phrase(self) -> str:
        return f"{self.first} {self.second}"

    @property
    def prefix(self) -> str:
        return self.first[:PREFIX]


WITHOUT_ARTICLES = Examples("مجلس", "الوزراء")
"""What is shown where nothing is held yet."""


def quoted(name: str) -> str:
    """A name as a query needs it: in quotation marks where it is more than one word."""
    return f'"{name}"' if " " in name else name


def neighbours(headline: str) -> tuple[str, str] | None:
    """The first two words of a headline that follow each other, both long enough to search for."""
    words = list(tokenize(headline))
    for one, next_one in pairwise(words):
        if headline[one.end : next_one.start] == " " and all(map(_is_worth, (one.text, next_one.text))):
            return one.text, next_one.text
    return None


def _is_worth(word: str) -> bool:
    """Arabic letters alone: a query in two scripts shows its signs in an order that is hard to read."""
    return len(word) >= SHORTEST and all(
        unicodedata.bidirectional(letter) == ARABIC_LETTER for letter in word
    )


def examples(articles: Iterable[Article], agency: Agency | None, author: Author | None) -> Examples:
    """Parts of queries from the first of these articles that has a headline, an outlet and a date."""
    for article in articles:
        pair = neighbours(article.title)
        day = article.published
        if pair and day and article.outlet:
            hijri = hijri_of(day)
            return Examples(
                *pair,
                outlet=quoted(article.outlet.name),
                agency=quoted(agency.name) if agency else "",
                author=quoted(author.name) if author else "",
                year=str(day.year),
                month=f'"{ARABIC.eastern[day.month - 1]} {day.year}"',
                days=f"{day.replace(day=1)}..{day}",
                hijri=f'"{ARABIC.hijri[hijri[1] - 1]} {hijri[0]}"' if hijri else "",
            )
    return WITHOUT_ARTICLES
