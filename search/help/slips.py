"""How likely one word is typed for another: the cost of the slips between them.

A weighted Damerau-Levenshtein distance (neighbours may be exchanged, once each) over normal forms. Letters
that sound or look alike, stand side by side on the keyboard, or are doubled cost less than any others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from typing import Final

from arabic import letters as l
from search.help.keyboard import keyboard_pairs

OTHER: Final = 1.0
"""Any letter for any other one."""
ALIKE: Final = 0.5
NEIGHBOUR: Final = 0.6
EXCHANGED: Final = 0.35
DOUBLED: Final = 0.3
LONG_VOWEL: Final = 0.5
"""A long vowel or hamza more or less: names are written with and without them."""
ADDED_OR_MISSING: Final = 0.8
FIRST_LETTER: Final = 0.2
"""On top, for a slip in the first letter, which is seldom mistyped."""

_SOUND_ALIKE: Final = (
    l.DAD + l.ZAH,
    l.THAL + l.ZAIN + l.ZAH + l.DAL,
    l.THEH + l.SEEN + l.TEH,
    l.SEEN + l.SAD,
    l.TAH + l.TEH,
    l.QAF + l.KAF + l.GHAIN + l.JEEM,
    l.HEH + l.HAH,
    l.HAMZA + l.ALEF + l.WAW + l.YEH,
)
_LOOK_ALIKE: Final = (
    l.BEH + l.TEH + l.THEH + l.NOON + l.YEH,
    l.JEEM + l.HAH + l.KHAH,
    l.DAL + l.THAL,
    l.REH + l.ZAIN,
    l.SEEN + l.SHEEN,
    l.SAD + l.DAD,
    l.TAH + l.ZAH,
    l.AIN + l.GHAIN,
    l.FEH + l.QAF,
)
_LONG_VOWELS: Final = frozenset(l.HAMZA + l.ALEF + l.WAW + l.YEH)
_ROWS: Final = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")


@cache
def _substitutions() -> dict[tuple[str, str], float]:
    """What it costs to type one letter for another, where that is less than usual."""
    costs: dict[tuple[str, str], float] = {}
    for first, second in _neighbours():
        costs[first, second] = costs[second, first] = NEIGHBOUR
    for group in _SOUND_ALIKE + _LOOK_ALIKE:
        for first, second in combinations(group, 2):
            costs[first, second] = costs[second, first] = ALIKE
    return costs


def _neighbours() -> Iterator[tuple[str, str]]:
    """Letters side by side on an American keyboard and on the Arabic one of the same keys."""
    arabic = keyboard_pairs()[0].to_arabic
    for row in _ROWS:
        yield from pairwise(row)
        yield from pairwise(arabic[key] for key in row)


def cost(typed: str, meant: str) -> float:
    """What the slips cost that make `typed` of `meant`; 0 for equal words.

    Source: the restricted edit distance of Damerau (1964) by dynamic programming, with costs by letter.
    """
    table = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for j in range(len(meant)):
        table[0][j + 1] = table[0][j] + _odd_letter(meant, j)
    for i in range(len(typed)):
        table[i + 1][0] = table[i][0] + _odd_letter(typed, i)
        for j in range(len(meant)):
            table[i + 1][j + 1] = _cheapest(table, typed, meant, i, j)
    return table[-1][-1]


def _cheapest(table: list[list[float]], typed: str, meant: str, i: int, j: int) -> float:
    """The cheapest way to the beginnings that end with the letters `typed[i]` and `meant[j]`."""
    best = min(
        table[i][j] + _substituted(typed, meant, i, j),
        table[i][j + 1] + _odd_letter(typed, i),
        table[i + 1][j] + _odd_letter(meant, j),
    )
    if i and j and typed[i] == meant[j - 1] and typed[i - 1] == meant[j]:
        best = min(best, table[i - 1][j - 1] + EXCHANGED)
    return best


def _substituted(typed: str, meant: str, i: int, j: int) -> float:
    if typed[i] == meant[j]:
        return 0.0
    return _substitutions().get((typed[i], meant[j]), OTHER) + (0.0 if i and j else FIRST_LETTER)


def _odd_letter(word: str, place: int) -> float:
    """What it costs that this letter of a word has no partner in the other one."""
    if word[place] in (word[place - 1 : place], word[place + 1 : place + 2]):
        return DOUBLED
    usual = LONG_VOWEL if word[place] in _LONG_VOWELS else ADDED_OR_MISSING
    return usual + (0.0 if place else FIRST_LETTER)
