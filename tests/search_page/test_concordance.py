"""The concordance over the sample collection: every place, nothing else, sorted, paged, whole as CSV."""

from __future__ import annotations

import csv
import io
import itertools
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from arabic import analyse
from archive.models import Article
from search import concordance as concordance_module
from search.concordance import FIELDS, concordance, every_line
from search.concordance_file import COLUMNS
from search.marking import Marker
from search.names import Names
from search.query import parse
from search.service import matching_uids, understand
from search.types import Level, LineOrder, SearchRequest, Sort
from search.units import Units, parts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_archive")]

QUERIES = [
    pytest.param("السد", id="a-word"),
    pytest.param('"سد أم الجداول"', id="a-phrase"),
    pytest.param('"الوزارة السد"~8', id="words-near-each-other"),
    pytest.param("المدين*", id="a-prefix"),
    pytest.param("السد -كهرباء", id="a-word-without-another"),
    pytest.param("title:السد", id="a-word-of-titles"),
    pytest.param("السد المدينة", id="two-words"),
    pytest.param("من في", id="particles-alone"),
]


def show(client: Client, **parameters: str | int) -> Any:
    return client.get("/search/", {"view": "concordance", **parameters})


def rows_of(client: Client, **parameters: str | int) -> list[dict[str, str]]:
    response = client.get("/search/concordance.csv", parameters)
    assert response.status_code == 200
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def marked_places(query: str, uid: str, level: Level = Level.INFLECTED) -> set[tuple[str, int, int]]:
    marker = Marker(understand(query, Names(), variants=True).tree, level)
    article = Article.objects.get(uid=uid)
    return {
        (field, place.start, place.end)
        for field in FIELDS
        for place in marker.mark(getattr(article, field), title=field == "title").places
    }


@pytest.mark.parametrize("query", QUERIES)
def test_lines_are_the_places_that_highlights_mark(query: str) -> None:
    """The first and last word of each line is marked in the article, and every mark stands in some line."""
    tree = understand(query, Names(), variants=True).tree
    units, found = Units(tree, Level.INFLECTED), 0
    for uid in matching_uids(SearchRequest(query)):
        article, lines = Article.objects.get(uid=uid), set()
        for field in FIELDS:
            terms = analyse(getattr(article, field))
            for unit in units.find(terms, title=field == "title"):
                lines.add((field, terms[unit.first], terms[unit.last]))
        marked = marked_places(query, uid)
        for field, first, last in lines:
            assert (field, first.start, first.end) in marked
            assert (field, last.start, last.end) in marked
        for field, start, end in marked:
            assert any(f == field and one.start <= start and end <= two.end for f, one, two in lines)
        found += len(lines)
    assert found == concordance(SearchRequest(query=query)).total > 0


