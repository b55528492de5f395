"""Words of the collection for misspelled ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.engines.base import Words
from search.engines.kept_words import KeptWords, write_words
from search.engines.whoosh.lexicon import count_words
from search.help.slips import cost
from search.help.spelling import corrected, joined, parted
from search.help.vocabulary import Vocabulary

HELD = {
    "السعوديه": ("السعودية", 900),
    "سعوديه": ("سعودية", 300),
    "النفط": ("النفط", 500),
    "الاقتصاد": ("الاقتصاد", 400),
    "نتنياهو": ("نتنياهو", 60),
    "واشنطن": ("واشنطن", 80),
    "عبدالله": ("عبدالله", 300),
    "عبد": ("عبد", 200),
    "الله": ("الله", 700),
    "حضر": ("حضر", 90),
    "قرار": ("قرار", 200),
    "قرارا": ("قرارا", 20),
    "جدار": ("جدار", 150),
    "facebook": ("facebook", 12),
}
LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءabc", max_size=12)
WORDS = LETTERS.filter(bool)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    normals = sorted(HELD)
    return Vocabulary(
        Words(normals, [HELD[word][0] for word in normals], [HELD[word][1] for word in normals])
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("السعودبه", "السعودية", id="letters that look alike"),
        pytest.param("النفظ", "النفط", id="letters that sound alike"),
        pytest.param("السعويده", "السعودية", id="neighbours exchanged"),
        pytest.param("السعووديه", "السعودية", id="doubled letter"),
        pytest.param("الاقتصد", "الاقتصاد", id="missing long vowel"),
        pytest.param("نتانياهو", "نتنياهو", id="foreign name with a vowel more"),
        pytest.param("واشنظن", "واشنطن", id="foreign name"),
        pytest.param("وبالسعودبه", "وبالسعودية", id="particles in front"),
        pytest.param("facebok", "facebook", id="Latin letters"),
    ],
)
def test_misspelled_word_is_corrected_as_the_collection_writes_it(
    vocabulary: Vocabulary, typed: str, meant: str
) -> None:
    found = corrected(typed, vocabulary)
    assert found is not None
    assert found.text == meant


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("خضر", id="too short"),
        pytest.param("الزراعه", id="another word"),
        pytest.param("جرار", id="between two words"),
        pytest.param("20155", id="number"),
        pytest.param("", id="nothing"),
    ],
)
def test_doubtful_word_is_left_alone(vocabulary: Vocabulary, typed: str) -> None:
    assert corrected(typed, vocabulary) is None


def test_words_run_together_are_parted_and_parted_ones_joined(vocabulary: Vocabulary) -> None:
    assert [way.text for way in parted("عبدالله", vocabulary)] == ["عبد الله"]
    whole = joined("عبد", "الله", vocabulary)
    assert whole is not None
    assert whole.text == "عبدالله"
    assert joined("قرار", "النفط", vocabulary) is None


def test_empty_collection_corrects_nothing() -> None:
    nothing = Vocabulary(Words([], [], []))
    assert corrected("السعودبه", nothing) is None
    assert parted("عبدالله", nothing) == []


@pytest.mark.parametrize(
    ("typed", "nearer", "farther"),
    [
        pytest.param("ضهر", "ظهر", "شهر", id="sound"),
        pytest.param("محمممد", "محممد", "محلممد", id="doubled"),
        pytest.param("مجلسي", "مجسلي", "مجفري", id="exchanged"),
        pytest.param("قنصل", "قنصلا", "قنصلك", id="long vowel"),
        pytest.param("بيان", "بيات", "كيان", id="first letter"),
    ],
)
def test_likelier_slips_cost_less(typed: str, nearer: str, farther: str) -> None:
    assert cost(typed, nearer) < cost(typed, farther)


@given(LETTERS, LETTERS)
def test_slips_cost_the_same_both_ways_and_nothing_for_equal_words(one: str, other: str) -> None:
    assert cost(one, one) == 0
    assert cost(one, other) == pytest.approx(cost(other, one))
    assert (cost(one, other) == 0) == (one == other)


def lines(**documents: int) -> list[bytes]:
    return sorted(f"{word}\t{word}\x1f\x1f\t{number}".encode() for word, number in documents.items())


def test_words_of_segments_are_added_up_and_the_rarest_left_out() -> None:
    words = count_words([lines(a=5, b=2, c=3), lines(a=1, b=2)], 2)
    assert (list(words.normals), list(words.documents)) == (["a", "b"], [6, 4])


@given(WORDS, st.lists(WORDS, min_size=1, unique=True), st.integers(1, 2))
def test_no_word_within_the_slips_is_passed_over(typed: str, held: list[str], slips: int) -> None:
    normals = sorted(held)
    found = Vocabulary(Words(normals, normals, [1] * len(normals))).alike(typed, slips)
    near = [word for word in normals if OSA.distance(typed, word) <= slips]
    assert sorted(word.normal for word in found) == near[:40] or len(near) > 40


def test_words_are_counted_anew_only_when_much_has_changed(tmp_path: Path) -> None:
    def counted(documents: int, **words: int) -> Words:
        write_words(tmp_path, documents, lambda: ((word, word, having) for word, having in words.items()))
        return known.of(tmp_path, 10)

    known = KeptWords()
    first = counted(1_000, a=5)
    assert counted(1_009, a=9) is first
    assert list(counted(1_011, a=9, b=1).documents) == [9, 1]


def test_word_is_written_as_most_articles_write_it() -> None:
    spelled = [b"\xd8\xa7\tx\x1f\xd8\xa7\x1f\xd8\xa3\t7", b"\xd8\xa7\tx\x1f\xd8\xa7\x1f\xd8\xa5\t2"]
    words = count_words([spelled], 10)
    assert (list(words.normals), list(words.written), list(words.documents)) == (["ا"], ["أ"], [9])
