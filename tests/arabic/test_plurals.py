"""Singular and plural that do not share a stem."""

from collections import Counter

import pytest

from arabic import normal_form, stem
from arabic.plurals import pairs, related


def stem_of(word: str) -> str:
    return stem(normal_form(word))


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("وزير", "وزراء"),
        ("رئيس", "رؤساء"),
        ("مدينة", "مدن"),
        ("قانون", "قوانين"),
        ("مشروع", "مشاريع"),
        ("حزب", "أحزاب"),
        ("شهيد", "شهداء"),
        ("امرأة", "نساء"),
        ("والوزير", "للوزراء"),
    ],
)
def test_singular_and_plural_are_related(singular: str, plural: str) -> None:
    assert stem_of(plural) in related(stem_of(singular))
    assert stem_of(singular) in related(stem_of(plural))


@pytest.mark.parametrize("word", ["السعودية", "محمد", "كريم", "سمير", "جمال", "الدين", "يقول", "bbc", ""])
def test_names_and_other_words_have_no_other_number(word: str) -> None:
    assert related(stem_of(word)) == ()


def test_sound_plurals_need_no_list() -> None:
    assert stem_of("مهندسون") == stem_of("مهندس")
    assert related(stem_of("مهندس")) == ()


def test_the_relation_is_symmetrical() -> None:
    for words in pairs():
        for word in map(stem_of, words):
            assert all(word in related(other) for other in related(word))


def test_a_word_is_listed_once() -> None:
    listed = Counter(normal_form(word) for pair in pairs() for word in pair)
    assert [word for word, times in listed.items() if times > 1] == []
    assert len(pairs()) > 600
