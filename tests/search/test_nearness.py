"""Nearness as it is read from kept texts: the same as a plain reading of them finds."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from arabic import Term, analyse
from search.engines.tantivy.nearness import Nearness
from search.query import parse
from search.query.tree import Near, Word
from search.types import Level

# of few stems, in several forms each, so that words often meet
WORDS = [
    "سعر",
    "السعر",
    "أسعار",
    "وسعر",
    "نفط",
    "النفط",
    "بالنفط",
    "مدرسة",
    "مدرسات",
    "المدرسه",
    "والله",
    "الله",
    "من",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
ASKED = st.tuples(st.lists(st.sampled_from(WORDS), min_size=3, max_size=4, unique=True), st.integers(1, 4))


def form(term: Term | Word, level: Level) -> str:
    return {Level.EXACT: term.exact, Level.FOLDED: term.normal, Level.INFLECTED: term.stem}[level]


def plainly(text: str, near: Near, level: Level) -> bool:
    terms = analyse(text)
    places = [
        [number for number, term in enumerate(terms) if form(term, level) == form(word, level)]
        for word in near.words
    ]
    return any(all(abs(one - place[0]) <= near.distance for one in place) for place in product(*places))


@given(st.lists(TEXTS, min_size=1, max_size=3), ASKED)
def test_nearness_is_found_at_the_steps_of_a_plain_reading(
    texts: list[str], asked: tuple[list[str], int]
) -> None:
    words, distance = asked
    near = parse(f'"{" ".join(words)}"~{distance}').tree
    assert isinstance(near, Near)
    spelled = [" ".join(term.exact for term in analyse(text)) for text in texts]
    levels = (Level.INFLECTED, Level.FOLDED, Level.EXACT)
    expected = [level for level in levels if any(plainly(text, near, level) for text in texts)]
    assert list(Nearness(near).steps(spelled)) == expected
