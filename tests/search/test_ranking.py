"""The order of the hits: what `search.ranking` says, and no other."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from search.ranking import RANKING, RANKING_WITH_GRAMS, idf, opening_of
from search.service import ranking
from search.types import Level, SearchRequest
from tests.search.reference_ranking import Reference, Text, WrittenReference

if TYPE_CHECKING:
    from tests.search.library import Collection

WORDS: list[str] = re.findall(
    r"\S+",
    "الرئيس رئيس والرئيس وزير الوزير وزراء مفاوضات المفاوضات مفاوض مفاوضين السعودية سعودية والسعودية "
    "اجتماع الاجتماع اجتمع مدينة المدينة مدن النفط نفط في من على إلى 2015 20151 BBC تونس التونسية لجنة "
    "باللجنة مجلس المجلس الأمن أمن القاهرة بالقاهرة",
)
TEXTS = 60
QUERIES = 80


def _text(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(0, most)))


REFERENCES = {"whoosh": (Reference, RANKING), "tantivy": (WrittenReference, RANKING_WITH_GRAMS)}


def test_scores_are_those_of_the_description(collection: Collection, engine_name: str) -> None:
    chance = random.Random(20261122)
    texts = [Text(_text(chance, 6), _text(chance, 5), _text(chance, 90)) for _ in range(TEXTS)]
    numbers = {
        collection.add(text.body, title=text.title, subtitle=text.subtitle).uid: number
        for number, text in enumerate(texts)
    }
    collection.ready()
    kind, description = REFERENCES[engine_name]
    reference = kind(texts, description)
    for _ in range(QUERIES):
        query = " ".join(chance.sample(WORDS, k=chance.randint(1, 7)))
        found = ranking(SearchRequest(query=query, level=Level.ANY, size=100, variants=False))
        expected = reference.scores(query)
        assert found or not any(expected), query
        for one in found:
            assert one.score == pytest.approx(expected[numbers[one.uid]], rel=1e-4), query


def test_what_stands_first_ranks_higher(collection: Collection) -> None:
    filling = " ".join(["كلام"] * 200)
    last = collection.add(f"{filling} زلزال")
    first = collection.add(f"زلزال {filling}")
    titled = collection.add(filling, title="زلزال")
    collection.ready()
    found = ranking(SearchRequest(query="زلزال"))
    assert [one.uid for one in found][2] == last.uid
    assert {one.uid for one in found[:2]} == {first.uid, titled.uid}


def test_kin_of_a_word_lift_a_hit_and_find_none(collection: Collection) -> None:
    plain = collection.add("مفاوضات جنيف المؤجلة استمرت")
    with_kin = collection.add("مفاوضات جنيف مفاوضون تحدثوا")
    collection.add("مفاوضون تحدثوا أمس")
    collection.ready()
    found = ranking(SearchRequest(query="مفاوضات جنيف", level=Level.ANY))
    assert [one.uid for one in found][-1] == plain.uid
    assert with_kin.uid in {one.uid for one in found}


def test_particles_alone_rank_by_nearness(collection: Collection) -> None:
    apart = collection.add("من كلام كثير قيل أمس عن كلام آخر إلى")
    together = collection.add("قيل أمس كلام كثير عن كلام من إلى آخر")
    collection.ready()
    assert [one.uid for one in ranking(SearchRequest(query="من إلى"))] == [together.uid, apart.uid]


@pytest.mark.parametrize(
    ("stem", "opening"),
    [
        pytest.param("مستشفي", "مستش", id="the first four letters"),
        pytest.param("نفط", "نفط", id="all of a short one"),
        pytest.param("20150", "", id="a number"),
        pytest.param("reuters", "reut", id="Latin"),
    ],
)
def test_openings(stem: str, opening: str) -> None:
    assert opening_of(stem) == opening


def test_rarity_is_never_negative() -> None:
    assert idf(10, 10) > 0
    assert idf(10, 1) > idf(10, 5)
