"""The dates that a page prints on lines of their own, and which of them is the article's.

A page prints the day it was looked at, the day its article came out, the day it was last changed, days of
other stories and of comments. What the words before a date say decides; then where it stands. Where two
answers are left, there is none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from arabic import PrintedDate, normal_form
from archive.ingest.reading.page import Page, Piece
from archive.ingest.reading.published import agree
from archive.ingest.reading.signatures import beside_names, is_date_label
from archive.ingest.reading.types import SegmentKind

K = SegmentKind

UNSET: Final = datetime.date(1970, 1, 1)
"""What a clock prints that was never set."""
_BETWEEN_DATE_AND_HEADLINE: Final = frozenset({K.MARKUP, K.KICKER, K.DATE, K.TITLE, K.DATELINE, K.BYLINE})
_BETWEEN_TEXT_AND_DATE: Final = frozenset({K.MARKUP, K.CREDIT, K.DATELINE, K.BYLINE, K.DATE})


class Label(StrEnum):
    """What the words before a date say that it is."""

    PUBLISHED = "published"
    UPDATED = "updated"
    CLOCK = "clock"
    ISSUE = "issue"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date on a line of its own: the line's number, and what the words before it say."""

    line: int
    date: PrintedDate
    label: Label


def dates_of_article(page: Page) -> list[Dated]:
    """The dates that can only be the article's, all of one day; empty where there is none or they
    disagree."""
    dated = [each for each in page_dates(page) if each.label is not Label.CLOCK and _has_place(page, each)]
    above = [each for each in dated if each.line < page.piece.first_paragraph]
    for chosen in (_published(above or dated), _updated(above or dated)):
        if chosen:
            return chosen if _is_one_day(chosen) else []
    return []


def page_dates(page: Page) -> Iterator[Dated]:
    """Every full date on a line of its own, with its label."""
    for number in page.of_kind(K.DATE):
        before: Dated | None = None
        for date in page.piece.dates(number):
            label = _label(page.piece, number, before.date.end if before else 0, date.start)
            if before and label in (Label.NONE, Label.ISSUE) and before.date.calendar != date.calendar:
                label = before.label
            before = Dated(number, date, label)
            if date.date is not None and date.precision in ("day", "time") and date.date != UNSET:
                yield before


def _published(dated: list[Dated]) -> list[Dated]:
    """The dates that are said to be of publication or of the paper's issue; else those that nothing is said
    of, unless the last change came before them: they are the page's clock then."""
    if said := [each for each in dated if each.label is Label.PUBLISHED]:
        return said
    bare = [each for each in dated if each.label in (Label.ISSUE, Label.NONE)]
    changed = _days(_updated(dated))
    return bare if not bare or not changed or _days(bare)[-1] <= changed[0] else []


def _updated(dated: list[Dated]) -> list[Dated]:
    return [each for each in dated if each.label is Label.UPDATED]


def _is_one_day(dated: list[Dated]) -> bool:
    """Whether dates are one day and no weekday speaks against it; a Hijri date may be a day off."""
    dates = [each.date for each in dated]
    gregorian = [date for date in dates if date.calendar == "gregorian"]
    return agree(dates) and all(date.weekday_agrees is not False for date in gregorian or dates)


def _days(dated: list[Dated]) -> list[datetime.date]:
    return sorted(each.date.date for each in dated if each.date.date is not None)


def _label(piece: Piece, number: int, start: int, end: int) -> Label:
    """What is said before a date: on its line after the date before it, else on a line of its own above."""
    line, labels = piece.lines[number].text, piece.lexicon.labels
    said = normal_form(line[start:end])
    if not start and number > 0 and is_date_label(piece, number - 1):
        said = f"{piece.lines[number - 1].normal} {said}"
    if labels.clock.search(said) or (piece.profile and piece.profile.is_clock(piece.lines[number])):
        return Label.CLOCK
    if labels.published.search(said):
        return Label.PUBLISHED
    if labels.updated.search(said):
        return Label.UPDATED
    return Label.ISSUE if labels.issue.search(piece.lines[number].normal) else Label.NONE


def _has_place(page: Page, dated: Dated) -> bool:
    """Whether a date stands where the article's does. One that says what it is may stand anywhere at the
    text's edges; any other only right above the headline, between headline and text, or right below the
    text."""
    if dated.label is not Label.NONE:
        return True
    kinds, number = page.kinds, dated.line
    if number > page.piece.first_paragraph:
        is_reader = bool(beside_names(page.piece, number))
        return not is_reader and _BETWEEN_TEXT_AND_DATE.issuperset(
            kinds[page.piece.last_paragraph + 1 : number]
        )
    headline = max((n for n in page.of_kind(K.TITLE) if n < page.piece.first_paragraph), default=-1)
    return number > headline or _BETWEEN_DATE_AND_HEADLINE.issuperset(kinds[number:headline])
