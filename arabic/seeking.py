"""The few words of a text that may have a wanted form, found without making the forms of all others.

Letters of a normal form that stand side by side are looked for in the text as it is written: each as any
letter of everyday Arabic that is folded to it, with vowel marks and tatweel between. What stands between two
blanks round them is then read word by word. A page of results looks through ten whole articles, and nearly
all of their words are others.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Self

from arabic import letters as l
from arabic.analysis import Words, forms_kept, words_of
from arabic.normal import NORMAL_TABLE
from arabic.tokens import TOKEN

MOST_SOUGHT: Final = 12
"""The text is gone through for each: for so many it takes a third of what reading all words takes."""
LEAST_LETTERS: Final = 2
_BLANK: Final = " "
_ZERO: Final = ord("٠")

# Python takes a hundred times as long to compile a bracket of more than two stretches of letters. So these
# hold a few others too, whose words are then read for nothing.
_WRITTEN: Final = {
    l.ALEF: f"[{l.ALEF_MADDA}-{l.ALEF}]",
    l.HAMZA: f"[{l.HAMZA}-{l.YEH_HAMZA}]",
    l.HEH: f"[{l.TEH_MARBUTA}{l.HEH}]",
    l.YEH: f"[{l.ALEF_MAKSURA}{l.YEH}]",
    **{str(digit): f"[{digit}{chr(_ZERO + digit)}]" for digit in range(10)},
}
"""How a letter of a normal form stands in an everyday text, where in more ways than one."""
_SIGNS: Final = l.spread((l.TATWEEL, l.TATWEEL), l.EVERYDAY_MARKS)
_BETWEEN: Final = f"[{_SIGNS}]*"
_EVERYDAY: Final = {*l.spread((l.HAMZA, l.YEH)), *_SIGNS, *(chr(_ZERO + digit) for digit in range(10))}
_RARE: Final = re.compile(
    f"[{l.regex_class(*((rare, rare) for rare in sorted(map(chr, NORMAL_TABLE)) if rare not in _EVERYDAY))}]"
)
"""Whatever else is folded to a letter, left out, or stands for several: such a text is read whole."""
_OF_EVERYDAY: Final = re.compile(f"[{l.regex_class((l.HAMZA, l.GHAIN), (l.FEH, l.YEH))}0-9]+")


class Sought:
    """Letters that the wanted words have, for looking through one text after another."""

    def __init__(self, patterns: tuple[re.Pattern[str], ...]) -> None:
        self._patterns = patterns

    @classmethod
    def of(cls, letters: Iterable[str]) -> Self | None:
        """To look for words whose normal form has one of these runs of letters; None where reading all words
        is better: of too many or too short ones, and of other scripts."""
        wanted = set(letters)
        if len(wanted) > MOST_SOUGHT or not all(map(_can_be_sought, wanted)):
            return None
        return cls(tuple(map(_as_written, sorted(wanted))))

    def words_of(self, text: str) -> Words:
        """Of `analysis.words_of` those that have the letters, in order, and some others."""
        if _RARE.search(text):
            return words_of(text)
        chunks = {chunk for pattern in self._patterns for chunk in _chunks(pattern, text)}
        found = [word for start, end in sorted(chunks) for word in TOKEN.finditer(text, start, end)]
        return Words(
            [forms_kept(word.group()) for word in found],
            [word.start() for word in found],
            [word.end() for word in found],
        )


def _can_be_sought(letters: str) -> bool:
    return len(letters) >= LEAST_LETTERS and _OF_EVERYDAY.fullmatch(letters) is not None


def _chunks(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """What stands between blanks and has the letters: no word goes on beyond a blank."""
    end = 0
    while match := pattern.search(text, end):
        start = text.rfind(_BLANK, end, match.start()) + 1 or end
        end = text.find(_BLANK, match.end())
        end = len(text) if end < 0 else end
        yield start, end


@lru_cache(maxsize=1_000)
def _as_written(letters: str) -> re.Pattern[str]:
    """How such letters may stand in a text."""
    return re.compile(_BETWEEN.join(_WRITTEN.get(letter, letter) for letter in letters))
