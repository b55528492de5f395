"""From a text to the terms that are indexed and asked for: the same for both, or nothing would be found."""

import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from arabic import lexicon
from arabic.normal import exact_form, normal_form
from arabic.stem import WHOLE_WORDS_FILE, stem
from arabic.tokens import TOKEN

RULES_VERSION: Final = "1"
"""Raised with every change to the rules of letters, tokens or stems that gives some text other terms."""

STOPWORDS_FILE: Final = Path(__file__).parent / "data" / "stopwords.txt"
CACHED_FORMS: Final = 200_000
"""Surface forms kept with their terms: all of a large newspaper's usual words, some 60 MB when full."""

Forms = tuple[str, str, str]
"""Exact, normal, stem."""


class Term(NamedTuple):
    """A word of a text in its three forms; ``original[start:end]`` is what was written.

    ``position`` counts words from 0. A ligature that stands for several words gives several terms of one
    span.
    """

    exact: str
    normal: str
    stem: str
    position: int
    start: int
    end: int


@cache
def stopwords() -> frozenset[str]:
    """The normal forms of data/stopwords.txt."""
    lines = STOPWORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(normal_form(line) for line in lines if line and not line.startswith("#"))


def is_stopword(normal: str) -> bool:
    """Whether a normal form carries no meaning of its own: a particle, a pronoun, an auxiliary."""
    return normal in stopwords()


def _forms(surface: str) -> Iterator[Forms]:
    """The forms of each word that a written word stands for: of one word, but for ligatures such as ﷺ."""
    for exact in exact_form(surface).split():
        normal = normal_form(exact)
        yield exact, normal, stem(normal)


class _FormCache(dict[str, tuple[Forms, ...]]):
    """Forms by surface form; emptied when full: cheaper than keeping account of what was used last."""

    def __missing__(self, surface: str) -> tuple[Forms, ...]:
        if len(self) >= CACHED_FORMS:
            self.clear()
        forms = self[surface] = tuple(_forms(surface))
        return forms


_FORM_CACHE: Final = _FormCache()


def clear_cache() -> None:
    """Forget the forms kept; for measuring, and to give memory back after an index is built."""
    _FORM_CACHE.clear()


def analyse(text: str) -> list[Term]:
    """The terms of a text in order of place. Answers for any text; one without words has none."""
    terms: list[Term] = []
    # Between two words stands no letter, so a word's next occurrence is its place: quicker than asking each
    # match.
    find, new_term, end = text.find, tuple.__new__, 0
    for surface in TOKEN.findall(text):
        start = find(surface, end)
        end = start + len(surface)
        for forms in _FORM_CACHE[surface]:
            terms.append(new_term(Term, (*forms, len(terms), start, end)))
    return terms


def _stamp() -> str:
    listed = zlib.crc32(WHOLE_WORDS_FILE.read_bytes() + STOPWORDS_FILE.read_bytes())
    return f"{RULES_VERSION}-{lexicon.checksum()}-{listed:08x}"


ANALYSIS_STAMP: Final = _stamp()
"""Changes with rules, lexicon and word lists: an index made under another stamp must be rebuilt."""
