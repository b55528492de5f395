"""Words that have wanted letters are found as if all words of a text had been read."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arabic import Sought, normal_form, words_of

TEXTS = st.text(alphabet="ابتمنهوي ءأإآؤئىة ًُّـ\u200c\u0654٠١0،.\n_aA\ufefbکی", max_size=120)
LETTERS = st.text(alphabet="ابتمنهويء01", min_size=2, max_size=3)


@settings(max_examples=500)
@given(TEXTS, st.lists(LETTERS, min_size=1, max_size=4))
@example("قال مُحَمَّدٌ لمحمـد", ["محمد"])
@example("شيئا ثم شيئًا", ["شيء"])
def test_every_word_that_has_the_letters_is_found_with_its_place(text: str, letters: list[str]) -> None:
    sought = Sought.of(letters)
    assert sought is not None
    found = list(zip(*sought.words_of(text), strict=True))
    all_words = list(zip(*words_of(text), strict=True))
    assert [word for word in all_words if word in found] == found
    missed = [word for word in all_words if word not in found]
    assert not [word for word in missed if any(letter in word[0][1] for letter in letters)]


def test_other_words_are_not_read() -> None:
    sought = Sought.of(["نفط"])
    assert sought is not None
    text = "كلام آخر " * 500 + "والنّفط " + "كلام آخر\n" * 500
    assert next(forms[1] for forms in sought.words_of(text).forms) == "والنفط"
    assert len(sought.words_of(text).forms) <= 3


@pytest.mark.parametrize(
    "text", ["نفط ﷺ", "ﻧﻔﻂ", "نفط\u200c", "کتاب نفط"], ids=["phrase", "printed shapes", "joiner", "Persian"]
)
def test_text_with_rare_letters_is_read_whole(text: str) -> None:
    sought = Sought.of(["نفط"])
    assert sought is not None
    assert sought.words_of(text) == words_of(text)


@pytest.mark.parametrize(
    "letters",
    [["ا"], [""], ["bbc"], [f"نفط{number}" for number in range(13)], ["نفط", "oil"], ["ﻧﻔﻂ"]],
    ids=["one letter", "none", "Latin", "many", "one Latin", "no normal form"],
)
def test_what_is_no_quicker_to_seek_is_not_sought(letters: list[str]) -> None:
    assert Sought.of(letters) is None


@pytest.mark.parametrize("text", ["نفط" * 50_000, "نفط " * 50_000, "ن" * 100_000 + "فط"], ids=len)
def test_long_text_is_gone_through_once(text: str) -> None:
    sought = Sought.of(["نفط", "فط"])
    assert sought is not None
    assert len(sought.words_of(text).forms) == len(words_of(text).forms)


def test_letters_of_normal_forms_are_taken() -> None:
    assert all(Sought.of([normal_form(word)]) for word in ("السعودية", "إيران", "شئون", "١٤٣٦"))
