"""From an article to its entry in the index."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from arabic import analyse
from search.engines.entries import GAP, LIST_SEPARATOR, PRECISION, minute_of, name_as_kept, printed_days
from search.engines.whoosh.schema import FACTS, spelling_key

if TYPE_CHECKING:
    from archive.models import Article


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """The spellings of an article with their places, and how many words and places there are."""

    places: dict[bytes, array[int]]
    title_words: int
    subtitle_words: int
    words: int
    span: int


def placed_words(title: str, subtitle: str, body: str) -> PlacedWords:
    """Number the words of an article.

    The title stands first; gaps keep phrases from running on into the next part.
    """
    places: dict[bytes, array[int]] = {}
    start = 0
    lengths = []
    for part in (title, subtitle, body):
        terms = analyse(part) if part else []
        for place, term in enumerate(terms, start):
            key = spelling_key(term.exact, term.normal, term.stem)
            known = places.get(key)
            if known is None:
                places[key] = array("I", (place,))
            else:
                known.append(place)
        lengths.append(len(terms))
        start += len(terms) + GAP
    return PlacedWords(places, lengths[0], lengths[1], sum(lengths), start)


def entry(article: Article) -> dict[str, Any]:
    """The values of the fields of an article's entry."""
    placed = placed_words(article.title, article.subtitle, article.body)
    first, last = printed_days(article.published, article.published_precision)
    facts = np.array(
        (
            article.pk,
            first,
            last,
            minute_of(article.published_time),
            PRECISION[article.published_precision],
            placed.title_words,
            placed.subtitle_words,
            placed.words,
            placed.span,
        ),
        dtype=FACTS,
    )
    return {
        "uid": article.uid,
        "words": placed.places,
        "facts": facts.tobytes(),
        "outlet": article.outlet.slug.encode() if article.outlet else b"",
        "section": name_as_kept(article.section).encode("utf-8", "replace"),
        "agencies": _list(article.agency_slugs),
        "authors": _list(map(name_as_kept, article.author_names)),
    }


def _list(values: Iterable[str]) -> bytes:
    return LIST_SEPARATOR.join(values).encode("utf-8", "replace")
