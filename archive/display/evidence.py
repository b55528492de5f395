"""Evidence as notes: a letter, the field, the rule in words, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice
from string import ascii_lowercase

from django.utils.translation import get_language, gettext

from archive.models import Evidence

ABJAD = ("أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق", "ر")

LINES = {
    Evidence.Field.TITLE: "",
    Evidence.Field.PUBLISHED: "double",
    Evidence.Field.AUTHOR: "dashed",
}
"""The line under each field's words; any other field has a dotted one."""


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of evidence for a page. `start` and `end` count characters of the source; `line` is a class."""

    letter: str
    field: str
    label: str
    value: str
    rule: str
    confidence: str
    doubtful: bool
    curated: bool
    start: int | None
    end: int | None
    line: str


def notes(evidence: Iterable[Evidence]) -> tuple[Note, ...]:
    """Every piece of evidence with its letter, in the order given."""
    return tuple(_note(letter, piece) for letter, piece in zip(_letters(), evidence, strict=False))


def _note(letter: str, piece: Evidence) -> Note:
    return Note(
        letter=letter,
        field=piece.field,
        label=str(piece.get_field_display()),
        value=piece.value,
        rule=gettext(piece.rule),
        confidence=str(piece.get_confidence_display()),
        doubtful=piece.confidence == Evidence.Confidence.LOW,
        curated=piece.curator_id is not None,
        start=piece.start,
        end=piece.end,
        line=LINES.get(Evidence.Field(piece.field), "dotted"),
    )


def _letters() -> Iterable[str]:
    alphabet = ascii_lowercase if get_language() == "en" else ABJAD
    yield from alphabet
    yield from (str(number) for number in islice(count(1), 10_000))


def first_by_field(found: Iterable[Note]) -> dict[str, Note]:
    """The first note of each field."""
    by_field: dict[str, Note] = {}
    for note in found:
        by_field.setdefault(note.field, note)
    return by_field
