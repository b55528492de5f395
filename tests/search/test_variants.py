"""Other spellings of a name: which words of a query get them, and what a search then finds and shows."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from search.api.values import plain, results_json
from search.counting import counter
from search.marking import Marker
from search.models import SpellingGroup
from search.names import Names
from search.query import chips_of, parse
from search.query.tree import Word, walk
from search.service import mark, search
from search.types import Level, SearchRequest
from search.variants import Book, current_book, with_other_spellings
from search.variants.shipped import shipped_groups
from tests.search.library import Collection, uids

BOOK = Book(
    [
        ("غوغل", "جوجل", "قوقل", "كوكل"),
        ("أمريكي", "أميركي"),
        ("سوريا", "سورية"),
        ("أبوظبي", "أبو ظبي"),
        ("نيويورك", "نيو يورك"),
        ("رونو", "رينو"),
        ("ريغان", "ريقان"),
    ]
)


def also(query: str) -> dict[str, tuple[str, ...]]:
    """The spellings that are searched with each part of a query."""
    return {chip.text: chip.also for chip in chips_of(with_other_spellings(parse(query), BOOK))}


@pytest.mark.parametrize(
    ("query", "spellings"),
    [
        pytest.param("غوغل", {"غوغل": ("جوجل", "قوقل")}, id="a name"),
        pytest.param("جوجل", {"جوجل": ("غوغل", "قوقل")}, id="from any of its spellings"),
        pytest.param("كوكل", {"كوكل": ("غوغل", "جوجل", "قوقل")}, id="typed though its stem tells nothing"),
        pytest.param("وبغوغل", {"وبغوغل": ("جوجل", "قوقل")}, id="with particles"),
        pytest.param("والأمريكية", {"والأمريكية": ("أميركي",)}, id="an adjective with article and ending"),
        pytest.param("الأميركيون", {"الأميركيون": ("أمريكي",)}, id="in the plural"),
        pytest.param("سوريا", {"سوريا": ("سورية",)}, id="a country"),
        pytest.param("السورية", {"السورية": ()}, id="not the adjective that looks like it"),
        pytest.param("أبوظبي", {"أبوظبي": ("أبو ظبي",)}, id="one word for two"),
        pytest.param("أبو ظبي", {"أبو": ("أبوظبي",), "ظبي": ("أبوظبي",)}, id="two words for one"),
        pytest.param("لأبو ظبي", {"لأبو": ("أبوظبي",), "ظبي": ("أبوظبي",)}, id="and with a particle"),
        pytest.param("أبو -ظبي", {"أبو": (), "ظبي": ()}, id="not when one is excluded"),
        pytest.param("برونو", {"برونو": ()}, id="not a name that another begins with ب"),
        pytest.param("فريقان", {"فريقان": ("فرق",)}, id="not the name that ف could stand before"),
        pytest.param('"غوغل اليوم"', {"غوغل اليوم": ()}, id="a phrase stays as typed"),
        pytest.param('"غوغل اليوم"~3', {"غوغل اليوم": ()}, id="so do words that are near"),
        pytest.param("غوغ*", {"غوغ*": ()}, id="so does a beginning"),
        pytest.param("عنوان:غوغل", {"غوغل": ("جوجل", "قوقل")}, id="in the title"),
        pytest.param("-غوغل", {"غوغل": ("جوجل", "قوقل")}, id="excluded"),
        pytest.param(
            "غوغل OR سوريا", {"غوغل أو سوريا": ("جوجل", "قوقل", "سورية")}, id="each of two alternatives"
        ),
        pytest.param("الاقتصاد", {"الاقتصاد": ()}, id="no name"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_spellings_of_a_query(query: str, spellings: dict[str, tuple[str, ...]]) -> None:
    assert also(query) == spellings


TYPED = st.text(alphabet='غوجلقكبأظي رنسا"-*()|: ', max_size=40)


@given(TYPED)
def test_only_other_spellings_are_added(query: str) -> None:
    parsed = parse(query)
    wide = with_other_spellings(parsed, BOOK)
    words = [node for node in walk(parsed.tree) if isinstance(node, Word)]
    after = [node for node in walk(wide.tree) if isinstance(node, Word)]
    assert [(w.text, w.exact, w.normal, w.stem, w.start, w.end) for w in after] == [
        (w.text, w.exact, w.normal, w.stem, w.start, w.end) for w in words
    ]
    assert all((word.stem,) not in word.also for word in after)


@pytest.mark.parametrize(
    ("typed", "found_too"),
    [
        pytest.param("عبد الله", "قال عبدالله الزهراني", id="two words find one"),
        pytest.param("عبدالله", "قال عبد الله الزهراني", id="one word finds two"),
        pytest.param("عبد العزيز", "وافق على ذلك لعبدالعزيز الزهراني", id="with a particle"),
        pytest.param("عبدالرحمن", "حضر وعبد الرحمن الزهراني", id="and the other way round"),
        pytest.param("عبدربه منصور", "الرئيس عبد ربه منصور هادي", id="beside another word"),
        pytest.param("نصر الله", "رد نصرالله على ذلك", id="God's name behind"),
        pytest.param("عز الدين", "كتائب عزالدين القسام", id="of the faith"),
    ],
)
def test_arabic_name_is_found_as_one_word_and_as_two(
    collection: Collection, typed: str, found_too: str
) -> None:
    held = collection.add(found_too)
    collection.add("عبد العمال الطريق إلى القرية")
    collection.ready()
    assert uids(typed) == {held.uid}
    assert uids(typed, variants=False, level=Level.INFLECTED) == set()


def test_empty_list_changes_nothing() -> None:
    parsed = parse("غوغل")
    assert with_other_spellings(parsed, Book(())).tree == parsed.tree


@pytest.mark.parametrize(
    ("query", "spellings"),
    [
        pytest.param("وزير", {"وزير": ("وزراء",)}, id="plural"),
        pytest.param("والوزراء", {"والوزراء": ("وزير",)}, id="singular, with particles"),
        pytest.param("رئيس دولة", {"رئيس": ("رؤساء",), "دولة": ()}, id="not where the stem is one"),
        pytest.param("أمير", {"أمير": ()}, id="not another noun's plural"),
        pytest.param('"وزير"', {"وزير": ()}, id="not in quotation marks"),
    ],
)
def test_nouns_are_searched_in_both_numbers(query: str, spellings: dict[str, tuple[str, ...]]) -> None:
    assert also(query) == spellings


def test_plural_is_found_ranked_below_and_marked(collection: Collection) -> None:
    plural = collection.add("اجتمع الوزراء في العاصمة")
    singular = collection.add("اجتمع الوزير في العاصمة")
    collection.ready()
    found = search(SearchRequest(query="الوزير"))
    assert [hit.article.uid for hit in found.hits] == [singular.uid, plural.uid]
    assert "الوزراء" in found.hits[1].forms
    assert search(SearchRequest(query="الوزير", variants=False)).total == 1
    assert search(SearchRequest(query="الوزير", level=Level.FOLDED)).total == 1


@pytest.mark.parametrize("typed", ["غوغل", "جوجل", "قوقل", "لغوغل"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("أعلنت غوغل اليوم", ["غوغل"], id="one spelling"),
        pytest.param("أعلنت جوجل وقوقل", ["جوجل", "وقوقل"], id="others"),
        pytest.param("تطبيقات لجوجل", ["لجوجل"], id="with a particle that the stem leaves"),
    ],
)
def test_marks_stand_on_every_spelling(typed: str, text: str, found: list[str]) -> None:
    marker = Marker(with_other_spellings(parse(typed), BOOK).tree, Level.INFLECTED)
    assert [run.text for run in marker.mark(text).runs if run.marked] == found


def test_marks_stand_on_each_word_of_a_longer_spelling() -> None:
    marker = Marker(with_other_spellings(parse("أبوظبي"), BOOK).tree, Level.INFLECTED)
    marked = marker.mark("في أبو ظبي، لا أبو بكر ولا ظبي").runs
    assert [run.text for run in marked if run.marked] == ["أبو", "ظبي"]
    assert plain(marked) == "في أبو ظبي، لا أبو بكر ولا ظبي"


@pytest.mark.parametrize("level", [Level.EXACT, Level.FOLDED])
def test_stricter_steps_mark_as_typed(level: Level) -> None:
    marker = Marker(with_other_spellings(parse("غوغل"), BOOK).tree, level)
    assert [run.text for run in marker.mark("غوغل وجوجل جوجل").runs if run.marked] == ["غوغل"]


@pytest.fixture
def articles(collection: Collection) -> dict[str, str]:
    """Articles that spell names in several ways, by what they hold."""
    made = {
        text: collection.add(text).uid
        for text in ("غوغل", "وجوجل", "لقوقل", "أبوظبي", "أبو ظبي", "أبو بكر رأى ظبيا", "شيء آخر")
    }
    collection.ready()
    return made


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        pytest.param("غوغل", {"غوغل", "وجوجل", "لقوقل"}, id="all spellings"),
        pytest.param("بجوجل", {"غوغل", "وجوجل", "لقوقل"}, id="from one with a particle"),
        pytest.param("أبوظبي", {"أبوظبي", "أبو ظبي"}, id="two words for one, side by side"),
        pytest.param("أبو ظبي", {"أبوظبي", "أبو ظبي"}, id="one word for two"),
        pytest.param("غوغل -جوجل", set(), id="a name that is excluded is excluded in all spellings"),
        pytest.param('"غوغل"', {"غوغل"}, id="in quotation marks as typed"),
    ],
)
def test_search_finds_all_spellings(articles: dict[str, str], query: str, texts: set[str]) -> None:
    found = uids(query, level=Level.INFLECTED)
    assert {text for text, uid in articles.items() if uid in found} - {"أبو بكر رأى ظبيا"} == texts


def test_switch_searches_as_typed(articles: dict[str, str]) -> None:
    assert uids("جوجل", level=Level.INFLECTED, variants=False) == {articles["وجوجل"]}
    assert search(SearchRequest(query="غوغل", variants=False)).total == 1
    assert search(SearchRequest(query="غوغل")).total == 3


@pytest.mark.parametrize("query", ["غوغل", "جوجل", "أبوظبي", "أبو ظبي", "عنوان:غوغل", "غوغل OR أبوظبي"])
def test_spellings_count_from_the_inflected_step_on(articles: dict[str, str], query: str) -> None:
    wide = search(SearchRequest(query=query)).levels
    typed = search(SearchRequest(query=query, variants=False)).levels
    assert wide[Level.EXACT] == typed[Level.EXACT]
    assert wide[Level.FOLDED] == typed[Level.FOLDED]
    assert list(wide.values()) == sorted(wide.values())
    assert wide[Level.INFLECTED] >= typed[Level.INFLECTED]


def test_counts_beside_a_search_are_those_of_the_search(articles: dict[str, str]) -> None:
    request = SearchRequest(query="غوغل", level=Level.INFLECTED)
    total = search(request).total
    assert counter(Names())(request) == total == 3


def test_hit_names_the_forms_that_matched(articles: dict[str, str]) -> None:
    hits = search(SearchRequest(query="غوغل")).hits
    assert {form for hit in hits for form in hit.forms} == {"غوغل", "وجوجل", "لقوقل"}


@pytest.mark.django_db
def test_marks_of_an_article_include_all_spellings() -> None:
    assert [run.text for run in mark("قالت جوجل", "غوغل") if run.marked] == ["جوجل"]


def test_answer_says_which_spellings_were_searched(articles: dict[str, str]) -> None:
    answer = results_json(search(SearchRequest(query="أعلنت أبوظبي")))["query"]
    assert answer["variants"] == "on"
    assert answer["spellings"]["أبوظبي"][0] == "أبو ظبي"
    answer = results_json(search(SearchRequest(query="أعلنت أبوظبي", variants=False)))["query"]
    assert (answer["variants"], answer["spellings"]) == ("off", {})


def test_command_has_the_switch_and_says_what_it_searched(articles: dict[str, str]) -> None:
    lines = _command("غوغل").splitlines()
    assert lines[0].startswith("3 articles")
    assert "also as: " in lines[1]
    assert "جوجل" in lines[1]
    assert json.loads(_command("غوغل", "--no-variants", "--format", "json"))["total"] == 1


def _command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_list_is_read_again_when_it_changes(django_assert_num_queries: object) -> None:
    assert bool(current_book())
    SpellingGroup.objects.create(spellings="زنكوش\nزنقوش")
    assert [chip.also for chip in chips_of(with_other_spellings(parse("زنكوش"), current_book()))] == [
        ("زنقوش",)
    ]
    group = SpellingGroup.objects.get(spellings__startswith="زنكوش")
    group.in_use = False
    group.save()
    assert [chip.also for chip in chips_of(with_other_spellings(parse("زنكوش"), current_book()))] == [()]
    book = current_book()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert current_book() is book


@pytest.mark.django_db
def test_own_group_wins_over_the_list() -> None:
    taken = shipped_groups()[0].spellings[0]
    SpellingGroup.objects.create(spellings=f"{taken}\nزنقوش")
    found = chips_of(with_other_spellings(parse(taken), current_book()))
    assert found[-1].also == ("زنقوش",)
