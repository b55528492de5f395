"""The commands, the API's values, and stock calls of Haystack."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from haystack.exceptions import SearchBackendError, SearchFieldError
from haystack.query import SQ, SearchQuerySet

from archive.models import Article
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


def test_command_and_api_answer_alike(haystack: dict[str, Article], client: Client) -> None:
    said = json.loads(call("search", "النفط", "--format", "json"))
    asked = client.get("/api/v1/search", {"q": "النفط"}).json()
    for answer in (said, asked):
        answer.pop("took_ms")
        for hit in answer["results"]:
            hit["url"] = hit["url"].removeprefix("http://testserver")
    assert said == asked
    assert said["levels"] == {"exact": 2, "folded": 2, "inflected": 2, "any": 2}
    assert set(said["facets"]) == {"outlet", "year", "month", "agency", "author", "section"}


@pytest.mark.parametrize(
    ("wrong", "arabic", "english"),
    [
        pytest.param("level=all", "اختر", "Choose one of: exact, folded, inflected, any.", id="level"),
        pytest.param("from=soon", "اكتب", "Write a date as 2015, 2015-11 or 2015-11-21.", id="date"),
        pytest.param("from=2016&to=2015", "التاريخ", "The first date is after the last one", id="dates"),
        pytest.param("page=0", "الصفحات", "Pages are numbered from 1.", id="page"),
        pytest.param("size=101", "100", "A page may have from 1 to 100 results.", id="size"),
        pytest.param("sort=best", "اختر", "Choose one of: relevance, newest, oldest.", id="sort"),
        pytest.param("outlet=nobody", "صحيفة", "The archive knows no outlet by this name.", id="outlet"),
        pytest.param("agency=nobody", "وكالة", "The archive knows no agency by this name.", id="agency"),
    ],
)
def test_api_refuses_what_it_cannot_use_and_says_the_remedy_in_both_languages(
    haystack: dict[str, Article], client: Client, wrong: str, arabic: str, english: str
) -> None:
    for language, words in (("ar", arabic), ("en", english)):
        response = client.get(f"/api/v1/search?q=a&{wrong}&lang={language}")
        assert response.status_code == 400
        said = response.json()
        assert words in said["error"]
        assert said["mistakes"][0]["parameter"] == wrong.split("=")[0]


@pytest.mark.parametrize("query", ["النفط )", "النفط " * 300], ids=["bracket", "long"])
def test_api_answers_a_mistaken_query_with_warnings(
    haystack: dict[str, Article], client: Client, query: str
) -> None:
    answer = client.get("/api/v1/search", {"q": query, "lang": "en"})
    assert answer.status_code == 200
    assert answer.json()["total"] == 2
    assert answer.json()["warnings"][0]["message"]


def test_api_has_the_shape_that_is_promised(haystack: dict[str, Article], client: Client) -> None:
    said = client.get("/api/v1/search", {"q": "النفط", "size": "1", "page": "2", "from": "2014"}).json()
    assert set(said) == {
        "query",
        "total",
        "levels",
        "results",
        "facets",
        "more_authors",
        "suggestions",
        "took_ms",
        "warnings",
    }
    assert set(said["results"][0]) == {"uid", "title", "outlet", "published", "url", "snippet", "score"}
    assert set(said["facets"]) == {"outlet", "year", "month", "agency", "author", "section"}
    assert all(set(one) == {"value", "label", "count"} for kind in said["facets"].values() for one in kind)
    assert (said["total"], len(said["results"]), said["warnings"]) == (2, 1, [])
    assert said["results"][0]["url"].startswith("http://testserver/articles/")


@pytest.mark.parametrize("page", [3, 999_999])
def test_page_beyond_the_last_one_is_empty(haystack: dict[str, Article], client: Client, page: int) -> None:
    said = client.get("/api/v1/search", {"q": "النفط", "page": str(page), "size": "1"}).json()
    assert (said["total"], said["results"], said["query"]["pages"]) == (2, [], 2)


def test_without_articles_and_index_everything_answers(
    db: None, index_folder: Path, client: Client, tmp_path: Path
) -> None:
    assert client.get("/api/v1/search", {"q": "النفط"}).json()["total"] == 0
    assert client.get("/search/", {"q": "النفط"}).status_code == 200
    assert client.get("/search/").status_code == 200
    assert "0 articles" in call("search", "النفط")
    assert json.loads(call("search", "--format", "json"))["total"] == 0
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tالنفط\n", encoding="utf-8")
    assert call("search", "--batch", str(queries), "--format", "trec") == ""
    assert call("export", "النفط") == ""


def test_without_an_index_of_articles_the_remedy_is_said(collection: Collection, client: Client) -> None:
    collection.add("النفط")
    response = client.get("/api/v1/search", {"q": "النفط"})
    assert response.status_code == 503
    assert "manage.py index --rebuild" in response.json()["error"]
    assert client.get("/search/", {"q": "النفط"}).status_code == 503
    for command in ("search", "export"):
        with pytest.raises(CommandError, match=r"no index yet: run `manage\.py index --rebuild`") as said:
            call(command, "النفط")
        assert said.value.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        pytest.param(["--from", "soon"], "--from soon: Write a date as 2015", id="date"),
        pytest.param(["--to", "2015-13"], "--to 2015-13: Months run from 1 to 12", id="month"),
        pytest.param(["--from", "2016", "--to", "2015"], "exchange them", id="dates"),
        pytest.param(["--outlet", "nobody"], "no outlet by this name", id="outlet"),
        pytest.param(["--limit", "0"], "from 1 to 10,000", id="limit"),
        pytest.param(["--format", "trec"], "belong together", id="trec without batch"),
        pytest.param(["--batch", "no-such.tsv", "--format", "trec"], "no-such.tsv: No such file", id="file"),
        pytest.param(
            ["--batch", "x", "--format", "trec", "--sort", "newest"], "no QUERY, no --sort", id="sorted batch"
        ),
    ],
)
def test_wrong_calls_say_the_remedy_with_exit_code_2(
    haystack: dict[str, Article], arguments: list[str], remedy: str
) -> None:
    with pytest.raises(CommandError, match=remedy) as said:
        call("search", *arguments)
    assert said.value.returncode == 2


def test_dates_of_the_command_run_to_the_end_of_what_is_named(haystack: dict[str, Article]) -> None:
    oil, gas = haystack["oil"].uid, haystack["gas"].uid
    both = call("search", "النفط", "--from", "2014-01", "--to", "2015")
    assert oil in both
    assert gas in both
    assert gas not in call("search", "النفط", "--from", "2014-02", "--to", "2015")
    assert oil not in call("search", "النفط", "--from", "2014-01", "--to", "2015-10")
    oldest = call("search", "النفط", "--sort", "oldest", "--limit", "1", "--level", "exact")
    assert gas in oldest
    assert oil not in oldest


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


def test_batch_names_an_article_that_came_twice_by_both_names(
    haystack: dict[str, Article], collection: Collection, tmp_path: Path
) -> None:
    oil = haystack["oil"]
    Article.objects.filter(pk=oil.pk).update(external_id="d1")
    again = collection.add(oil.body, title=oil.title, external_id="d2", same_as=oil)
    collection.note(again)
    collection.ready()
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tأسواق النفط\n", encoding="utf-8")
    lines = call("search", "--batch", str(queries), "--level", "inflected", "--format", "trec").splitlines()
    assert [line.split()[2:4] for line in lines] == [["d1", "1"], ["d2", "2"]]


def test_batch_reads_files_of_any_line_end_and_skips_empty_lines(
    haystack: dict[str, Article], tmp_path: Path
) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_bytes("\ufeffq1\tالغاز\r\n\r\n  \r\nq2\t\tالحرب\r\nq3\t\r\n".encode())
    lines = call("search", "--batch", str(queries), "--format", "trec", "--limit", "1").splitlines()
    assert [line.split()[0] for line in lines] == ["q1", "q2", "q3"]


def test_names_that_are_not_one_word_do_not_break_a_run(haystack: dict[str, Article], tmp_path: Path) -> None:
    Article.objects.filter(pk=haystack["gas"].pk).update(external_id="two words")
    queries = tmp_path / "queries.tsv"
    queries.write_text("q1\tالغاز\n", encoding="utf-8")
    line = call("search", "--batch", str(queries), "--format", "trec").split()
    assert (len(line), line[2]) == (6, haystack["gas"].uid)


@pytest.mark.parametrize("line", ["q2 بلا", "\tبلا", "q 2\tبلا"])
def test_batch_with_a_broken_line_names_it_before_any_answer(
    haystack: dict[str, Article], tmp_path: Path, line: str
) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text(f"q1\tسعر\n\n{line}\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"line 3: an id without blanks, a tab and a query"):
        call_command("search", batch=queries, format="trec", stdout=out)
    assert out.getvalue() == ""
