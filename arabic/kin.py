"""The key that brings words of one kin together, for ranking alone: it is looser than what a search may call
the same word.
"""

from typing import Final

from arabic import letters as l

LEAST_TRUNK: Final = 2
LEAST_SKELETON: Final = 3
LONGEST_OWN_WAW: Final = 4
"""A stem of so few letters has its first و as its own, as وزير has."""
_WEAK: Final = l.ALEF + l.WAW + l.YEH + l.HAMZA
_ARTICLED: Final = tuple(particle + l.ALEF + l.LAM for particle in (l.WAW, l.BEH, l.KAF, l.FEH, ""))
_BEGINNINGS: Final = (*_ARTICLED, l.LAM + l.LAM)
_ENDINGS: Final = (
    l.HEH + l.ALEF,
    l.ALEF + l.NOON,
    l.ALEF + l.TEH,
    l.WAW + l.NOON,
    l.YEH + l.NOON,
    l.YEH + l.HEH,
    l.HEH,
    l.YEH,
)


def skeleton(stem: str) -> str:
    """A stem without all that could be an affix, and without the long vowels and hamzas inside it.

    Most broken plurals have the skeleton of their singular (كتاب, كتب; مشروع, مشاريع; رئيس, رؤساء), and
    so have country and people, and words whose hamza is typed as its seat. Made of the stem alone, without
    counts: whoever keeps stems needs to keep nothing else. Source of the trunk: light10, Larkey, Ballesteros
    and Connell (2002).
    """
    word = _trunk(stem)
    bare = word.rstrip(_WEAK)
    if len(word) > LEAST_SKELETON and len(bare) >= LEAST_TRUNK:
        word = bare
    if len(word) < LEAST_SKELETON:
        return word
    inside = "".join(letter for letter in word[1:-1] if letter not in _WEAK)
    return word[0] + inside + word[-1]


def _trunk(stem: str) -> str:
    """Without any beginning or ending that could be an affix, be it one or not: سعودي -> سعود."""
    word = _without_beginning(stem)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_TRUNK:
            word = word.removesuffix(ending)
    return word


def _without_beginning(word: str) -> str:
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= LEAST_TRUNK:
            return word.removeprefix(beginning)
    return word[1:] if word.startswith(l.WAW) and len(word) > LONGEST_OWN_WAW else word
