"""Evidence as notes: a letter, the field, the rule in words, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice
from string import ascii_lowercase

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from archive.dates import InvalidDate, parse_iso
from archive.display.dates import written_known_date
from archive.display.hints import hint_in_words
from archive.display.rules import rule_in_words
from archive.models import Evidence

ABJAD = ("أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق", "ر")

LABELS: dict[str, str | Promise] = {
    Evidence.Field.TITLE: _("Headline"),
    Evidence.Field.SUBTITLE: _("Subheadline"),
    Evidence.Field.OUTLET: _("Outlet"),
    Evidence.Field.AGENCY: _("Agency"),
    Evidence.Field.AUTHOR: _("Author"),
    Evidence.Field.PLACE: _("Place"),
    Evidence.Field.SECTION: _("Section"),
    Evidence.Field.URL: _("Address in the source"),
    Evidence.Field.LANGUAGE: _("Language"),
    Evidence.Field.PUBLISHED: _("Date"),
    Evidence.Field.BODY: _("Text"),
    Evidence.Field.STATUS: _("Review"),
    Evidence.Field.HINT: _("Hint of the date"),
}

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
    """Every piece of evidence with its letter, in the order given, hints last: a page may leave those out."""
    pieces = sorted(evidence, key=lambda piece: piece.field == Evidence.Field.HINT)
    return tuple(_note(letter, piece) for letter, piece in zip(_letters(), pieces, strict=False))


def _note(letter: str, piece: Evidence) -> Note:
    return Note(
        letter=letter,
        field=piece.field,
        label=str(LABELS[piece.field]),
        value=value_in_words(piece),
        rule=rule_in_words(piece.rule),
        confidence=str(piece.get_confidence_display()),
        doubtful=piece.confidence == Evidence.Confidence.LOW,
        curated=piece.curator_id is not None,
        start=piece.start,
        end=piece.end,
        line=LINES.get(Evidence.Field(piece.field), "dotted"),
    )


def value_in_words(piece: Evidence) -> str:
    """What was read; a date or a hint of it as the archive writes dates, not as it keeps them."""
    if piece.field == Evidence.Field.HINT:
        return hint_in_words(piece.value)
    if piece.field != Evidence.Field.PUBLISHED:
        return piece.value
    try:
        return written_known_date(parse_iso(piece.value))
    except InvalidDate:
        return piece.value


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
