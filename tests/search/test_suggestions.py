"""What the reader may have meant, offered beside what was asked."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.test import Client

from search.service import search
from search.types import Results, SearchRequest
from tests.search.library import Collection


@pytest.fixture
def held(collection: Collection) -> Collection:
    """Articles of two outlets, with a name that one writes as one word and the other as two."""
    for number in range(6):
        outlet = "okaz" if number % 2 else "al-riyadh"
        collection.add(f"زار الوفد العاصمة السعودية الرياض اليوم {number}", outlet=outlet)
        collection.add(f"ارتفاع أسعار النفط في الأسواق {number}", outlet=outlet)
    collection.add("قال أبوراس المزروعي إن facebook قررت ذلك", outlet="okaz")
    collection.add("حضر أبو عريش القنيبط الحفل", outlet="okaz")
    collection.ready()
    return collection


def asked(query: str, **filters: object) -> Results:
    return search(replace(SearchRequest(query=query), **filters))  # type: ignore[arg-type]


OFFERED = [
    pytest.param("hgsu,]dm", "keyboard", "السعودية", 6, id="keyboard"),
    pytest.param("Hsuhv hgkt'", "keyboard", "أسعار النفط", 6, id="keyboard, two words"),
    pytest.param("بشؤثلاخخن", "keyboard", "facebook", 1, id="Latin word on an Arabic keyboard"),
    pytest.param("السعودبة", "spelling", "السعودية", 6, id="misspelled"),
    pytest.param("أسعار النفظ", "spelling", "أسعار النفط", 6, id="one of two misspelled"),
    pytest.param('"أسعار النفظ"', "spelling", '"أسعار النفط"', 6, id="in a phrase"),
    pytest.param("title:x OR عنوان:x السعودبة", "", "", 0, id="still nothing"),
    pytest.param("أسعارالنفط", "spelling", "أسعار النفط", 6, id="run together"),
    pytest.param("أبو راس المزروعي", "spelling", "أبوراس المزروعي", 1, id="parted"),
    pytest.param("أبوعريش القنيبط", "spelling", "أبو عريش القنيبط", 1, id="joined"),
]


@pytest.mark.parametrize(("query", "kind", "meant", "count"), OFFERED)
def test_likely_query_is_offered_with_its_count_and_not_applied(
    held: Collection, query: str, kind: str, meant: str, count: int
) -> None:
    results = asked(query)
    expected = [(kind, meant, count)] if kind else []
    assert [(one.kind, one.query, one.count) for one in results.suggestions] == expected
    assert results.request.query == query


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("السعودية", id="found"),
        pytest.param("زرافة", id="a right word that is not held"),
        pytest.param("hello world", id="Latin words"),
        pytest.param("BBC", id="Latin name"),
        pytest.param("", id="empty"),
        pytest.param("2015", id="number"),
        pytest.param("؟!", id="signs"),
        pytest.param("-السعودبة", id="what is excluded"),
        pytest.param("td lk ugn", id="particles tell no keyboard"),
        pytest.param("outlet:السعودبة", id="name of an outlet"),
    ],
)
def test_nothing_is_offered_without_a_good_reason(held: Collection, query: str) -> None:
    assert asked(query).suggestions == ()


def test_offered_count_is_what_the_link_finds_under_the_same_filters(held: Collection) -> None:
    results = asked("السعودبة", outlets=("okaz",))
    (one,) = results.suggestions
    assert one.count == asked(one.query, outlets=("okaz",)).total == 3
    assert asked("السعودبة", outlets=("nobody",)).suggestions == ()


def test_new_words_of_a_small_collection_are_known_at_once(held: Collection) -> None:
    assert asked("الزنجبيبل").suggestions == ()
    held.add("زراعة الزنجبيل في اليمن")
    held.ready()
    assert [one.query for one in asked("الزنجبيبل").suggestions] == ["الزنجبيل"]


def test_page_api_and_command_show_it(held: Collection, client: Client) -> None:
    page = client.get("/search/", {"q": "السعودبة", "lang": "en"}).content.decode()
    assert "Did you mean" in page
    assert "q=%D8%A7%D9%84%D8%B3%D8%B9%D9%88%D8%AF%D9%8A%D8%A9" in page
    assert page.index("Did you mean") < page.index("Nothing in the archive holds all of this")
    arabic = client.get("/search/", {"q": "hgsu,]dm", "lang": "ar"}).content.decode()
    assert "هل تقصد" in arabic
    answer = client.get("/api/v1/search", {"q": "السعودبة"}).json()
    assert answer["suggestions"] == [{"kind": "spelling", "query": "السعودية", "count": 6}]
    out = io.StringIO()
    call_command("search", "السعودبة", stdout=out)
    assert "Did you mean: السعودية (6 articles)" in out.getvalue()


@pytest.mark.parametrize("query", ["في", "في من على", "في أو من"])
def test_particles_alone_are_answered_with_what_to_do(held: Collection, query: str) -> None:
    results = asked(query)
    assert len(results.understood.warnings) == 1
    assert results.total == 6


@pytest.mark.parametrize("query", ['"في الأسواق"', "في الأسواق", '"في"', "النفط", "", "في*"])
def test_other_queries_are_not_taken_for_particles_alone(held: Collection, query: str) -> None:
    assert asked(query).understood.warnings == ()


def test_ladder_shows_forms_that_the_articles_have(held: Collection, client: Client) -> None:
    held.add("وبالسعودية معارض", outlet="okaz")
    held.ready()
    page = client.get("/search/", {"q": "السعودية", "sort": "newest"}).content.decode()
    assert '<bdi lang="ar">وبالسعودية</bdi>' in page


def test_engine_is_asked_little_where_many_articles_are_found(
    held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.engines.whoosh.engine import WhooshIndex

    def refuse(*_: object) -> None:
        raise AssertionError("the words were asked for")

    monkeypatch.setattr(WhooshIndex, "words", refuse)
    assert asked("السعودية").total == 6
