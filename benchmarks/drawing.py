"""Proper names drawn from a collection by rule, never by hand.

Names betray themselves by what stands beside them. Read in normal form (`arabic.normal_form`), a word is

* a *person's* name, if at least .1 of its occurrences stand beside a word of descent (after بن ابن بنت آل
  أبو أبي أم, or before بن) or after a title (الملك الأمير الشيخ الدكتور السيد الأستاذ الرئيس …), beside two
  different such words;
* a *family's*, if it begins with ال and .3 of its occurrences stand right after a person's name, after
  three different ones;
* a *place's*, if at least .15 of its occurrences stand after a word for a kind of place (مدينة محافظة
  ولاية …), after two different ones.

Out go particles, words under three letters, words seen beside their cues fewer than three times, words of
persons and places that stand with ال more than .2 times as often as without (they are as often a common
word: طالب, ماضي), and after titles words with ال (الرئيس الفرنسي). What is left is divided by kind and by
how many articles hold it (rare: 5 to 19, middling: 20 to 149, famous: 150 and more), and a fixed seed
draws the same number from each part.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from arabic import is_stopword, normal_form, tokenize
from arabic import letters as l

SEED: Final = 1437
EACH: Final = 12
"""Names drawn of each kind and frequency, where there are as many."""
ARTICLE: Final = l.ALEF + l.LAM
DESCENT: Final = frozenset(map(normal_form, ("بن", "ابن", "بنت", "آل", "أبو", "أبي", "أم")))
SON: Final = normal_form("بن")
TITLES: Final = frozenset(
    map(
        normal_form,
        (
            *(
                "الملك",
                "الأمير",
                "الأميرة",
                "الشيخ",
                "الشيخة",
                "الدكتور",
                "الدكتورة",
                "السيد",
                "السيدة",
                "الأستاذ",
            ),
            *(
                "الرئيس",
                "المهندس",
                "العميد",
                "اللواء",
                "العقيد",
                "النائب",
                "الفنان",
                "الفنانة",
                "المرحوم",
                "الإمام",
            ),
        ),
    )
)
PLACES: Final = frozenset(
    map(
        normal_form,
        (
            *("مدينة", "محافظة", "ولاية", "منطقة", "دولة", "جمهورية", "مطار", "بلدة", "قرية", "معتمدية"),
            *("جنوب", "شمال", "شرق", "غرب"),
        ),
    )
)
FREQUENCIES: Final = {"rare": (5, 19), "middling": (20, 149), "famous": (150, 10**9)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in normal form: "person", "family" or "place", and "rare", "middling" or "famous"."""

    form: str
    kind: str
    frequency: str
    articles: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How often words stand in a collection: words, two in a row, articles with a word; all in normal
    form.
    """

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    articles: Counter[str]


@cache
def _normal(word: str) -> str:
    return normal_form(word)


def forms_of(text: str) -> list[str]:
    """The normal forms of a text's words."""
    return [_normal(token.text) for token in tokenize(text)]


def count(texts: Iterable[list[str]]) -> Counts:
    """Count the words of articles, each a list of normal forms."""
    counts = Counts(Counter(), Counter(), Counter())
    for forms in texts:
        counts.words.update(forms)
        counts.pairs.update(pairwise(forms))
        counts.articles.update(set(forms))
    return counts


def draw(counts: Counts, each: int = EACH, seed: int = SEED) -> list[Name]:
    """Names of a collection: up to `each` of every kind and frequency, the same ones whenever asked."""
    chance = random.Random(seed)
    drawn: list[Name] = []
    for kind, forms in _by_kind(counts).items():
        for frequency, (fewest, most) in FREQUENCIES.items():
            there = sorted(form for form in forms if fewest <= counts.articles[form] <= most)
            chosen = chance.sample(there, min(each, len(there)))
            drawn += [Name(form, kind, frequency, counts.articles[form]) for form in chosen]
    return drawn


def _by_kind(counts: Counts) -> dict[str, set[str]]:
    """The names of each kind; one that would be of two is of the first."""
    persons = set(_beside(counts, _person_cues(counts), share=0.1, different=2))
    persons = {form for form in persons if _is_bare(form, counts)}
    families = {form for form in _beside(counts, _after(counts, persons), 0.3, 3) if form.startswith(ARTICLE)}
    places = {form for form in _beside(counts, _after(counts, PLACES), 0.15, 2) if _is_bare(form, counts)}
    return {"person": persons, "family": families - persons, "place": places - persons - families}


def _is_bare(form: str, counts: Counts) -> bool:
    return form.startswith(ARTICLE) or counts.words[ARTICLE + form] <= 0.2 * counts.words[form]


Cues = Mapping[str, Counter[str]]
"""How often a word stands beside each of its cues."""


def _after(counts: Counts, cues: Iterable[str]) -> Cues:
    wanted = frozenset(cues)
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (first, second), seen in counts.pairs.items():
        if first in wanted:
            beside[second][first] += seen
    return beside


def _person_cues(counts: Counts) -> Cues:
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (first, second), seen in counts.pairs.items():
        if first in DESCENT or (first in TITLES and not second.startswith(ARTICLE)):
            beside[second][first] += seen
        if second == SON:
            beside[first][f"before {SON}"] += seen
    return beside


def _beside(counts: Counts, cues: Cues, share: float, different: int) -> Iterator[str]:
    """The words that stand beside enough cues, often enough."""
    for form, beside in cues.items():
        is_word = len(form) > 2 and form.isalpha() and not form.isascii() and not is_stopword(form)
        is_cue = form in DESCENT or form in TITLES or form in PLACES
        enough = len(beside) >= different and beside.total() >= max(3, share * counts.words[form])
        if is_word and not is_cue and enough:
            yield form
