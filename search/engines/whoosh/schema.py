"""What the index holds of an article.

There is one list of postings a spelling, with the places where it stands; the steps of the ladder share it.
The key of a spelling is the skeleton of its stem, its stem, its normal form and its exact form, in this
order. So all spellings of a skeleton, within them all of a stem, and within those all of a normal form, stand
side by side in the ordered list of keys: a step of the ladder is a range of keys. That costs one field
instead of four, in time and in room.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from whoosh import columns, fields, formats

from arabic import skeleton
from search.engines.entries import LIST_SEPARATOR, MAX_FORM_LENGTH
from search.query.tree import Word
from search.types import Level

TAB: Final = b"\t"
"""Behind a key in the list of keys."""

SCHEMA_STAMP: Final = "places-5"
"""Changes when what is written changes; an index of another stamp is built anew."""

WORDS: Final = "words"
FACTS_COLUMN: Final = "facts"
"""The names of two fields."""

FACTS: Final = np.dtype(
    [
        ("pk", "<i8"),
        ("first_day", "<i4"),
        ("last_day", "<i4"),
        ("minute", "<i4"),
        ("precision", "<i4"),
        ("title_words", "<i4"),
        ("subtitle_words", "<i4"),
        ("words", "<i4"),
        ("span", "<i4"),
    ]
)
"""The numbers of an article: proleptic ordinal days of its printed period, minute of the day,
precision (0 unknown, 1 year, 2 month, 3 day, 4 time), words of the title, of the subtitle and of all,
and places with the gaps."""


class Places(formats.Format):  # type: ignore[misc]
    """A posting's value: the places of the word in the article, as native unsigned 32-bit numbers."""

    posting_size = -1

    def __init__(self) -> None:
        super().__init__(field_boost=1.0)

    def decode_positions(self, value: bytes) -> list[int]:
        """The places that a value holds."""
        return array("I", value).tolist()


class Spellings(fields.FieldType):  # type: ignore[misc]
    """A field that is given as key -> places, analysed already."""

    indexed = True
    scorable = False
    stored = False
    unique = False
    multitoken_query = "default"
    spelling = False
    vector = None
    analyzer = None
    column_type = None

    def __init__(self) -> None:
        self.format = Places()

    def index(self, value: Mapping[bytes, array[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Key, frequency, weight and value of each posting."""
        for key, places in value.items():
            yield key, len(places), 1.0, places.tobytes()


def schema() -> fields.Schema:
    """The fields of an article's entry. Texts are not stored: the database has them."""
    return fields.Schema(
        uid=fields.ID(unique=True, sortable=True),
        **{WORDS: Spellings(), FACTS_COLUMN: fields.COLUMN(columns.FixedBytesColumn(FACTS.itemsize))},
        outlet=fields.COLUMN(columns.VarBytesColumn()),
        section=fields.COLUMN(columns.VarBytesColumn()),
        agencies=fields.COLUMN(columns.VarBytesColumn()),
        authors=fields.COLUMN(columns.VarBytesColumn()),
    )


@lru_cache(maxsize=200_000)
def spelling_key(exact: str, normal: str, stem: str) -> bytes:
    """The key of a spelling. A form that equals the one before it is left empty."""
    exact, normal, stem = exact[:MAX_FORM_LENGTH], normal[:MAX_FORM_LENGTH], stem[:MAX_FORM_LENGTH]
    kin = skeleton(stem)
    forms = (kin, stem, normal, exact)
    shortened = ("" if form == before else form for before, form in pairwise(forms))
    return LIST_SEPARATOR.join((kin, *shortened)).encode("utf-8", "replace")


def range_of(word: Word, level: Level) -> bytes:
    """What the lines of a word's keys begin with, at a step of the ladder (any: as inflected)."""
    key = spelling_key(word.exact, word.normal, word.stem)
    if level is Level.EXACT:
        return key + TAB
    return _beginning(key, parts=3 if level is Level.FOLDED else 2)


def stem_range(stem: str) -> bytes:
    """What the keys of all spellings of a stem begin with."""
    return _beginning(spelling_key(stem, stem, stem), parts=2)


def skeleton_range(stem: str) -> bytes:
    """What the keys of all spellings begin with whose stems have the skeleton of this one."""
    return _beginning(spelling_key(stem, stem, stem), parts=1)


def _beginning(key: bytes, parts: int) -> bytes:
    separator = LIST_SEPARATOR.encode()
    return separator.join([*key.split(separator)[:parts], b""])


def forms_of_key(key: bytes) -> tuple[str, str, str]:
    """The exact form, the normal form and the stem that a key stands for."""
    kin, stem, normal, exact = key.decode("utf-8", "replace").split(LIST_SEPARATOR)
    stem = stem or kin
    normal = normal or stem
    return exact or normal, normal, stem
