"""From a text to the terms that are indexed and asked for: the same for both, or nothing would be found."""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import cache, partial
from itertools import accumulate, count
from pathlib import Path
from sys import intern
from typing import Final, NamedTuple

from arabic import lexicon
from arabic.letters import JALLAJALALOUHOU, SALLALLAHOU
from arabic.normal import exact_form, normal_form
from arabic.stem import WHOLE_WORDS_FILE, stem
from arabic.tokens import TOKEN

RULES_VERSION: Final = "4"
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


def forms_of_word(word: str) -> Forms:
    """The three forms of one of the `written_words`, made and not kept; equal ones are one string, for many
    words share a stem."""
    exact = intern(exact_form(word))
    normal = intern(normal_form(exact))
    return exact, normal, intern(stem(normal))


class _FormCache(dict[str, Forms]):
    """Forms by surface form; emptied when full: cheaper than keeping account of what was used last."""

    def __missing__(self, surface: str) -> Forms:
        if len(self) >= CACHED_FORMS:
            self.clear()
        forms = self[surface] = forms_of_word(surface)
        return forms


_FORM_CACHE: Final = _FormCache()
_WORDS_AND_GAPS: Final = re.compile(f"({TOKEN.pattern})")
_PHRASE_LIGATURES: Final = re.compile(f"[{SALLALLAHOU}{JALLAJALALOUHOU}]")


def clear_cache() -> None:
    """Forget the forms kept; for measuring, and to give memory back after an index is built."""
    _FORM_CACHE.clear()


_new_term: Final = partial(tuple.__new__, Term)


def _parts(forms: Forms) -> Iterable[Forms]:
    """The words of a ligature that stands for a whole phrase (ﷺ); of any other word, itself."""
    return [_FORM_CACHE[part] for part in forms[0].split()]


def written_words(text: str) -> list[str]:
    """The words of a text as they stand there, of a ligature of a phrase its words: what `forms_of_word`
    takes, for whoever keeps what is made of a word."""
    words = TOKEN.findall(text)
    if _PHRASE_LIGATURES.search(text):
        return [part for word in words for part in exact_form(word).split()]
    return words


def forms_of(text: str) -> list[Forms]:
    """The exact form, the normal form and the stem of each word of a text: `analyse` without the places."""
    return list(map(_FORM_CACHE.__getitem__, written_words(text)))


class Words(NamedTuple):
    """The words of a text as columns: what `analyse` tells in rows, for whoever needs the places of few."""

    forms: Sequence[Forms]
    starts: Sequence[int]
    ends: Sequence[int]


def forms_kept(word: str) -> Forms:
    """`forms_of_word`, made once."""
    return _FORM_CACHE[word]


def words_of(text: str) -> Words:
    """The words of a text with their places; quicker than `analyse`, which makes a row of each."""
    # Cut at its words, every second piece of a text is one, and where they end adds up: quicker than
    # matches. The last gap has no word after it.
    pieces = _WORDS_AND_GAPS.split(text)
    borders = list(accumulate(map(len, pieces)))
    forms = list(map(_FORM_CACHE.__getitem__, pieces[1::2]))
    words = Words(forms, borders[0:-1:2], borders[1::2])
    return _with_parted_phrases(words) if _PHRASE_LIGATURES.search(text) else words


def analyse(text: str) -> list[Term]:
    """The terms of a text in order of place. Answers for any text; one without words has none."""
    forms, starts, ends = words_of(text)
    if not forms:
        return []
    # rows made of columns are made quicker than one by one
    exacts, normals, stems = zip(*forms, strict=True)
    return list(map(_new_term, zip(exacts, normals, stems, count(), starts, ends, strict=False)))


def _with_parted_phrases(words: Words) -> Words:
    """The words of ligatures of a phrase all have its place."""
    placed = [(part, start, end) for whole, start, end in zip(*words, strict=True) for part in _parts(whole)]
    forms, starts, ends = zip(*placed, strict=True)
    return Words(forms, starts, ends)


@cache
def _listed() -> str:
    return f"{zlib.crc32(WHOLE_WORDS_FILE.read_bytes() + STOPWORDS_FILE.read_bytes()):08x}"


ANALYSIS_STAMP: Final = f"{RULES_VERSION}-{lexicon.checksum()}-{_listed()}"
"""Changes with rules, shipped counts and word lists."""


def wanted_stamp() -> str:
    """The stamp that an index must carry to be up to date: with rules, lists and all counts, own ones too."""
    own = lexicon.wanted()
    return f"{ANALYSIS_STAMP}-{own}" if own else ANALYSIS_STAMP


def adopt(stamp: str) -> None:
    """Read every text from now on as the index of this stamp was made, as far as own counts go.

    Call it when an index is opened or begun: a query that is read with other counts asks for other terms.
    """
    own = stamp.split("-")[3:]
    if lexicon.take(own[0] if own else ""):
        clear_cache()
