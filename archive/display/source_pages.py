"""The page of an article's source: every line as it came, said to be what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.display.evidence import Note
from archive.display.originals import OriginalText, article_slice, shows_whole_file, whole_file
from archive.display.prose import BODY_KINDS, Run, kind_of_line, lines, runs, segments_of
from archive.display.records import record_fields
from archive.ingest.reading.types import SegmentKind
from archive.models import Article, SourceFile

STRAY = 3
"""Characters under which marks within a line are not shown apart."""
_OF_BODY = (*BODY_KINDS, SegmentKind.DATELINE)
RECORDS = (SourceFile.Format.JSON, SourceFile.Format.JSONL)

KIND_NAMES: dict[str, str | Promise] = {
    SegmentKind.TITLE: _("headline"),
    SegmentKind.KICKER: _("kicker"),
    SegmentKind.SUBTITLE: _("subheadline"),
    SegmentKind.BYLINE: _("byline"),
    SegmentKind.DATELINE: _("dateline"),
    SegmentKind.DATE: _("date"),
    SegmentKind.CAPTION: _("caption"),
    SegmentKind.CREDIT: _("credit"),
    SegmentKind.PULL_QUOTE: _("pull quote"),
    SegmentKind.FURNITURE: _("furniture of the page"),
    SegmentKind.RELATED: _("other articles named"),
    SegmentKind.MARKUP: _("markup"),
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the original. `says` names what it is where a stretch begins that is not of the body.

    `name`: the name of a record's field, before its value; `goes_on`: no new line of the file begins here.
    """

    runs: tuple[Run, ...]
    outside: bool
    says: str | Promise = ""
    name: str = ""
    goes_on: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A stretch of the original: this article's, another's, or (both None and False) nobody's."""

    lines: tuple[SourceLine, ...]
    ours: bool = False
    other: Article | None = None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What the page shows of an original. `whole`: all of the file; `cut`: bytes of the article left out.

    `records`: it is a record of named fields.
    """

    parts: tuple[SourcePart, ...]
    whole: bool
    cut: int
    records: bool = False


def source_page(article: Article, evidence: tuple[Note, ...], siblings: Sequence[Article]) -> SourcePage:
    """The original of an article, whole where it is a small plain text. Raises: OriginalMissing."""
    if not shows_whole_file(article.source):
        original = article_slice(article)
        ours = _ours(article, evidence, original.text)
        records = article.source.format in RECORDS
        return SourcePage((ours,), whole=False, cut=original.cut, records=records)
    return SourcePage(
        tuple(_parts(article, evidence, siblings, whole_file(article.source))), whole=True, cut=0
    )


def _parts(
    article: Article, evidence: tuple[Note, ...], siblings: Sequence[Article], original: OriginalText
) -> Iterator[SourcePart]:
    place = 0
    for each in sorted((article, *siblings), key=lambda part: part.source_start):
        if each.source_start > place:
            yield from _nobodys(original.text[place : each.source_start])
        text = original.text[each.source_start : each.source_end]
        if each.pk == article.pk:
            yield _ours(article, evidence, text)
        else:
            yield SourcePart(_grey([Run(text, SegmentKind.RELATED)]), other=each)
        place = max(place, each.source_end)
    yield from _nobodys(original.text[place:])


def _ours(article: Article, evidence: tuple[Note, ...], text: str) -> SourcePart:
    pieces = runs(text, segments_of(article), evidence, article.source_start)
    said = _fields(lines(pieces)) if article.source.format in RECORDS else _said(lines(pieces))
    return SourcePart(tuple(said), ours=True)


def _fields(found: Iterable[tuple[Run, ...]]) -> Iterator[SourceLine]:
    for line in found:
        for number, part in enumerate(record_fields(line)):
            yield SourceLine(part.value, outside=False, name=part.name, goes_on=number > 0)


def _nobodys(text: str) -> Iterator[SourcePart]:
    if text.strip():
        yield SourcePart(_grey([Run(text, SegmentKind.FURNITURE)]))


def _grey(pieces: Iterable[Run]) -> tuple[SourceLine, ...]:
    return tuple(SourceLine(line, outside=True) for line in lines(pieces))


def _said(found: Iterable[tuple[Run, ...]]) -> Iterator[SourceLine]:
    """Lines with what they are said once at the head of each stretch that is not of the body. Where a page
    was flattened, so that a line holds more than one kind, each stretch of it is shown apart.

    Markup stands between all else and shows what it is: it is said once, and parts no stretch."""
    said, markup_said = "", False
    for line in found:
        for number, stretch in enumerate(_stretches(line)):
            kind = kind_of_line(stretch)
            if kind == SegmentKind.BLANK:
                yield SourceLine(stretch, outside=False, goes_on=number > 0)
                continue
            if kind == SegmentKind.MARKUP:
                says = "" if markup_said else KIND_NAMES[kind]
                yield SourceLine(stretch, outside=True, says=says, goes_on=number > 0)
                markup_said = True
                continue
            outside = kind not in BODY_KINDS
            says = KIND_NAMES.get(kind, "") if outside and kind != said else ""
            yield SourceLine(stretch, outside, says, goes_on=number > 0)
            said = kind if outside else ""


def _stretches(line: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """The stretches of a line of one kind each. Blanks and stray marks go with what they stand behind; a
    dateline goes with the body's words that it leads."""
    stretch: list[Run] = []
    last = ""
    for run in line:
        kind = "" if _goes_along(run) else SegmentKind.BODY if run.kind in _OF_BODY else run.kind
        if kind and last and kind != last:
            yield tuple(stretch)
            stretch = []
        stretch.append(run)
        last = kind or last
    yield tuple(stretch)


def _goes_along(run: Run) -> bool:
    is_mark = run.kind == SegmentKind.MARKUP and len(run.text.strip()) < STRAY
    return is_mark or not run.text.strip()
