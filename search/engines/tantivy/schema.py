"""What the index holds of an article.

Words come analysed, with blanks between, in three parallel fields with places: as they are spelled, folded,
and as stems; the title's words once more in fields of their own. A word of the title or of the text's
beginning is written again behind the text as often as it should count (`search.ranking.Places`): tantivy
weighs every occurrence alike. Such copies are stretches of the text as it stands, with gaps around them, so
phrases and nearness find nothing in them that is not in the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from tantivy import Filter, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from search.engines.generations import Generation, Stamp, new_generation
from search.ranking import RANKING_WITH_GRAMS as RANKING
from search.ranking import Form
from search.types import Level

FILES: Final = "files"
"""The folder within a generation that is tantivy's own; its notes have the name of ours."""
UNKNOWN_VALUE: Final = "\x1f"
"""Stands for an outlet, agency or section that is not known; no name holds it."""
FORMS: Final = {Level.EXACT: "exact", Level.FOLDED: "normal", Level.INFLECTED: "stem"}
"""The field of each step of the ladder; any is the last of them with the words made alternatives."""
RANKED_ONLY: Final = (
    "pairs",
    "grams",
    *(form.value for form in (Form.SKELETON, Form.OPENING) if form in RANKING.forms),
)
"""Fields that order the hits and find none."""
TANTIVY: Final = Stamp("tantivy", "-".join(("copies-4", *RANKED_ONLY)))
"""The number changes when what is written changes; an index of another stamp is built anew."""
NAMES: Final = ("outlet", "section", "agencies", "authors")
INDEXED_NUMBERS: Final = ("pk", "year")
NUMBERS: Final = ("month", "first_day", "last_day", "moment")
"""Year and month (year · 12 + month − 1) are 0 where unknown; days are proleptic ordinals of the printed
period, the moment minutes since the year 1: integers, for tantivy's own dates end in 2262. An undated article
has none of the three."""
UID_FIELDS: Final = ("uid_first", "uid_last")
"""The UID once more, eight letters to a number: columns are read at once, and kept texts in blocks."""
NO_WORD: Final = "\x1e"
"""Takes a place among the words of a field with places, and is not written; no word holds it."""
_WORDS: Final = "words"
_PLACED_WORDS: Final = "placed-words"
_WIDTH: Final = 8


def in_title(form: str) -> str:
    """The field of the title's words in this form."""
    return f"title_{form}"


def numbers_of_uid(uid: str) -> tuple[int, int]:
    """The values of the two fields of a UID, which has sixteen letters at most."""
    kept = uid.encode("ascii").ljust(2 * _WIDTH, b"\0")
    return int.from_bytes(kept[:_WIDTH], "big"), int.from_bytes(kept[_WIDTH:], "big")


def uid_of_numbers(first: int, last: int) -> str:
    """The UID of the values of its two fields."""
    return (first.to_bytes(_WIDTH, "big") + last.to_bytes(_WIDTH, "big")).rstrip(b"\0").decode("ascii")


def schema() -> Schema:
    """The fields of an article's entry. Texts are not kept, but their words in order are (`forms`):
    nearness of three and more words is read from them."""
    builder = SchemaBuilder()
    builder.add_text_field("uid", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("forms", stored=True)
    for form in FORMS.values():
        builder.add_text_field(form, tokenizer_name=_PLACED_WORDS, index_option="position")
        builder.add_text_field(in_title(form), tokenizer_name=_WORDS, index_option="position")
    for name in RANKED_ONLY:
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="freq")
    for name in NAMES:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in INDEXED_NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in (*NUMBERS, *UID_FIELDS):
        builder.add_integer_field(name, fast=True)
    return builder.build()


SCHEMA: Final = schema()


def create(root: Path) -> Generation:
    """An empty index beside the one that is served, not served yet."""
    generation = new_generation(root, TANTIVY)
    (generation.folder / FILES).mkdir()
    Index(SCHEMA, str(generation.folder / FILES))
    return generation


def opened(generation: Generation) -> Any:
    """The index of a generation. Raises: ValueError: its files are gone or broken."""
    index = Index.open(str(generation.folder / FILES))
    index.config_reader("manual")  # else a thread would look for commits, twice a second
    words = Tokenizer.whitespace()
    index.register_tokenizer(_WORDS, TextAnalyzerBuilder(words).build())
    placed = TextAnalyzerBuilder(words).filter(Filter.custom_stopword([NO_WORD]))
    index.register_tokenizer(_PLACED_WORDS, placed.build())
    return index


def last_commit(generation: Generation) -> tuple[int, int]:
    """Changes with every commit. Raises: FileNotFoundError: the files are gone."""
    notes = (generation.folder / FILES / "meta.json").stat()
    return notes.st_ino, notes.st_mtime_ns
