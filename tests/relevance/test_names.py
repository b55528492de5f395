"""Names are drawn by rule, and judged by whether they stand in an article."""

from __future__ import annotations

from collections import Counter

import pytest

from arabic import normal_form
from benchmarks.drawing import Name, count, draw, forms_of
from benchmarks.names import NEVER_ONE, Forms, forms_of_name, judge, one_word, with_particles

ARTICLES = [
    *["التقى الأمير راشد بن سالم ضيوفه في مدينة زاهرة"] * 6,
    *["زار الشيخ سالم بن راشد محافظة زاهرة وعاد"] * 6,
    *["قال راشد الجبلاوي وسالم الجبلاوي ومازن الجبلاوي إن البلاد بخير"] * 6,
    *["الطالب والطالب والطالب مع الأستاذ طالب بن طالب"] * 6,
]


TUNIS = Forms(with_particles("تونس"), frozenset())


def drawn() -> list[Name]:
    return draw(count(forms_of(article) for article in ARTICLES))


def test_names_are_known_by_what_stands_beside_them() -> None:
    kinds = {name.form: name.kind for name in drawn()}
    assert kinds[normal_form("راشد")] == kinds[normal_form("سالم")] == "person"
    assert kinds[normal_form("زاهرة")] == "place"


def test_a_word_that_takes_the_article_is_no_name() -> None:
    assert normal_form("طالب") not in {name.form for name in drawn()}


def test_the_same_names_are_drawn_again() -> None:
    assert drawn() == drawn()


@pytest.mark.parametrize("form", ["تونس", "وتونس", "بتونس", "فلتونس", "التونس", "وللتونس", "كالتونس"])
def test_name_stands_behind_particles(form: str) -> None:
    assert form in with_particles("تونس")


@pytest.mark.parametrize("form", ["الرياض", "رياض", "بالرياض", "للرياض", "ولرياض", "لالرياض"])
def test_name_with_the_article_stands_with_and_without(form: str) -> None:
    assert form in with_particles("الرياض")


@pytest.mark.parametrize("form", ["تونسي", "تونسيه", "يتونس"])
def test_another_word_is_not_the_name(form: str) -> None:
    assert form not in with_particles("تونس")


def test_a_form_more_frequent_than_the_name_may_be_another_word() -> None:
    name = Name("البار", "family", "rare", 10)
    forms = forms_of_name(name, Counter({"البار": 10, "كبار": 400, "والبار": 2}))
    assert "والبار" in forms.sure
    assert forms.doubtful == {"كبار"}


def test_an_article_with_a_doubtful_form_alone_is_not_judged() -> None:
    name = Name("البار", "family", "rare", 1)
    words = {"1": frozenset({"البار"}), "2": frozenset({"كبار"})}
    forms = forms_of_name(name, Counter({"البار": 1, "كبار": 400}))
    for found in (["1"], ["1", "2"]):
        judged = judge(name, found, words, forms, "here")
        assert (judged.precision, judged.recall) == (1.0, 1.0)


def test_found_articles_are_judged() -> None:
    words = {"1": frozenset({"تونس"}), "2": frozenset({"بتونس"}), "3": frozenset({"رونق"})}
    judged = judge(Name("تونس", "place", "rare", 2), ["1", "3"], words, TUNIS, "here")
    assert (judged.precision, judged.recall) == (0.5, 0.5)
    assert judged.missed_forms == {"بتونس": 1}


def test_nothing_found_of_nothing_is_right() -> None:
    judged = judge(Name("تونس", "place", "rare", 2), [], {}, TUNIS, "here")
    assert (judged.precision, judged.recall) == (1.0, 1.0)


@pytest.mark.parametrize(("first", "second"), NEVER_ONE, ids="/".join)
def test_never_one_word(first: str, second: str) -> None:
    assert not one_word(first, second)