@pytest.mark.parametrize("query", QUERIES)
def test_pages_hold_every_place_once_and_the_file_the_same(
    client: Client, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concordance_module, "LINES_A_PAGE", 7)
    first = show(client, q=query).context["concordance"]
    shown = []
    for number in range(1, -(-first.total // 7) + 1):
        shown += show(client, q=query, page=number).context["concordance"].lines
    assert len(shown) == first.total
    exported = rows_of(client, q=query)
    assert sorted((line.article.uid, line.field, line.keyword) for line in shown) == sorted(
        (row["uid"], row["field"], row["keyword"]) for row in exported
    )


def test_phrase_and_nearness_are_one_place_each(client: Client) -> None:
    lines = show(client, q='"سد أم الجداول"').context["concordance"].lines
    assert {len(analyse(line.keyword)) for line in lines} == {3}
    near = show(client, q='"الوزارة السد"~8').context["concordance"].lines
    assert all(2 <= len(analyse(line.keyword)) <= 9 for line in near)


def test_passage_stands_so_in_the_article_and_is_cut_between_words() -> None:
    for line in every_line(SearchRequest(query="السد")):
        text = " ".join(getattr(line.article, line.field).split())
        passage = " ".join(f"{line.left}{line.keyword}{line.right}".split())
        assert passage in text
        place = text.index(passage)
        assert place == 0 or text[place - 1] == " "
        assert text[place + len(passage) : place + len(passage) + 1] in {"", " "}


def normals(text: str) -> list[str]:
    return [term.normal for term in analyse(text)]


@pytest.mark.parametrize(("order", "side"), [("after", "next"), ("before", "previous")])
def test_lines_are_sorted_by_the_word_beside(client: Client, order: str, side: str) -> None:
    lines = show(client, q="السد", order=order).context["concordance"].lines
    words = [normals(getattr(line, side)) for line in lines]
    arabic = [word[0] for word in words if word and not word[0].isascii()]
    assert len(arabic) > 5
    assert arabic == sorted(arabic)
    assert words == sorted(words, key=lambda word: not word), "those with no word beside them stand last"


def test_lines_by_date_run_from_the_oldest_and_can_be_turned(client: Client) -> None:
    page = show(client, q="السد", order="date")
    days = [line.article.published for line in page.context["concordance"].lines if line.article.published]
    assert days == sorted(days)
    turned = client.get(page.context["sorts"]["date"].url).context["concordance"].lines
    assert [line.article.published for line in turned if line.article.published] == sorted(days, reverse=True)


def test_lines_by_outlet_stand_together(client: Client) -> None:
    lines = show(client, q="السد", order="outlet").context["concordance"].lines
    outlets = [line.article.outlet.label if line.article.outlet else "" for line in lines]
    met = list(dict.fromkeys(outlets))
    assert [outlet for outlet in met if outlet] == sorted(outlet for outlet in met if outlet)
    assert len(met) == sum(1 for _outlet in itertools.groupby(outlets))


def test_one_word_of_the_query_can_be_looked_at_apart(client: Client) -> None:
    page = show(client, q="السد المدينة")
    assert [part.label for part in page.context["parts"]][1:] == ["السد", "المدينة"]
    apart = [client.get(part.url).context["concordance"].total for part in page.context["parts"]]
    assert apart[0] == apart[1] + apart[2] == page.context["concordance"].total


def test_page_reads_no_more_than_its_budget_says_so_and_leads_to_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = show(client, q="السد", lang="en").context["concordance"]
    assert whole.is_whole
    assert "are read and sorted at once" not in show(client, q="السد").content.decode()
    monkeypatch.setattr(concordance_module, "MOST_ARTICLES", 3)
    read, places, url = 0, 0, "/search/?view=concordance&q=السد"
    while url:
        page = client.get(url)
        part = page.context["concordance"]
        assert f"{part.first}–{part.last} of {part.articles}" in page.content.decode()
        assert "are read and sorted at once" in page.content.decode()
        read, places = read + part.last - part.first + 1, places + part.total
        url = page.context["later"].url if page.context["later"] else ""
    assert (read, places) == (whole.articles, whole.total)
    assert len(rows_of(client, q="السد")) == whole.total, "the file is whole"


def test_budget_of_letters_holds_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance_module, "MOST_LETTERS", 1)
    found = concordance(SearchRequest(query="السد"))
    assert (found.first, found.last) == (1, 1)
    assert not found.is_whole


def test_file_says_query_address_and_day_in_every_row(client: Client) -> None:
    rows = rows_of(client, q="السد", year="2015")
    assert rows
    assert tuple(rows[0]) == COLUMNS
    assert {row["query"] for row in rows} == {"السد"}
    assert {len(row["retrieved"]) for row in rows} == {10}
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    (address,) = {row["search"] for row in rows}
    found = client.get(address.removeprefix("http://testserver")).context["results"].total
    assert found == len({row["uid"] for row in rows})
    assert client.get(rows[0]["url"].removeprefix("http://testserver")).status_code == 200


def test_file_runs_nothing_as_a_formula(client: Client) -> None:
    rows = rows_of(client, q="=1+1 OR السد")
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_file_of_an_address_with_a_mistake_is_refused(client: Client) -> None:
    response = client.get("/search/concordance.csv", {"q": "السد", "from": "2015-13"})
    assert response.status_code == 400
    assert "from=" in response.content.decode()


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"q": ""}, id="no-query"),
        pytest.param({"q": "outlet:الرواق"}, id="no-word"),
        pytest.param({"q": "قققغغغ", "level": "inflected"}, id="nothing-found"),
        pytest.param({"q": "السد", "page": "999"}, id="page-beyond-the-last"),
        pytest.param({"q": "السد", "start": "9999"}, id="article-beyond-the-last"),
        pytest.param({"q": "السد", "unit": "9"}, id="word-that-is-not-there"),
        pytest.param({"q": "السد", "order": "size", "unit": "x", "start": "-1"}, id="wrong-values"),
        pytest.param({"q": "ب" * 2000}, id="long-query"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_address_is_an_error(client: Client, parameters: dict[str, str], language: str) -> None:
    assert show(client, lang=language, **parameters).status_code == 200


def test_steps_facets_and_chips_keep_the_concordance_and_its_order(client: Client) -> None:
    page = show(client, q="السد المدينة", order="before", unit=1)
    for step in page.context["ladder"]:
        assert "view=concordance&order=before&unit=1" in step.url
    assert all("unit=" not in chip.url for chip in page.context["chips"])
    assert ("view", "concordance") in page.context["kept_by_query"]
    assert not {"unit", "start", "page"} & {name for name, _value in page.context["kept_by_query"]}


def test_line_leads_to_its_place_in_the_article_marked_at_the_same_step(client: Client) -> None:
    page = show(client, q="السد", level="exact")
    view = next(view for view in page.context["lines"] if view.line.field == "body")
    assert "level=exact" in view.url
    assert "#:~:text=" in view.place_url
    marks = client.get(view.url).content.decode().count("<mark")
    lines = page.context["concordance"].lines
    of_article = [one for one in lines if one.article == view.line.article and one.field != "subtitle"]
    assert marks >= len(of_article) > 0


words = st.sampled_from(["السد", "المدينة", "وزارة", "في", "Halden", '"سد أم"', "الماء*", "-كهرباء", "أو"])


queries = st.lists(words, min_size=1, max_size=4).map(" ".join)


@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(queries, st.sampled_from(Level), st.sampled_from(LineOrder))
def test_page_and_file_count_the_same_places(query: str, level: Level, order: LineOrder) -> None:
    request = SearchRequest(query=query, level=level, order=order, sort=Sort.RELEVANCE)
    assert concordance(request).total == sum(1 for _line in every_line(request))


@hypothesis_settings(deadline=None)
@given(queries, st.text(max_size=60), st.sampled_from(Level))
def test_units_of_any_text_are_marked_words(query: str, text: str, level: Level) -> None:
    tree = parse(query).tree
    terms = analyse(f"{text} السد العالي أم المدينة {text}")
    units = Units(tree, level).find(terms)
    assert list(units) == sorted(units)
    assert all(0 <= unit.first <= unit.last < len(terms) for unit in units)
    assert len(parts_of(tree)) >= (1 if units else 0)
