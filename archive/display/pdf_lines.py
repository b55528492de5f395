"""Lines of a PDF page: broken on the text as written, joined and ordered for the eye, told to programs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import arabic_reshaper
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from arabic.letters import LIGATURES_OF_MARKS, SUPERSCRIPT_ALEF, VOWEL_MARKS
from archive.display.bidi_lines import Atom, atoms_for_the_eye, in_reading_order
from archive.display.pdf_faces import INKLESS, INKLESS_WIDTH

MOST_LETTERS = 200
"""No line holds more letters than this."""
RIGHT_TO_LEFT_MARK = "\u200f"
"""Before what runs rightwards: pdftotext, which orders a line by its letters, ends a run there."""
END_OF_SPAN = "EMC"
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


@dataclass(frozen=True, slots=True)
class Style:
    """A face, a size and the distance of its lines in points; `after` is the space below a paragraph."""

    face: str
    size: float
    leading: float
    after: float


def broken(text: str, style: Style, room: float) -> Iterator[str]:
    """The text in lines that fit, broken between words as written; a word too long for a line is cut."""
    line: list[str] = []
    used, space = 0.0, _width(" ", style)
    for word in text.split():
        for piece in _fitting(word, style, room):
            width = _width(piece, style)
            if line and used + space + width > room:
                yield " ".join(line)
                line, used = [], 0.0
            used += width + (space if line else 0.0)
            line.append(piece)
    if line:
        yield " ".join(line)


def shortened(text: str, style: Style, room: float) -> str:
    """As many words of a text as fit on one line, the rest as an ellipsis."""
    lines = list(broken(text, style, room))
    if len(lines) < 2:
        return " ".join(lines)
    first = next(broken(text, style, room - _width(" …", style)))
    return f"{first} …"


def _fitting(word: str, style: Style, room: float) -> Iterator[str]:
    """The word whole where it fits; else cut into pieces that do, found by halving."""
    while len(word) > MOST_LETTERS or _width(word, style) > room:
        lengths = range(1, min(len(word), MOST_LETTERS))
        cut = bisect_right(lengths, room, key=lambda length: _width(word[:length], style)) or 1
        yield word[:cut]
        word = word[cut:]
    yield word


class Setter:
    """Sets lines on a page: what is seen at once, what programs read when the page is full."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._inkless: list[str] = []
        self._empty = True

    def set_line(
        self, line: str, style: Style, *, edge: float, y: float, right_to_left: bool, at_right: bool
    ) -> None:
        """Set a line on its baseline with its right or left end at `edge`."""
        if self._empty:
            self._canvas.addLiteral(_said(""))
            self._empty = False
        atoms = atoms_for_the_eye(line, right_to_left=right_to_left)
        shown = [_shown(atom) for atom in atoms]
        widths = [
            set_width("".join(letter for letter in text if letter not in MARKS), style) for text in shown
        ]
        start = edge - sum(widths) if at_right else edge
        self._see("".join(shown), style, start, y)
        self._read(atoms, widths, style.size, start, y, right_to_left)

    def finish_page(self) -> None:
        """Lay what programs read over what is seen, and turn the page."""
        if not self._empty:
            self._canvas.addLiteral(END_OF_SPAN)
        for operators in self._inkless:
            self._canvas.addLiteral(operators)
        self._inkless.clear()
        self._empty = True
        self._canvas.showPage()

    def _see(self, line: str, style: Style, start: float, y: float) -> None:
        self._canvas.setFont(style.face, style.size)
        letters, marks = marks_apart(line)
        self._canvas.drawString(start, y, letters)
        for mark in marks:
            middle = set_width(letters[: mark.place], style) + set_width(letters[mark.place], style) / 2
            x = start + middle - MIDDLE_OF_MARK * style.size
            self._canvas.drawString(x, y + mark.storey * STOREY * style.size, mark.letter)

    def _read(
        self, atoms: list[Atom], widths: list[float], size: float, start: float, y: float, right_to_left: bool
    ) -> None:
        """A text block for each piece, in the order of the text: readers that go by the file find it so, and
        those that go by the place do too."""
        lefts = list(accumulate(widths, initial=start))
        for stretch in in_reading_order(atoms):
            leftwards = atoms[stretch[0]].leftwards
            text = "".join(atoms[number].text for number in (reversed(stretch) if leftwards else stretch))
            left, room = lefts[stretch[0]], sum(widths[number] for number in stretch)
            each = room / len(text)
            turned = right_to_left and not leftwards
            if turned:
                self._inkless.append(_said(RIGHT_TO_LEFT_MARK + text))
            for piece in pieces_to_read(text, leftwards=leftwards):
                near = len(text) - piece.end() if leftwards else piece.start()
                self._block(piece.group(), size, left + near * each, y, each, leftwards)
            if turned:
                self._inkless.append(END_OF_SPAN)

    def _block(self, text: str, size: float, x: float, y: float, each: float, leftwards: bool) -> None:
        """A block of letters from left to right, each as wide as it is given. ReportLab parts a face into
        pieces of 256 letters: a block for each, in the order of the text."""
        face, document = pdfmetrics.getFont(INKLESS), self._canvas._doc
        scale = 1000 * each / (INKLESS_WIDTH * size)
        blocks = []
        for part, codes in face.splitString(text[::-1] if leftwards else text, document):
            name = face.getSubsetInternalName(part, document)
            place = f"{scale:.4f} 0 0 1 {x:.2f} {y:.2f} Tm"
            blocks.append(f"BT {name} {size} Tf 3 Tr {place} <{codes.hex()}> Tj ET")
            x += each * len(codes)
        self._inkless += reversed(blocks) if leftwards else blocks


_LEFTWARDS = re.compile(r"[\u0590-\u08ff](?:[\u0590-\u08ff ]*[\u0590-\u08ff])?|.", re.DOTALL)
_RIGHTWARDS = re.compile(r"[^\W\u0590-\u08ff][^\u0590-\u08ff]*|.", re.DOTALL)


def pieces_to_read(text: str, *, leftwards: bool) -> Iterator[re.Match[str]]:
    """A stretch in pieces that every reader turns alike.

    Readers turn what runs leftwards about, and disagree on which signs go with it: so words alone stand
    together there, and each sign stands by itself, as do those at the start of what runs rightwards and the
    figures of Arabic script, which run so.
    """
    return (_LEFTWARDS if leftwards else _RIGHTWARDS).finditer(text)


def _said(text: str) -> str:
    """The beginning of a span that programs are to read as this text (PDF 32000-1, 14.9.4)."""
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"


def _shown(atom: Atom) -> str:
    return joined(atom.shown)[::-1] if atom.leftwards else atom.text


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
    if MARKS.isdisjoint(line):
        return line, ()
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


def set_width(text: str, style: Style) -> float:
    """How wide a text is as it stands, in points."""
    return float(pdfmetrics.stringWidth(text, style.face, style.size))


@lru_cache(maxsize=20_000)
def _width(text: str, style: Style) -> float:
    return set_width(joined(text), style)


@lru_cache(maxsize=1)
def _reshaper() -> arabic_reshaper.ArabicReshaper:
    return arabic_reshaper.ArabicReshaper({"delete_harakat": False, "support_ligatures": True})


@lru_cache(maxsize=50_000)
def joined(text: str) -> str:
    """The text with each Arabic letter in the form that its neighbours give it."""
    return str(_reshaper().reshape(text))
