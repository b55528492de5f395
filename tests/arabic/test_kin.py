"""What ranks together, and what still does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic import normal_form, stem
from arabic.kin import skeleton


def stem_of(word: str) -> str:
    return stem(normal_form(word))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("كتاب", "كتب"),
        ("مدينة", "مدن"),
        ("مشروع", "مشاريع"),
        ("قانون", "قوانين"),
        ("رئيس", "رؤساء"),
        ("وزير", "وزراء"),
        ("بنك", "بنوك"),
        ("شهيد", "شهداء"),
        ("رئيس", "رييس"),
        ("مسؤول", "مسوول"),
        ("سعودي", "سعود"),
        ("السورية", "سوريا"),
    ],
)
def test_words_of_one_skeleton(word: str, other: str) -> None:
    assert skeleton(stem_of(word)) == skeleton(stem_of(other))


@pytest.mark.parametrize(("word", "other"), [("لبنان", "سلمان"), ("وزير", "رئيس"), ("مصر", "مطر")])
def test_words_of_different_kin(word: str, other: str) -> None:
    assert skeleton(stem_of(word)) != skeleton(stem_of(other))


@given(st.text(st.sampled_from("ابتةجدرسعفقكلمنهويىأإآؤئء"), max_size=14))
def test_a_key_is_made_of_letters_of_the_word_in_order(word: str) -> None:
    stemmed = stem_of(word)
    key, letters = skeleton(stemmed), iter(stemmed)
    assert all(letter in letters for letter in key)
    assert len(key) >= min(2, len(stemmed))
