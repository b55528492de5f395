"""The commands, the API's values, and stock calls of Haystack."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from haystack.exceptions import SearchBackendError, SearchFieldError
from haystack.query import SQ, SearchQuerySet

from archive.models import Article
from search.api import api_search
from tests.search.library import Collection


@pytest.fixture
def haystack(collection: Collection) -> dict[str, Article]:
    """Three articles in an index that Haystack asks."""
    articles = {
        "oil": collection.add("سعر النفط اليوم", title="أسواق", outlet="okaz", published="2015-11-21"),
        "gas": collection.add("سعر الغاز اليوم", title="النفط", outlet="al-riyadh", published="2014-01-02"),
        "war": collection.add("الحرب في اليمن", outlet="okaz"),
    }
    collection.ready()
    return articles


def call(*arguments: str, **options: Any) -> str:
    """What a command writes."""
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


STOCK = [
    pytest.param(lambda: SearchQuerySet().all(), "oil gas war", id="all"),
    pytest.param(lambda: SearchQuerySet().filter(content="النفط"), "oil gas", id="content"),
    pytest.param(lambda: SearchQuerySet().filter(text="سعر").exclude(content="الغاز"), "oil", id="exclude"),
    pytest.param(lambda: SearchQuerySet().filter(title="النفط"), "gas", id="title"),
    pytest.param(lambda: SearchQuerySet().filter(outlet="al-riyadh"), "gas", id="outlet"),
    pytest.param(lambda: SearchQuerySet().filter(outlet__in=["okaz"]), "oil war", id="outlets"),
    pytest.param(
        lambda: SearchQuerySet().filter(SQ(content="الحرب") | SQ(content="الغاز")), "gas war", id="or"
    ),
    pytest.param(lambda: SearchQuerySet().auto_query('"سعر النفط"'), "oil", id="query language"),
    pytest.param(lambda: SearchQuerySet().narrow('outlet_exact:"okaz"'), "oil war", id="narrow"),
    pytest.param(
        lambda: SearchQuerySet().filter(published__gte=datetime.date(2015, 1, 1)), "oil", id="from a date"
    ),
    pytest.param(lambda: SearchQuerySet().models(Article), "oil gas war", id="models"),
    pytest.param(lambda: SearchQuerySet().filter(content="[ا to ي] ~9 **"), "", id="another query syntax"),
]


@pytest.mark.parametrize(("ask", "names"), STOCK)
def test_stock_calls(haystack: dict[str, Article], ask: Any, names: str) -> None:
    results = ask()
    assert results.count() == len(names.split())
    assert {result.object for result in results} == {haystack[name] for name in names.split()}


def test_stock_order_slices_facets_and_similar_articles(haystack: dict[str, Article]) -> None:
    ordered = SearchQuerySet().order_by("-published")
    assert [result.object for result in ordered] == [haystack["oil"], haystack["gas"], haystack["war"]]
    assert [result.object for result in ordered[1:3]] == [haystack["gas"], haystack["war"]]
    facets = SearchQuerySet().facet("outlet").facet_counts()
    assert facets["fields"]["outlet"] == [("okaz", 2), ("al-riyadh", 1)]
    similar = SearchQuerySet().more_like_this(haystack["oil"])
    assert [result.object for result in similar] == [haystack["gas"]]


def test_what_the_index_does_not_have_is_refused_with_what_it_has(haystack: dict[str, Article]) -> None:
    with pytest.raises(SearchFieldError, match="outlet"):
        SearchQuerySet().filter(colour="red").count()
    with pytest.raises(SearchFieldError, match="published"):
        SearchQuerySet().order_by("title").count()


def test_stock_commands_do_no_harm(haystack: dict[str, Article]) -> None:
    with pytest.raises(SearchBackendError, match=r"manage\.py index --rebuild"):
        call_command("clear_index", interactive=False, verbosity=0)
    call_command("update_index", verbosity=0)
    assert SearchQuerySet().count() == 3


def test_command_and_api_answer_alike(haystack: dict[str, Article]) -> None:
    said = json.loads(call("search", "النفط", "--format", "json"))
    response = api_search(RequestFactory().get("/api/v1/search", {"q": "النفط"}))
    asked = json.loads(response.content)
    for answer in (said, asked):
        answer.pop("took_ms")
        for hit in answer["results"]:
            hit["url"] = hit["url"].removeprefix("http://testserver")
    assert said == asked
    assert said["levels"] == {"exact": 2, "folded": 2, "inflected": 2, "any": 2}
    assert set(said["facets"]) == {"outlet", "year", "month", "agency", "section"}
    assert {"uid", "title", "outlet", "published", "url", "snippet", "score"} <= set(said["results"][0])


@pytest.mark.parametrize(
    "wrong", [{"level": "all"}, {"from": "soon"}, {"page": "0"}, {"size": "101"}, {"sort": "best"}]
)
def test_api_refuses_what_it_cannot_read_and_says_what_it_can(
    haystack: dict[str, Article], wrong: dict[str, str]
) -> None:
    response = api_search(RequestFactory().get("/api/v1/search", wrong))
    assert response.status_code == 400
    assert next(iter(wrong)) in json.loads(response.content)["error"]


def test_text_answer_marks_words_and_filters(haystack: dict[str, Article]) -> None:
    said = call("search", "النفط", "--outlet", "okaz", "--from", "2015-11", "--to", "2015-11")
    assert haystack["oil"].uid in said
    assert haystack["gas"].uid not in said
    assert "[النفط]" in said


def test_batch_writes_a_run_in_trec_form(haystack: dict[str, Article], tmp_path: Path) -> None:
    Article.objects.filter(pk=haystack["oil"].pk).update(external_id="d1")
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tسعر النفط\nq2\tلا أحد\n", encoding="utf-8")
    lines = [
        line.split()
        for line in call("search", "--batch", str(queries), "--level", "any", "--format", "trec").splitlines()
    ]
    assert [(line[0], line[1], line[3], line[5]) for line in lines] == [
        ("q1", "Q0", "1", "arshif"),
        ("q1", "Q0", "2", "arshif"),
    ]
    assert {line[2] for line in lines} == {"d1", haystack["gas"].uid}
    assert float(lines[0][4]) >= float(lines[1][4])


def test_batch_with_a_broken_line_names_it(haystack: dict[str, Article], tmp_path: Path) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tسعر\nq2 بلا\n", encoding="utf-8")
    with pytest.raises(CommandError, match="2"):
        call("search", "--batch", str(queries), "--format", "trec")
