"""One spelling of a name, as the search sees it; and the words that a name can be written together with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arabic import analyse, is_stopword, lexicon, stem
from arabic import letters as l

MAX_SPELLING_WORDS: Final = 4
MIN_BARE: Final = 4
"""Letters that must be left where a particle is taken off a name of one word: ليون is no يون with ل."""

ARTICLE: Final = l.ALEF + l.LAM
TO_THE: Final = l.LAM + l.LAM
_PREPOSITIONS: Final = ("", l.BEH, l.LAM, l.KAF)
_CONJUNCTIONS: Final = ("", l.WAW, l.FEH)
PARTICLES: Final = tuple(
    sorted(
        {
            conjunction + preposition
            for conjunction in _CONJUNCTIONS
            for preposition in (*_PREPOSITIONS, ARTICLE, l.BEH + ARTICLE, l.KAF + ARTICLE, TO_THE)
        },
        key=lambda particle: (len(particle), particle),
    )
)
"""What Arabic writes in one word with a name, the shortest (nothing) first."""
FEW_PARTICLES: Final = ("", ARTICLE, l.WAW, l.BEH, l.LAM, l.WAW + l.BEH, l.WAW + l.LAM, l.KAF, l.FEH)
"""Those that are common enough to be looked for with every spelling."""
NISBA_ENDINGS: Final = (l.HEH, l.WAW + l.NOON, l.YEH + l.NOON, l.ALEF + l.TEH)
"""The endings of أمريكي: feminine, plural, dual."""

_ARABIC: Final = re.compile(f"[{l.regex_class(*l.ARABIC_WORD_LETTERS)}]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a name: `normals` and `stems` are those of its words, in order."""

    text: str
    normals: tuple[str, ...]
    stems: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the stem says this one name: سورية has the stem of سوري, which is another word."""
        return self.stems == self.normals

    @property
    def is_telling(self) -> bool:
        """Whether its stems can be searched for without finding other words: those of كوكل (وكل) and متران
        (متر) cannot, for the stem took a beginning or an end for an affix.
        """
        return all(
            normal.removeprefix(ARTICLE).removesuffix(l.HEH) == kept.removesuffix(l.HEH)
            or normal == kept
            or normal.removesuffix(l.ALEF) == kept
            for normal, kept in zip(self.normals, self.stems, strict=True)
        )


def read_spelling(text: str) -> Spelling:
    """A spelling with its words analysed as the index analyses a text."""
    terms = analyse(text)
    return Spelling(
        " ".join(text.split()),
        tuple(term.normal for term in terms),
        tuple(term.stem for term in terms),
    )


def is_arabic(spelling: Spelling) -> bool:
    """Whether it has a letter of the Arabic script."""
    return any(_ARABIC.search(normal) for normal in spelling.normals)


def is_particle(spelling: Spelling) -> bool:
    """Whether it is a single word without a meaning of its own."""
    return len(spelling.normals) == 1 and is_stopword(spelling.normals[0])


def bare_forms(normal: str, *, least: int = MIN_BARE) -> Iterator[tuple[str, str]]:
    """A normal form, and what may be left of it without particles and the endings of a nisba, each with the
    particle that was taken off.

    Only what the stem says as well: فريقان is no ريقان with ف. Of a word that the lexicon does not know the
    stem may have left a particle on.
    """
    yield normal, ""
    whole = stem(normal)
    known = normal in lexicon.shipped()
    for particle in PARTICLES:
        for bare in _without_ending(normal[len(particle) :]) if normal.startswith(particle) else ():
            kept = stem(bare)
            if (
                len(bare) >= least
                and bare != normal
                and (whole == kept or (not known and whole.endswith(kept)))
            ):
                yield bare, particle


def _without_ending(rest: str) -> Iterator[str]:
    yield rest
    for ending in NISBA_ENDINGS:
        bare = rest.removesuffix(ending)
        if bare != rest and bare.endswith(l.YEH):
            yield bare


def written_forms(spelling: Spelling) -> tuple[tuple[str, ...], ...]:
    """The stems under which an index may hold this spelling: plain, and with particles and endings that the
    stem leaves on a name so rare, each sequence once.

    A word that the lexicon knows has been judged by it: برونو is no رونو with ب.
    """
    first, *rest = spelling.normals
    alone = not rest
    if not spelling.is_telling:
        return ()
    if alone and len(first) < MIN_BARE:
        return (spelling.stems,)
    words = [particle + first for particle in FEW_PARTICLES]
    if alone and first.endswith(l.YEH):
        words += [article + first + ending for article in ("", ARTICLE) for ending in NISBA_ENDINGS]
    counts = lexicon.shipped()
    attached = [(stem(word), *spelling.stems[1:]) for word in words if word not in counts]
    return tuple(dict.fromkeys([spelling.stems, *attached]))
