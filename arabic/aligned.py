"""A normal form that remembers where each of its letters was written."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from arabic import letters as l
from arabic.normal import NORMAL_TABLE, in_normal_letters

_CHANGES_LENGTH: Final = re.compile(
    f"[{l.TATWEEL}{l.regex_class(*l.MARKS, *l.INVISIBLES, l.PRESENTATION_FORMS_A, l.PRESENTATION_FORMS_B)}]"
)
_MARKS_AND_TATWEEL: Final = re.compile(f"[{l.TATWEEL}{l.regex_class(*l.MARKS)}]*")


class Aligned(NamedTuple):
    """A normalised text; its character i was written at ``offsets[i]`` of the original."""

    text: str
    offsets: Sequence[int]
    original: str

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]``, not empty, stands in the original, with the marks at its end."""
        last = _MARKS_AND_TATWEEL.match(self.original, self.offsets[end - 1] + 1)
        return self.offsets[start], last.end() if last else self.offsets[end - 1] + 1


def aligned_normal_form(text: str) -> Aligned:
    """The text in normal form, Latin letters in their case, with the place of each character."""
    if not _CHANGES_LENGTH.search(text):
        return Aligned(in_normal_letters(text), range(len(text)), text)
    normal = [NORMAL_TABLE.get(ord(letter), letter) for letter in text]
    offsets = [place for place, letters in enumerate(normal) for _ in letters]
    return Aligned("".join(normal), offsets, text)
