"""Text typed while the keyboard stood at another script."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.help.keyboard import KeyboardPair, keyboard_pairs, retyped

PAIRS = [pytest.param(pair, id=f"{pair.latin} {pair.arabic}") for pair in keyboard_pairs()]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("hgsu,]dm", "السعودية", id="letters on the keys of signs"),
        pytest.param("hgYvihf", "الإرهاب", id="shift"),
        pytest.param("hgl[gs", "المجلس", id="bracket"),
        pytest.param("gfkhk", "لبنان", id="lam and alef apart"),
        pytest.param("sbl", "سلام", id="lam-alef on one key"),
        pytest.param("Gghf", "لألاب", id="lam-alef with hamza"),
        pytest.param("/fd", "ظبي", id="slash"),
        pytest.param("`if", "ذهب", id="key left of one"),
        pytest.param("\\if", "ذهب", id="Arabic (102)"),
        pytest.param('"hgdlk" 2015', '"اليمن" 2015', id="signs of the query language stay"),
        pytest.param("hgdlk صنعاء", "اليمن صنعاء", id="words in Arabic stay"),
        pytest.param("HGDLK", "اليمن", id="caps lock"),
        pytest.param("hgogd[", "الخليج", id="Gulf"),
        pytest.param("hgk$;,", "الندوة", id="French keyboard"),
        pytest.param("hgkùqù", "النطشط", id="French keyboard, accented key"),
        pytest.param("لخخلمث", "google", id="Latin word"),
        pytest.param("لاخخن", "book", id="Latin word, b is lam-alef"),
        pytest.param("مهلاف", "light", id="Latin word, g and h are lam and alef"),
        pytest.param("ﻻخخن", "book", id="lam-alef as one sign"),
    ],
)
def test_word_typed_on_the_wrong_keyboard_is_read_on_the_other(typed: str, meant: str) -> None:
    assert meant in retyped(typed)


@pytest.mark.parametrize("typed", ["", "2015", "[]", "؟", "12:30", "«»"])
def test_text_without_letters_has_no_other_reading(typed: str) -> None:
    assert list(retyped(typed)) == []


def letter_keys(pair: KeyboardPair) -> set[str]:
    """The keys that type letters: a run of signs alone is left as it is."""
    return {key for key, sign in pair.to_arabic.items() if sign.isalpha()}


@pytest.mark.parametrize("pair", PAIRS)
def test_every_key_goes_there_and_back(pair: KeyboardPair) -> None:
    @given(st.text(st.sampled_from(sorted(letter_keys(pair))), min_size=1, max_size=6))
    def holds(typed: str) -> None:
        arabic = pair.in_arabic(typed)
        assert arabic in {pair.in_arabic(back) for back in pair.in_latin(arabic)}

    holds()


@given(st.text(max_size=500))
def test_every_text_is_answered_with_few_readings(typed: str) -> None:
    readings = list(islice(retyped(typed), 1_000))
    assert len(readings) <= 60
    assert typed not in readings
    assert len(set(readings)) == len(readings)
