"""The ways of mistyping do to a word what they say, and to other words nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from arabic import analyse, normal_form
from benchmarks.mistyping import WAYS, letters, lists, particles, typed
from benchmarks.tasks import queries_of, tasks_in

SEEN = Counter({normal_form(word): count for word, count in {
    "كتاب": 90, "الكتاب": 80, "وكتاب": 5, "بكتاب": 6, "لكتاب": 4, "للكتاب": 9, "بالكتاب": 7, "والكتاب": 8,
    "وزير": 50, "الوزير": 60, "زير": 1, "بلد": 40, "البلد": 30, "لد": 5, "لبنان": 70, "بنان": 2,
}.items()})  # fmt: skip

BY_LETTERS = {
    "marks": (letters.with_vowel_marks, "كتاب", "كَتِاُب"),
    "tatweel": (letters.with_tatweel, "محمد", "مـــحمد"),
    "tatweel, nothing joins": (letters.with_tatweel, "دار", "دار"),
    "teh marbuta": (letters.teh_marbuta_as_heh, "مدينة", "مدينه"),
    "alef maksura": (letters.alef_maksura_as_yeh, "مستشفى", "مستشفي"),
    "yeh at the end": (letters.final_yeh_as_alef_maksura, "علي", "على"),
    "yeh within": (letters.final_yeh_as_alef_maksura, "بيت", "بيت"),
    "hamza dropped": (letters.without_hamza_on_alef, "الإرهاب", "الارهاب"),
    "hamza added": (letters.with_hamza_on_first_alef, "اجتماع", "أجتماع"),
    "hamza added behind the article": (letters.with_hamza_on_first_alef, "الاجتماع", "الأجتماع"),
    "hamza not added to the article": (letters.with_hamza_on_first_alef, "الكتاب", "الكتاب"),
    "hamza exchanged": (letters.with_other_hamza_on_alef, "إعلام", "أعلام"),
    "other seat": (letters.with_other_hamza_seat, "مسؤول", "مسئول"),
    "seat for none": (letters.with_other_hamza_seat, "قراءة", "قرائة"),
    "no seat": (letters.hamza_without_seat, "رئيس", "رءيس"),
    "seat alone": (letters.seat_without_hamza, "رئيس", "رييس"),
    "final hamza": (letters.without_final_hamza, "وزراء", "وزرا"),
    "Persian": (letters.on_persian_keyboard, "كي", "کی"),
    "digits": (letters.in_arabic_indic_digits, "2015", "٢٠١٥"),
    "plural": (lists.as_plural, "بالجامعة", "بالجامعات"),
    "singular": (lists.as_singular, "والوزراء", "والوزير"),
    "spelling": (lists.spelled_otherwise, "لأميركا", "لأمريكا"),
}


@pytest.mark.parametrize(("rule", "word", "mistyped"), BY_LETTERS.values(), ids=BY_LETTERS)
def test_rule_of_letters(rule: letters.LetterRule, word: str, mistyped: str) -> None:
    assert rule(word) == mistyped


BY_PARTICLES = {
    "article added": (particles.with_article, "كتاب", "الكتاب"),
    "article dropped": (particles.without_article, "الكتاب", "كتاب"),
    "and": (particles.with_and, "الكتاب", "والكتاب"),
    "with": (particles.with_beh, "كتاب", "بكتاب"),
    "with, before the article": (particles.with_beh, "الكتاب", "بالكتاب"),
    "to": (particles.with_lam, "كتاب", "لكتاب"),
    "to, before the article": (particles.with_lam, "الكتاب", "للكتاب"),
    "without and": (particles.without_and, "وكتاب", "كتاب"),
    "the waw of the word": (particles.without_and, "وزير", "وزير"),
    "without with": (particles.without_beh, "بكتاب", "كتاب"),
    "the beh of the word": (particles.without_beh, "بلد", "بلد"),
    "without to": (particles.without_lam, "للكتاب", "الكتاب"),
    "the lam of the word": (particles.without_lam, "لبنان", "لبنان"),
    "a particle is left alone": (particles.with_and, "على", "على"),
}


@pytest.mark.parametrize(("rule", "word", "mistyped"), BY_PARTICLES.values(), ids=BY_PARTICLES)
def test_rule_of_particles(rule: particles.ParticleRule, word: str, mistyped: str) -> None:
    assert rule(word, SEEN) == mistyped


def test_presentation_forms_are_the_same_word() -> None:
    printed = letters.in_presentation_forms("الإسلام")
    assert all(letter >= "\ufb50" for letter in printed)
    assert normal_form(printed) == normal_form("الإسلام")


def test_there_are_sixteen_ways() -> None:
    assert len({way.name for way in WAYS}) == 16


def test_signs_and_latin_of_a_query_stay() -> None:
    ((_, rule),) = WAYS[0].rules
    assert typed("ab أو 12", rule, SEEN) == "ab أو 12"


def test_numbers_are_mistyped_as_numbers_only() -> None:
    digits = next(way for way in WAYS if way.of_numbers)
    assert typed("عام 2015", digits.rules[0][1], SEEN, of_numbers=True) == "عام ٢٠١٥"


def test_the_lists_are_long_enough_and_hold_a_form_once() -> None:
    for file, least in ((lists.PLURALS_FILE, 300), (lists.NAMES_FILE, 200)):
        rows = lists.rows(file)
        forms = [normal_form(word) for row in rows for word in row]
        assert len(rows) >= least
        assert len(forms) == len(set(forms))
        assert all(len(row) >= 2 for row in rows)


NO_LOSS = (
    "vowel_marks",
    "tatweel",
    "teh_marbuta",
    "yeh",
    "hamza_on_alef",
    "persian",
    "presentation",
    "digits",
)
HEADLINES = (
    "افتتاح معرض الكتاب في مدينة صفاقس يوم 22 نوفمبر 2015",
    "الأمين العام للأمم المتحدة يدعو إلى إنهاء الأزمة السورية",
    "إصابة 12 شخصا على إثر حادث مرور بالقرب من مستشفى آسيا",
)


def normal_forms(query: str) -> list[str]:
    return [term.normal for term in analyse(query)]


def assert_nothing_lost(queries: Iterable[str]) -> None:
    ways = [way for way in WAYS if way.name in NO_LOSS]
    for query in queries:
        wanted = normal_forms(query)
        for way in ways:
            for name, rule in way.rules:
                mistyped = typed(query, rule, SEEN, of_numbers=way.of_numbers)
                assert normal_forms(mistyped) == wanted, (name, mistyped)


def test_spellings_that_stand_for_one_another_ask_the_same() -> None:
    assert_nothing_lost(HEADLINES)


@pytest.mark.long
def test_every_shared_query_asks_the_same_however_it_is_spelled(shared: Path) -> None:
    for task in tasks_in(shared / "relevance"):
        assert_nothing_lost(queries_of(task.queries).values())
