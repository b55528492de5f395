"""What is found at which step of the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search.service import search
from search.types import Level, SearchRequest

if TYPE_CHECKING:
    from tests.search.library import Collection

from tests.search.library import uids

COUNTRY = ("السعودية", "والسعودية", "سعودية", "للسعودية")


@pytest.mark.parametrize("typed", COUNTRY)
def test_attached_particles_and_the_article_find_the_same_at_the_inflected_step(
    collection: Collection, typed: str
) -> None:
    wanted = {collection.add(f"أعلنت {form} موقفها من القرار").uid for form in COUNTRY}
    collection.add("زارت البعثة مدينة لندن")
    collection.ready()
    assert uids(typed, level=Level.INFLECTED) == wanted


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("الإرهاب", "الارهاب", id="hamza below alef"),
        pytest.param("مُحَمَّد", "محمد", id="vowel marks"),
        pytest.param("محمـد", "محمد", id="tatweel"),
        pytest.param("١٤٣٦", "1436", id="Arabic-Indic digits"),
        pytest.param("مستشفي", "مستشفى", id="ya and alef maqsura"),
        pytest.param("مدرسه", "مدرسة", id="ha and teh marbuta"),
        pytest.param("کتاب", "كتاب", id="Persian kaf"),
        pytest.param("ﻛﺘﺎﺏ", "كتاب", id="presentation forms"),
        pytest.param("LONDON", "London", id="Latin case"),
    ],
)
def test_two_ways_to_write_a_word_find_the_same_at_the_folded_step(
    collection: Collection, typed: str, printed: str
) -> None:
    wanted = {collection.add(f"جاء {form} أخيرا").uid for form in (typed, printed)}
    collection.add("لا شيء هنا")
    collection.ready()
    assert uids(typed, level=Level.FOLDED) == uids(printed, level=Level.FOLDED) == wanted


def test_exact_step_keeps_hamza_apart_and_ignores_vowel_marks(collection: Collection) -> None:
    with_hamza = collection.add("مكافحة الإِرهاب في العالم")
    collection.add("مكافحة الارهاب في العالم")
    collection.ready()
    assert uids("الإرهاب", level=Level.EXACT) == {with_hamza.uid}


def test_search_steps_down_where_not_all_words_are_found_and_says_so(collection: Collection) -> None:
    one = collection.add("افتتح الوزير المتحف")
    collection.ready()
    results = search(SearchRequest(query="المتحف الجامعة"))
    assert (results.total, results.level, results.stepped_down) == (1, Level.ANY, True)
    assert results.hits[0].article == one
    assert results.levels == {Level.EXACT: 0, Level.FOLDED: 0, Level.INFLECTED: 0, Level.ANY: 1}


def test_step_that_was_asked_for_is_kept_even_where_it_finds_nothing(collection: Collection) -> None:
    collection.add("افتتح الوزير المتحف")
    collection.ready()
    results = search(SearchRequest(query="المتحف الجامعة", level=Level.FOLDED))
    assert (results.total, results.level, results.stepped_down) == (0, Level.FOLDED, False)


def test_query_of_particles_only_is_searched_literally(collection: Collection) -> None:
    one = collection.add("وصل من المدينة")
    collection.add("عاد المسافر")
    collection.ready()
    assert uids("من") == uids("من", level=Level.ANY) == {one.uid}


def test_particle_beside_a_word_does_not_make_any_of_them_match_everything(collection: Collection) -> None:
    one = collection.add("متحف المدينة")
    collection.add("وصل من السوق")
    collection.ready()
    assert uids("من متحف", level=Level.ANY) == {one.uid}


def test_phrase_finds_only_the_phrase(collection: Collection) -> None:
    phrase = collection.add("عقد مجلس الأمن جلسة")
    folded = collection.add("قرار مجلس الامن")
    collection.add("الأمن في مجلس الوزراء")
    collection.add("مجلس للأمن")
    collection.ready()
    assert uids('"مجلس الأمن"') == {phrase.uid, folded.uid}
    assert uids('"مجلس الأمن"', level=Level.EXACT) == {phrase.uid}
    assert uids('"مجلس الأمن"', level=Level.ANY) == {phrase.uid, folded.uid}


def test_phrase_does_not_run_from_the_title_into_the_body(collection: Collection) -> None:
    collection.add("الأمن يجتمع", title="قرار مجلس")
    collection.ready()
    assert uids('"مجلس الأمن"') == set()


def test_phrase_with_a_particle_keeps_it(collection: Collection) -> None:
    one = collection.add("الحرب على الفقر")
    collection.add("الحرب ضد الفقر")
    collection.ready()
    assert uids('"الحرب على الفقر"') == {one.uid}
