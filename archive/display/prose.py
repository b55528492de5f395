"""An article's text cut into runs: what is body, what was left out of it, and where evidence stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.display.evidence import Note
from archive.ingest.reading.types import SegmentKind
from archive.models import Article

BODY_KINDS = frozenset({SegmentKind.BODY, SegmentKind.SUBHEAD})
SHOWN_APART = frozenset({SegmentKind.TITLE, SegmentKind.SUBTITLE, SegmentKind.BLANK, SegmentKind.MARKUP})
"""Neither body nor left out of it: shown elsewhere on the page, or nothing to show."""

LEFT_OUT = frozenset(SegmentKind) - BODY_KINDS - SHOWN_APART - {SegmentKind.DATELINE}

SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind. `note`: what it is evidence for; `closes`: the note's words end here.

    `beside`: not of the body, though it stands in a line that is.
    """

    text: str
    kind: str
    note: Note | None = None
    closes: bool = False
    marked: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a line. `kind` is "body", "subhead" or the kind of what was left out."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def dropped(self) -> bool:
        return self.kind not in BODY_KINDS

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article's source by what it is, in characters from where the article starts."""

    start: int
    end: int
    kind: str


def segments_of(article: Article) -> tuple[Segment, ...]:
    """What each part of an article's source is, counted from where the article starts."""
    return tuple(Segment(start, end, kind) for start, end, kind in article.segments)


def runs(text: str, segments: Sequence[Segment], found: Collection[Note], origin: int) -> tuple[Run, ...]:
    """The text of a source in runs of one kind and one note; `origin` is where it starts in the file."""
    spans = [
        (note.start - origin, note.end - origin, note)
        for note in found
        if note.start is not None and note.end is not None and note.end > note.start
    ]
    cuts = {0, len(text), *(edge for piece in segments for edge in (piece.start, piece.end))}
    cuts.update(edge for start, end, _ in spans for edge in (start, end))
    edges = sorted(edge for edge in cuts if 0 <= edge <= len(text))
    kinds = _kinds_at(segments, edges)
    return tuple(
        _run(text[start:end], kind, start, end, spans)
        for (start, end), kind in zip(pairwise(edges), kinds, strict=False)
    )


def _kinds_at(segments: Sequence[Segment], places: Iterable[int]) -> Iterator[str]:
    """What the source is at each of these places; body where no segment says. Both in rising order."""
    rest = iter(segments)
    piece = next(rest, None)
    for place in places:
        while piece and piece.end <= place:
            piece = next(rest, None)
        yield piece.kind if piece and piece.start <= place else SegmentKind.BODY


def _run(text: str, kind: str, start: int, end: int, spans: Iterable[tuple[int, int, Note]]) -> Run:
    """A run takes the narrowest note that covers it: the name within the line rather than the line."""
    covering = sorted(
        (far - near, far, note.letter, note) for near, far, note in spans if near <= start < far
    )
    if not covering:
        return Run(text, kind)
    _, far, _, note = covering[0]
    return Run(text, kind, note, closes=far == end)


def lines(pieces: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs of each line."""
    line: list[Run] = []
    for piece in pieces:
        head, *rest = piece.text.split("\n")
        texts = [head, *rest]
        for number, text in enumerate(texts):
            if number:
                yield tuple(line)
                line = []
            if text:
                line.append(replace(piece, text=text, closes=piece.closes and number == len(texts) - 1))
    if line:
        yield tuple(line)


def kind_of_line(line: Sequence[Run]) -> str:
    """What a line is: body if any of its words are, else what its first words are."""
    worded = [run for run in line if run.text.strip()]
    kinds = [run.kind for run in worded]
    return next((kind for kind in kinds if kind in BODY_KINDS), kinds[0] if kinds else SegmentKind.BLANK)


def paragraphs_of_body(body: str) -> tuple[Paragraph, ...]:
    """The body as stored, a paragraph for each line that is not blank."""
    return tuple(
        Paragraph(SegmentKind.BODY, (Run(line.strip(), SegmentKind.BODY),))
        for line in body.splitlines()
        if line.strip()
    )


def paragraphs_of_source(pieces: Iterable[Run], body: str) -> tuple[Paragraph, ...] | None:
    """The body with its evidence and, in their places, the lines left out; None if it is not the stored body.

    A body that a curator changed, or that was cleaned of markup, is not in the source's own letters.
    """
    found = tuple(_paragraph(line) for line in lines(pieces) if any(run.text.strip() for run in line))
    kept = tuple(part for part in found if not part.dropped)
    if _letters(run.text for part in kept for run in part.runs if run.kind in BODY_KINDS) != _letters([body]):
        return None
    return tuple(part for part in found if part.kind not in SHOWN_APART)


def _paragraph(line: Sequence[Run]) -> Paragraph:
    kind = kind_of_line(line)
    if kind not in BODY_KINDS:
        return Paragraph(kind, tuple(line))
    return Paragraph(kind, tuple(replace(run, beside=run.kind in LEFT_OUT) for run in line))


def _letters(texts: Iterable[str]) -> str:
    return SPACE.sub("", "".join(texts))
