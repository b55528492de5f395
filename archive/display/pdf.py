"""An article as PDF, set in Amiri from right to left.

ReportLab sets letters from left to right and does not join them. So lines are broken on the text as written,
by the width of its joined letters; each line is then joined (arabic-reshaper) and put in the order in which
the eye meets it (python-bidi).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

import arabic_reshaper
from bidi.algorithm import get_display
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from arabic.letters import LIGATURES_OF_MARKS, SUPERSCRIPT_ALEF, VOWEL_MARKS
from archive.display.dates import written_date
from archive.models import Article

REGULAR, BOLD = "Amiri", "Amiri-Bold"
MARGIN = 25 * mm
WIDTH, HEIGHT = A4
ROOM = WIDTH - 2 * MARGIN
MOST_LETTERS = 200
"""No line holds more letters than this."""
MOST_OF_BODY = 60_000
"""Letters of a body that are set, some forty pages; a longer one ends in brackets, and the text has all."""


@dataclass(frozen=True, slots=True)
class Style:
    """A face, a size and the distance of its lines in points; `after` is the space below a paragraph."""

    face: str
    size: float
    leading: float
    after: float


SHADDA = "\u0651"
MARKS = frozenset(
    chr(code)
    for first, last in (VOWEL_MARKS, SUPERSCRIPT_ALEF, LIGATURES_OF_MARKS)
    for code in range(ord(first), ord(last) + 1)
)
MIDDLE_OF_MARK = 0.25
"""Where the middle of Amiri's vowel marks is, in parts of the size, from the point where they are set."""
STOREY = 0.2
"""How much higher a mark stands over another, in parts of the size."""

TITLE = Style(BOLD, 22, 36, 8)
FACTS = Style(REGULAR, 12, 20, 2)
BODY = Style(REGULAR, 14, 26, 10)
FOOT = Style(REGULAR, 9, 12, 0)


@lru_cache(maxsize=1)
def _register_faces() -> None:
    """Once a process: ReportLab reads a whole font file."""
    folder = Path(str(import_module("fontpkg_amiri").__file__)).parent / "files"
    pdfmetrics.registerFont(TTFont(REGULAR, str(folder / "Amiri-Regular.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(folder / "Amiri-Bold.ttf")))


def article_pdf(article: Article, address: str) -> bytes:
    """The article on A4 pages: headline, facts, body; under each page the permalink and its number."""
    _register_faces()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1)
    canvas.setTitle(article.display_title)
    canvas.setAuthor("، ".join(author.name for author in article.authors.all()))
    page = _Page(canvas, address)
    for text, style in _paragraphs(article):
        page.write(text, style)
    page.finish()
    canvas.save()
    return buffer.getvalue()


def _paragraphs(article: Article) -> Iterator[tuple[str, Style]]:
    date = written_date(article, weekday=True)
    yield (article.title or f"[{article.display_title}]"), TITLE
    facts = (
        article.subtitle,
        article.outlet.name if article.outlet else "",
        " ".join(part for part in (date.text, f"[{date.unknown}]" if date.unknown else "") if part),
        article.published_raw,
        "، ".join(author.name for author in article.authors.all()),
    )
    yield from ((fact, FACTS) for fact in facts if fact)
    yield "", BODY
    body = article.body[:MOST_OF_BODY] + ("\n[…]" if len(article.body) > MOST_OF_BODY else "")
    body = body or f"[{_('the source holds no text')}]"
    yield from ((line.strip(), BODY) for line in body.splitlines() if line.strip())


class _Page:
    """The page being written: where the next line goes, and a new page where there is no more room."""

    def __init__(self, canvas: Canvas, address: str) -> None:
        self._canvas = canvas
        self._address = address
        self._y = HEIGHT - MARGIN
        self._number = 1

    def write(self, text: str, style: Style) -> None:
        """Set one paragraph, its first strong letter deciding which way it runs."""
        for line in _broken(text, style):
            self._line(line, style)
        self._y -= style.after

    def _line(self, line: str, style: Style) -> None:
        if self._y - style.leading < MARGIN:
            self._turn()
        self._y -= style.leading
        self._canvas.setFont(style.face, style.size)
        letters, marks = marks_apart(for_the_eye(line))
        start = WIDTH - MARGIN - _set_width(letters, style)
        self._canvas.drawString(start, self._y, letters)
        for mark in marks:
            middle = _set_width(letters[: mark.place], style) + _set_width(letters[mark.place], style) / 2
            x = start + middle - MIDDLE_OF_MARK * style.size
            self._canvas.drawString(x, self._y + mark.storey * STOREY * style.size, mark.letter)

    def _turn(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._number += 1
        self._y = HEIGHT - MARGIN

    def _foot(self) -> None:
        self._canvas.setFont(FOOT.face, FOOT.size)
        self._canvas.drawString(MARGIN, MARGIN / 2, self._address)
        self._canvas.drawRightString(WIDTH - MARGIN, MARGIN / 2, str(self._number))

    def finish(self) -> None:
        """Write the foot of the last page."""
        self._foot()
        self._canvas.showPage()


def _broken(text: str, style: Style) -> Iterator[str]:
    """The text in lines that fit, broken between words as written; a word too long for a line is cut."""
    line: list[str] = []
    used, space = 0.0, _width(" ", style)
    for word in text.split():
        for piece in _fitting(word, style):
            width = _width(piece, style)
            if line and used + space + width > ROOM:
                yield " ".join(line)
                line, used = [], 0.0
            used += width + (space if line else 0.0)
            line.append(piece)
    if line:
        yield " ".join(line)


def _fitting(word: str, style: Style) -> Iterator[str]:
    """The word whole where it fits; else cut into pieces that do, found by halving."""
    while len(word) > MOST_LETTERS or _width(word, style) > ROOM:
        lengths = range(1, min(len(word), MOST_LETTERS))
        cut = bisect_right(lengths, ROOM, key=lambda length: _width(word[:length], style)) or 1
        yield word[:cut]
        word = word[cut:]
    yield word


@dataclass(frozen=True, slots=True)
class Mark:
    """A vowel mark, the place of the letter that it stands on, and how many marks stand between them."""

    letter: str
    place: int
    storey: int


def marks_apart(line: str) -> tuple[str, tuple[Mark, ...]]:
    """A line in the order of the eye, where marks precede their letter, as letters and marks to set on them.

    A doubling mark stands next to its letter, in whatever order the marks were typed.
    """
    letters: list[str] = []
    marks: list[Mark] = []
    waiting: list[str] = []
    for letter in line:
        if letter in MARKS:
            waiting.append(letter)
            continue
        upwards = sorted(waiting, key=lambda mark: mark != SHADDA)
        marks += [Mark(mark, len(letters), storey) for storey, mark in enumerate(upwards)]
        waiting.clear()
        letters.append(letter)
    return "".join(letters), tuple(marks)


def _set_width(text: str, style: Style) -> float:
    return float(pdfmetrics.stringWidth(text, style.face, style.size))


@lru_cache(maxsize=20_000)
def _width(text: str, style: Style) -> float:
    return float(pdfmetrics.stringWidth(joined(text), style.face, style.size))


@lru_cache(maxsize=1)
def _reshaper() -> arabic_reshaper.ArabicReshaper:
    return arabic_reshaper.ArabicReshaper({"delete_harakat": False, "support_ligatures": True})


def joined(text: str) -> str:
    """The text with each Arabic letter in the form that its neighbours give it."""
    return str(_reshaper().reshape(text))


def for_the_eye(line: str) -> str:
    """One line in the order in which the eye meets its letters from left to right."""
    return str(get_display(joined(line), base_dir="R"))
