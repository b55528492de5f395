"""Title and author as trafilatura finds them, where a page leaves them open, if the page shows them.

Its date is not asked for: it reads the same tags and words as the rules here, so it bears nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.ingest.reading.bylines import is_person
from archive.ingest.reading.cleaning import clean_line, without_unprinted
from archive.ingest.reading.formats.html.content import FAULTS
from archive.ingest.reading.formats.html.visible import Visible
from archive.ingest.reading.names import name_key
from archive.ingest.reading.types import Confidence, Finding
from archive.ingest.reading.units import Line

RULE: Final = "place in the page"
MIN_TITLE_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Guesses:
    """Title and authors as trafilatura says them; empty where it says none."""

    title: str = ""
    authors: tuple[str, ...] = ()


def guess(visible: Visible) -> Guesses:
    """Ask trafilatura for a page's title and authors."""
    from trafilatura import extract_metadata  # loaded with the first page

    try:
        said = extract_metadata(without_unprinted(visible.source), extensive=False)
    except FAULTS:
        return Guesses()
    names = clean_line(said.author or "").split(";")
    return Guesses(clean_line(said.title or ""), tuple(filter(None, map(str.strip, names))))


def shown_title(visible: Visible, lines: Sequence[Line], said: Guesses) -> tuple[Finding[str], int] | None:
    """The line that is the guessed title, and its number."""
    key = name_key(said.title)
    for number, line in enumerate(lines):
        if line.key == key and line.words >= MIN_TITLE_WORDS:
            span = visible.span(line.start, line.end)
            return Finding(line.text, RULE, Confidence.LOW, span), number
    return None


def shown_authors(visible: Visible, lines: Sequence[Line], said: Guesses) -> Iterator[Finding[str]]:
    """The guessed authors that can be persons and stand alone on one of these lines."""
    for name in said.authors:
        line = next((line for line in lines if line.key == name_key(name)), None)
        if line and is_person(name):
            span = visible.span(line.start, line.end)
            yield Finding(clean_line(line.text), RULE, Confidence.LOW, span)
