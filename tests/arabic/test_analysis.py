"""From a text to its terms."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arabic import (
    ANALYSIS_STAMP,
    Term,
    analyse,
    exact_form,
    forms_of,
    is_stopword,
    normal_form,
    stem,
    words_of,
)
from arabic import analysis as analysis_module

SAMPLE = (
    "قال وزير الخارجية السعودي عادل الجبير، إنّ المملكة «ستواصل» دعمها للشعب السوري؛ وأضاف لـBBC أنّ ١٤٣٦هـ "
    "كان عامَ الحسم، وللمهندسين والمهندسات سياساتهم وجامعاتها ومستواها."
)
TERMS_OF_SAMPLE = ("4", 3160229560)
"""The version of the rules, and the checksum of what they make of the sample."""


def test_a_term_has_three_forms_and_its_place() -> None:
    assert analyse("في السُّعوديّة") == [
        Term("في", "في", "في", 0, 0, 2),
        Term("السعودية", "السعوديه", "سعودي", 1, 3, 14),
    ]


def test_a_phrase_ligature_gives_its_words_at_one_place() -> None:
    terms = analyse("محمد ﷺ رسول")
    assert [term.normal for term in terms] == ["محمد", "صلي", "الله", "عليه", "وسلم", "رسول"]
    assert [term.position for term in terms] == [0, 1, 2, 3, 4, 5]
    assert {(term.start, term.end) for term in terms[1:5]} == {(5, 6)}


def test_a_word_that_occurs_inside_another_keeps_its_own_place() -> None:
    assert [(term.start, term.end) for term in analyse("من أمن من")] == [(0, 2), (3, 6), (7, 9)]


def test_a_text_without_words_has_no_terms() -> None:
    assert analyse("«…» — 😀 \n") == []


ODD = {
    "surrogate": "\ud800",
    "surrogate inside": "كتاب\udc00ي",
    "NUL": "\x00",
    "NUL inside": "ا\x00ب",
    "emoji": "😀👨\u200d👩\u200d👧",
    "phrases": "ﷺﷻ﷽",
    "form of a mark": "\ufcf2",
    "tatweel": "ـ",
    "mark alone": "\u0651",
    "long Latin": "a" * 10_000,
    "long Arabic": "ا" * 10_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_is_answered(text: str) -> None:
    assert all(term.exact and term.normal and term.stem for term in analyse(text))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_answered_by_terms_in_order(text: str) -> None:
    terms = analyse(text)
    assert [term.position for term in terms] == list(range(len(terms)))
    assert all(0 <= term.start < term.end <= len(text) for term in terms)
    assert all(term.exact in exact_form(text[term.start : term.end]) for term in terms)
    assert all((term.normal, term.stem) == (normal_form(term.exact), stem(term.normal)) for term in terms)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_columns_and_rows_tell_the_same(text: str) -> None:
    words, terms = words_of(text), analyse(text)
    assert list(zip(*words, strict=True)) == [(tuple(term[:3]), term.start, term.end) for term in terms]
    assert list(words.forms) == forms_of(text)


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_module, "CACHED_FORMS", 10)
    analyse(" ".join(f"كلمة{number} word{number}" for number in range(100)))
    assert len(analysis_module._FORM_CACHE) <= 10


@pytest.mark.parametrize("word", ["في", "من", "على", "إلى", "أن", "التي", "هذا", "وقد", "كان", "لأنه"])
def test_stopword(word: str) -> None:
    assert is_stopword(normal_form(word))


@pytest.mark.parametrize("word", ["السعودية", "وزير", "علي بابا", "سلام", "2015", "bbc", "عام", "دولة"])
def test_no_stopword(word: str) -> None:
    assert not is_stopword(normal_form(word))


def test_the_stamp_names_rules_and_data() -> None:
    version, lexicon, lists = ANALYSIS_STAMP.split("-")
    assert version == analysis_module.RULES_VERSION
    assert len(lexicon) == len(lists) == 8


def test_other_terms_need_another_version_of_the_rules() -> None:
    """Where this fails, raise RULES_VERSION in arabic/analysis.py, or old indexes are asked for new terms."""
    terms = "\n".join("\t".join(map(str, term)) for term in analyse(SAMPLE))
    assert (analysis_module.RULES_VERSION, zlib.crc32(terms.encode("utf-8"))) == TERMS_OF_SAMPLE
