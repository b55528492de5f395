"""One line in the order in which the eye meets it: atoms that run one way, each with its place in the text.

The Unicode bidirectional algorithm is python-bidi's (unicode-bidi, with its rule for pairs of brackets). It
answers with a line alone and does not say where each letter went, nor which way it runs. So each atom of a
line (a word, a number, a sign) goes through the algorithm as one letter of its class with a mark of its own
on it: marks take the class of what they stand on (rule W1), and so say where it went and, by the side on
which they stand, which way it runs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final
from unicodedata import bidirectional, mirrored

from bidi import get_display
from bidi.mirror import MIRRORED

TWO_BYTES: Final = 0x10000
NONSPACING, BOUNDARY = "NSM", "BN"
SEPARATORS: Final = ("ES", "CS")
"""Signs that part a number only where one stands alone (rule W4): a mark on it would make two."""
WORDS: Final = ("L", "R", "AL", "EN", "AN")
DIRECTING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the text round them. A file is set from the text itself, so what they ask is left out."""


_ARABIC_ALONE: Final = re.compile(r"[\u0620-\u065f\u0670-\u06d3 ،؛؟.:!…]+")
"""A line without figures, brackets and other scripts, as most are: there is nothing in it to order."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Letters of a line that stay together; `start` is the place of the first. `leftwards`: they run so."""

    text: str
    start: int
    leftwards: bool

    @property
    def shown(self) -> str:
        """The atom from left to right, brackets turned as the direction asks (rule L4), not yet joined."""
        if not self.leftwards:
            return self.text
        return "".join(MIRRORED.get(sign, sign) if mirrored(sign) else sign for sign in self.text)


def atoms_for_the_eye(line: str, *, right_to_left: bool) -> list[Atom]:
    """The atoms of a line from left to right; together every letter of it but signs that direct."""
    text = "".join(sign for sign in line if sign not in DIRECTING)
    if right_to_left and _ARABIC_ALONE.fullmatch(text):
        return [Atom(text, 0, leftwards=True)]
    parts = list(_atoms(text))
    tracers = _tracers(parts)
    seen = get_display("".join(tracers), base_dir="R" if right_to_left else "L")
    return [Atom(parts[number][1], parts[number][2], left) for number, left in _read(seen, tracers)]


def in_reading_order(atoms: list[Atom]) -> list[list[int]]:
    """Stretches of atoms that stand side by side and run one way, as their numbers from left to right; the
    stretches in the order of the text."""
    logical = sorted(range(len(atoms)), key=lambda number: atoms[number].start)
    stretches: list[list[int]] = []
    for number in logical:
        if stretches and _goes_on(stretches[-1][-1], number, atoms):
            stretches[-1].append(number)
        else:
            stretches.append([number])
    return [sorted(stretch) for stretch in stretches]


def _goes_on(before: int, number: int, atoms: list[Atom]) -> bool:
    step = -1 if atoms[number].leftwards else 1
    return atoms[before].leftwards == atoms[number].leftwards and number == before + step


Part = tuple[str, str, int]
"""The bidirectional class of an atom, its letters, the place of the first."""


def _atoms(text: str) -> Iterator[Part]:
    classes = _classes(text)
    start = 0
    for kind, places in groupby(range(len(text)), key=lambda place: classes[place]):
        letters = text[start : start + len(list(places))]
        if kind in WORDS:
            yield kind, letters, start
        else:
            yield from _signs(kind, letters, start)
        start += len(letters)


def _signs(kind: str, letters: str, start: int) -> Iterator[Part]:
    """Each sign by itself, with the marks on it."""
    begins = [place for place, sign in enumerate(letters) if not place or not _hangs_on(sign)]
    for first, end in zip(begins, [*begins[1:], len(letters)], strict=True):
        yield kind, letters[first:end], start + first


def _classes(text: str) -> list[str]:
    """The class of each letter; marks and signs without width have that of what they stand on."""
    classes: list[str] = []
    for sign in text:
        hangs = _hangs_on(sign)
        classes.append((classes[-1] if classes else "ON") if hangs else bidirectional(sign) or "L")
    return classes


def _hangs_on(sign: str) -> bool:
    return bidirectional(sign) in (NONSPACING, BOUNDARY)


def _tracers(parts: Sequence[Part]) -> list[str]:
    """What goes through the algorithm for each atom: a letter of its class with a mark that no other has. A
    separator goes as one of its class that no other has, or as itself where there are too many of them.
    """
    numbers = Counter[str]()
    total = Counter(kind for kind, _text, _start in parts)
    tracers = []
    for kind, text, _start in parts:
        traced_by = kind if kind in SEPARATORS else NONSPACING
        pool, place = _letters_of(traced_by), numbers[traced_by]
        numbers[traced_by] += 1
        if traced_by == kind:
            tracers.append(pool[place] if total[kind] <= len(pool) else text[0])
        else:
            tracers.append(("!" if _hangs_on(text[0]) else text[0]) + pool[place % len(pool)])
    return tracers


def _read(seen: str, tracers: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """The number of each atom from left to right, and whether it runs leftwards."""
    numbers: dict[str, list[int]] = {}
    for number, tracer in enumerate(tracers):
        numbers.setdefault(tracer[-1], []).append(number)
    place, leftwards = 0, False
    while place < len(seen):
        sign = seen[place]
        if bidirectional(sign) in SEPARATORS:
            yield numbers[sign].pop(0), leftwards
            place += 1
            continue
        leftwards = bidirectional(sign) == NONSPACING
        yield numbers[sign if leftwards else seen[place + 1]].pop(0), leftwards
        place += 2


@lru_cache(maxsize=4)
def _letters_of(kind: str) -> str:
    """Every letter of a class, of those of two bytes, that has no mirror image."""
    return "".join(
        letter
        for letter in map(chr, range(TWO_BYTES))
        if bidirectional(letter) == kind and not mirrored(letter)
    )
