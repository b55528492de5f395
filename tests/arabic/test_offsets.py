"""Every marked span of a text is a whole word of it, and its analysis is the term that matched."""

from __future__ import annotations

import gzip
import json
import random
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arabic import Term, analyse, is_stopword, tokenize
from arabic import letters as l
from benchmarks.mistyping import letters, lists
from search.marking import Marker, Place
from search.query import parse
from search.types import Level

SEED = 1438
LEVELS = (Level.EXACT, Level.FOLDED, Level.INFLECTED)
ZWNJ, RLM, LRE, PDF = "\u200c", "\u200f", "\u202a", "\u202c"
EMOJI = ("😀", "🇹🇳", "👨\u200d👩\u200d👧", "✌️")
PHRASE = "ﷺ"


def form_at(term: Term, level: Level) -> str:
    """The form of a term that counts at a step of the ladder."""
    return {Level.EXACT: term.exact, Level.FOLDED: term.normal}.get(level, term.stem)


def kind(letter: str) -> str:
    """ "a" for letters of Arabic words, "o" for other letters and digits, "j" for what stands within
    words, "" else.

    By Unicode's names and categories, not by the tables of the tokeniser that is tested.
    """
    category = unicodedata.category(letter)
    is_arabic = unicodedata.name(letter, "").startswith("ARABIC")
    if category in ("Mn", "Cf") or (category == "Lm" and is_arabic):
        return "j"
    if category[0] == "L":
        return "a" if is_arabic else "o"
    return "o" if category[0] == "N" else ""


def beside(text: str, place: int, step: int) -> str:
    """The kind of the next sign from a place on, marks and joiners passed over."""
    while 0 <= place < len(text) and kind(text[place]) == "j":
        place += step
    return kind(text[place]) if 0 <= place < len(text) else ""


def is_whole_word(text: str, place: Place) -> bool:
    """Whether a span begins and ends where a word does, marks and all."""
    first = kind(text[place.start])
    ends = place.end == len(text) or unicodedata.category(text[place.end]) != "Mn"
    return (
        first in ("a", "o")
        and ends
        and beside(text, place.start - 1, -1) != first
        and beside(text, place.end, 1) != first
    )


def disturbed(text: str, chance: random.Random) -> str:
    """The text as it may come: vowel marks, tatweel, printed shapes, joiners, direction signs, emoji."""
    pieces, end = [], 0
    for token in tokenize(text):
        pieces += [text[end : token.start], one_disturbed(token.text, chance)]
        end = token.end
    return "".join([*pieces, text[end:]])


def one_disturbed(word: str, chance: random.Random) -> str:
    """A word, in two of three cases as it is."""
    match chance.randrange(21):
        case 0:
            return letters.with_vowel_marks(word)
        case 1:
            return letters.with_tatweel(word)
        case 2:
            return letters.in_presentation_forms(word)
        case 3:
            return word[:1] + ZWNJ + word[1:] if len(word) > 1 else word
        case 4:
            return f"{RLM}{word}{RLM}"
        case 5:
            return f"{LRE}{word}{PDF}"
        case 6:
            return f"{chance.choice(EMOJI)}{word}{chance.choice(EMOJI)}"
        case _:
            return word


def question(text: str, chance: random.Random) -> str:
    """Three words of a text, as a query; of no more than it has."""
    words = [
        text[term.start : term.end]
        for term in analyse(text)
        if len(term.normal) > 1 and not is_stopword(term.normal) and kind(text[term.start]) == "a"
    ]
    return " ".join(chance.sample(words, min(3, len(words))))


def answers(marked: tuple[Place, ...]) -> list[str]:
    """Which word of the query each marked word answers, in order."""
    return [place.answers for place in marked]


def check(text: str, chance: random.Random) -> int:
    """Hold the property for an article as it is and as disturbed; how many spans were marked."""
    asked = question(text, chance)
    level = chance.choice(LEVELS)
    marker = Marker(parse(asked).tree, level)
    wanted = {form_at(term, level) for term in analyse(asked)}
    odd = disturbed(text, chance)
    plain, found = marker.mark(text).places, marker.mark(odd).places
    for whole, places in ((text, plain), (odd, found)):
        for place in places:
            assert is_whole_word(whole, place), (asked, level, whole[place.start - 5 : place.end + 5])
            terms = analyse(whole[place.start : place.end])
            assert wanted & {form_at(term, level) for term in terms}, (asked, whole[place.start : place.end])
    assert answers(plain) == answers(found), (asked, level)
    assert bool(plain) == bool(asked)
    return len(plain)


@cache
def vocabulary() -> tuple[str, ...]:
    """Nouns and foreign names."""
    files = (lists.PLURALS_FILE, lists.NAMES_FILE)
    return tuple(word for file in files for row in lists.rows(file) for word in row)


def written(chance: random.Random) -> str:
    """An article of words drawn from lists: news for nobody, but of real words."""
    signs = [" ", " ", " ", "، ", ". ", " «", "» ", ":\n", " - ", " 2015 ", " ١٤٣٦هـ ", " BBC "]
    if chance.random() < 0.2:
        signs.append(f" {PHRASE} ")
    drawn = chance.choices(vocabulary(), k=chance.randrange(20, 200))
    return "".join(f"{chance.choice(('', 'و', 'ال', 'بال'))}{word}{chance.choice(signs)}" for word in drawn)


def real(folder: Path) -> Iterator[str]:
    """The texts of all shared articles."""
    for file in sorted(folder.glob("*.documents.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["body"] for line in lines)


def test_spans_of_written_articles_are_whole_words_that_matched() -> None:
    chance = random.Random(SEED)
    assert sum(check(written(chance), chance) for _ in range(500)) > 1000


@pytest.mark.long
def test_spans_of_ten_thousand_real_articles_are_whole_words_that_matched(shared: Path) -> None:
    chance = random.Random(SEED)
    articles = chance.sample(list(real(shared / "relevance")), 10_000)
    assert sum(check(article, chance) for article in articles) > 30_000


PIECES = st.one_of(
    st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي" + l.HAMZA + l.TEH_MARBUTA + l.ALEF_MAKSURA + l.ALEF_WASLA),
    st.sampled_from(
        [l.TATWEEL, ZWNJ, RLM, LRE, PDF, *EMOJI, PHRASE, "ﻻ", "ﻼ", "ﷲ", "ﻣﺼﺮ", "\u0651\u064e", "\u0670"]
    ),
    st.sampled_from(
        [" ", " ", " ", "\n", "،", ".", "«", "»", "ab", "é", "e\u0301", "12", "٣٤", "۵", "ک", "ی", "گ"]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(0, 2**32))
def test_spans_of_any_text_are_whole_words_that_matched(text: str, seed: int) -> None:
    chance = random.Random(seed)
    marker = Marker(parse(question(text, chance)).tree, Level.INFLECTED)
    for place in marker.mark(text).places:
        assert is_whole_word(text, place)


def test_a_word_cut_short_is_no_whole_word() -> None:
    """The judge of this file judges."""
    assert is_whole_word("قال الوزيرُ أمس", Place(4, 11, ""))
    assert not is_whole_word("قال الوزيرُ أمس", Place(4, 10, ""))
    assert not is_whole_word("قال الوزيرُ أمس", Place(5, 11, ""))
