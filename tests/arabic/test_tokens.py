"""Where words begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arabic import tokenize

SPLIT = [
    ("words", "قال الوزير", ["قال", "الوزير"]),
    ("punctuation", "«قال»، ثم: (مضى)!", ["قال", "ثم", "مضى"]),
    ("vocalised word is one", "كِتَابٌ جَدِيدٌ", ["كِتَابٌ", "جَدِيدٌ"]),
    ("tatweel inside", "محمـــد", ["محمـــد"]),
    ("tatweel at the end", "1436هـ", ["1436", "هـ"]),
    ("tatweel alone", "نوفمبر ـ تشرين", ["نوفمبر", "تشرين"]),
    ("non-joiner inside", "می\u200cشود", ["می\u200cشود"]),
    ("direction marks around", "\u200fمصر\u200f", ["مصر"]),
    ("direction mark inside", "مص\u200eر", ["مص\u200eر"]),
    ("superscript alef", "هٰذا", ["هٰذا"]),
    ("Arabic-Indic digits", "عام ١٤٣٦", ["عام", "١٤٣٦"]),
    ("Persian digits", "۱۳۹۴", ["۱۳۹۴"]),
    ("clock", "9:59", ["9", "59"]),
    ("percent", "42%", ["42"]),
    ("Arabic percent and decimal", "٤٢٫٥٪", ["٤٢", "٥"]),
    ("number at a word", "60مليون", ["60", "مليون"]),
    ("letters and digits of Latin", "G20 A380", ["G20", "A380"]),
    ("Latin in Arabic", "الـBBC عربي", ["الـ", "BBC", "عربي"]),
    ("presentation forms", "ﻣﺼﺮ ﻻ", ["ﻣﺼﺮ", "ﻻ"]),
    ("phrase ligature", "محمد ﷺ", ["محمد", "ﷺ"]),
    ("underscore of hashtags", "#عاصفة_الحزم", ["عاصفة", "الحزم"]),
    ("emoji", "مصر🇪🇬 والعرب", ["مصر", "والعرب"]),
    ("Arabic punctuation", "هل؟ نعم؛ لا،", ["هل", "نعم", "لا"]),
    ("mark without letter", " ً ", []),
    ("printed mark inside", "كتا\ufcf2ب", ["كتا\ufcf2ب"]),
    ("printed mark alone", "\ufcf2 \ufc5e", []),
    ("nothing", "", []),
]
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(("text", "words"), [pytest.param(t, w, id=i) for i, t, w in SPLIT])
def test_text_is_split_into(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@settings(deadline=None)
@given(ANY_TEXT)
def test_offsets_slice_the_original(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))


@settings(deadline=None)
@given(ANY_TEXT)
def test_tokens_are_in_order_and_never_overlap(text: str) -> None:
    tokens = list(tokenize(text))
    assert all(token.start < token.end for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))


@settings(deadline=None)
@given(ANY_TEXT)
def test_every_letter_and_digit_is_in_a_token_or_a_sign(text: str) -> None:
    inside = {place for token in tokenize(text) for place in range(token.start, token.end)}
    left_out = {letter for place, letter in enumerate(text) if place not in inside and letter.isalpha()}
    assert left_out.isdisjoint("ابتثجحخدذرزسشصضطظعغفقكلمنهويabcxyz")
