"""From text to tree, to text, and to the same tree; and a word in both languages for every mistake."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import Any

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arabic import analyse
from search.query import parse, render
from search.query.parser import MAX_CHARACTERS, MAX_DISTANCE
from search.query.tree import And, DateRange, InTitle, Named, Near, Node, Not, Or, Phrase, Prefix, Word

LANGUAGES = ("ar", "en")
WORDS = ("النفط", "سعر", "أسعار", "مُحَمَّد", "في", "oil", "Q3", "٢٠١٥", "أو", "OR", "AND", "NOT", "او", "title")
NAMES = ("الرياض", "وكالة الأنباء", "AFP", "صحيفة «اليوم»", "د. سعيد")
ARABIC = re.compile("[؀-ۿ]")


def word(text: str) -> Word:
    """The word of a text of one word."""
    (term,) = analyse(text)
    return Word(text, term.exact, term.normal, term.stem, 0, 0)


def named(kind: Any, name: str) -> Named:
    """A name as it is typed."""
    return Named(kind, name, tuple(term.normal for term in analyse(name)), 0, 0)


def prefix(text: str) -> Prefix:
    """All words that begin so."""
    one = word(text)
    return Prefix(text, one.exact, one.normal, 0, 0)


words = st.sampled_from(WORDS).map(word)
word_tuples = st.lists(words, min_size=2, max_size=4).map(tuple)
days = st.dates(datetime.date(1501, 1, 1), datetime.date(2100, 1, 1))
leaves = st.one_of(
    words,
    st.sampled_from(["النف", "oi", "مُحَم"]).map(prefix),
    st.lists(words, min_size=1, max_size=4).map(lambda some: Phrase(tuple(some), 0, 0)),
    st.builds(Near, word_tuples, st.integers(1, MAX_DISTANCE), st.just(0), st.just(0)),
    st.builds(named, st.sampled_from(["outlet", "agency", "author"]), st.sampled_from(NAMES)),
    st.tuples(days, days).map(lambda two: DateRange(min(two), max(two), 0, 0)),
    days.map(lambda day: DateRange(None, day, 0, 0)),
    days.map(lambda day: DateRange(day, None, 0, 0)),
)


def _joined(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several, st.just(0), st.just(0)),
        st.builds(Or, several, st.just(0), st.just(0)),
        st.builds(Not, children.filter(lambda child: not isinstance(child, Not)), st.just(0), st.just(0)),
        st.builds(InTitle, children, st.just(0), st.just(0)),
    )


trees = st.recursive(leaves, _joined, max_leaves=6)


def plain(node: Node | None) -> Any:
    """What a tree says, without places: conjunctions within conjunctions are one, quotation marks in names
    are blanks.
    """
    match node:
        case None:
            return None
        case And():
            parts = [plain(child) for child in node.children]
            return "And", *(leaf for part in parts for leaf in (part[1:] if part[0] == "And" else [part]))
        case Or():
            return "Or", *(plain(child) for child in node.children)
        case Not() | InTitle():
            return type(node).__name__, plain(node.child)
        case Phrase() | Near():
            distance = node.distance if isinstance(node, Near) else None
            return type(node).__name__, distance, tuple(plain(one) for one in node.words)
        case Named():
            return "Named", node.kind, node.values
        case _:
            values = dataclasses.asdict(node)
            return type(node).__name__, *(values[name] for name in values if name not in ("start", "end"))


@settings(max_examples=300, deadline=None)
@example(And((DateRange(datetime.date(2000, 1, 1), None, 0, 0), word("٢٠١٥")), 0, 0), "ar")
@given(trees, st.sampled_from(LANGUAGES))
def test_tree_becomes_a_text_and_the_same_tree_again(tree: Node, language: str) -> None:
    with translation.override(language):
        text = render(tree)
        parsed = parse(text)
    if len(text) <= MAX_CHARACTERS and text.count("*") <= 4:
        assert parsed.warnings == ()
        assert plain(parsed.tree) == plain(tree)


SIGNS = [
    "(",
    ")",
    '"',
    "«",
    "»",
    "-",
    "|",
    " ",
    "*",
    "~",
    "~3",
    ":",
    ".",
    "،",
    "..",
    "^",
    "\\",
    "[",
    "\u0000",
]
FIELDS = ["title:", "عنوان:", "outlet:", "صحيفة:", "author:", "كاتب:", "date:", "تاريخ:", "agency:", "وكالة:"]
typed = st.lists(
    st.one_of(
        st.sampled_from([*SIGNS, *FIELDS, *WORDS, "2015", "2015-11", "محرم 1437", "..2014"]),
        st.text(max_size=3),
    ),
    max_size=25,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(st.one_of(typed, st.text(max_size=80)), st.sampled_from(LANGUAGES))
def test_what_was_understood_of_any_text_is_understood_again(text: str, language: str) -> None:
    with translation.override(language):
        first = parse(text)
        again = render(first.tree)
        second = parse(again)
    assert all(0 <= one.start <= one.end <= len(first.text) and one.message for one in first.warnings)
    if len(again) <= MAX_CHARACTERS and not any("10" in warning.message for warning in second.warnings):
        assert plain(second.tree) == plain(first.tree)
        assert second.warnings == ()


MISTAKES = [
    pytest.param("(نفط", "This bracket is never closed.", id="open bracket"),
    pytest.param("نفط)", "A bracket closes here that was never opened.", id="closing bracket"),
    pytest.param("نفط ()", "There is no word between these brackets.", id="empty brackets"),
    pytest.param('نفط "غاز', "This quotation mark has no partner", id="lone quotation mark"),
    pytest.param('نفط ""', "There is no word between these quotation marks.", id="empty phrase"),
    pytest.param("نفط OR", "OR stands between two words; one is missing.", id="OR at the end"),
    pytest.param("أو نفط", "OR stands between two words; one is missing.", id="OR at the beginning"),
    pytest.param("نفط AND", "AND stands between two words; one is missing.", id="AND at the end"),
    pytest.param("AND", "AND stands between two words; one is missing.", id="AND alone"),
    pytest.param("نفط NOT", "Nothing follows here that could be excluded.", id="NOT at the end"),
    pytest.param("نفط -", "“-” means nothing here and was left out.", id="minus alone"),
    pytest.param("--نفط", "“--” means nothing here and was left out.", id="two minus signs"),
    pytest.param("نفط~2", "“~2” means nothing here and was left out.", id="nearness of one word"),
    pytest.param("نفط^4", "“^4” means nothing here and was left out.", id="weight"),
    pytest.param("ن*", "At least 2 letters must stand before the star", id="short prefix"),
    pytest.param("نف*ط", "A star stands at the end of a word", id="star within"),
    pytest.param("*نفط", "A star stands at the end of a word", id="star before"),
    pytest.param("نفط* غاز* سعر* بئر* حقل*", "At most 4 words can end in a star", id="many stars"),
    pytest.param('"نفط غاز"~31', "Words can be from 1 to 30 places apart.", id="far"),
    pytest.param('"نفط غاز"~99999999', "Words can be from 1 to 30 places apart.", id="very far"),
    pytest.param('"نفط غاز"~0', "Words can be from 1 to 30 places apart.", id="no distance"),
    pytest.param("title: نفط", "Nothing stands right behind this colon", id="field without value"),
    pytest.param("outlet:(a)", "A name must follow the colon", id="outlet without name"),
    pytest.param("كاتب:؟", "A name must follow the colon", id="name without letters"),
    pytest.param("subject:oil", "There is no field “subject”", id="field of another search"),
    pytest.param("القسم:رياضة", "There is no field “القسم”", id="field of another search in Arabic"),
    pytest.param("date:soon", "This is no date", id="no date"),
    pytest.param("تاريخ:2015-13", "Months run from 1 to 12.", id="no month"),
    pytest.param("date:2015-02-30", "This month has no such day.", id="no day"),
    pytest.param("date:2016..2015", "The first date is after the last one: exchange them.", id="backwards"),
    pytest.param("date:2015..2015-14", "Months run from 1 to 12.", id="no month at the end"),
    pytest.param("(" * 12 + "نفط" + ")" * 12, "Brackets are nested more than 10 deep", id="too deep"),
    pytest.param("نفط " * 51, "A query can have 50 words", id="too many words"),
    pytest.param("ن" * 501, "Only the first 500 characters", id="too long"),
    pytest.param("نفط\x00غاز", "A sign that is no letter of any script was left out.", id="NUL"),
    pytest.param("نفط\ud800", "A sign that is no letter of any script was left out.", id="surrogate"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_each_mistake_is_explained_where_it_stands_in_both_languages(text: str, message: str) -> None:
    with translation.override("en"):
        english = parse(text).warnings
    with translation.override("ar"):
        arabic = parse(text).warnings
    assert message in english[0].message
    assert len(english) == len(arabic) == 1
    assert ARABIC.search(arabic[0].message)
    assert arabic[0].message != english[0].message
    assert (arabic[0].start, arabic[0].end) == (english[0].start, english[0].end)
    assert 0 <= english[0].start <= english[0].end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "نفط",
        '"سعر النفط"',
        "9:30",
        "http://a.b/c?d=e",
        "co-op",
        "U.S.",
        "عاجل:مقتل",
        "+نفط",
        "C++",
        "نفط & غاز",
    ],
)
def test_what_is_no_mistake_is_not_called_one(text: str) -> None:
    assert parse(text).warnings == ()
