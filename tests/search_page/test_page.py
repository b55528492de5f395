"""The search page over the sample collection: every count stands on a link to exactly that many articles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.translation import ngettext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from archive.models import Article, Outlet
from archive.services.articles import set_status
from search.presentation.page import warning_views
from search.query import parse
from search.types import Level
from search.variants import current_book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_archive")]

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
MOST_QUERIES = 12
"""A page reads less: within the transaction of a test nothing is kept from one reading to the next."""


def search(client: Client, **parameters: str | int | list[str]) -> Any:
    """The page for these parameters; a link of the page is asked for with `follow`."""
    return client.get("/search/", parameters)


def total(response: Any) -> int:
    return int(response.context["results"].total)


def follow(client: Client, url: str) -> int:
    """How many articles the page behind a link finds."""
    response = client.get(url)
    assert response.status_code == 200, url
    return total(response)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_first_visit_shows_the_latest_articles_and_no_ladder(client: Client) -> None:
    response = search(client)
    assert total(response) == Article.objects.shown().count()
    assert not response.context["ladder"]
    days = [hit.article.published for hit in response.context["hits"]]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_says_query_and_count_in_its_title_and_to_other_programs(client: Client, language: str) -> None:
    html = text_of(search(client, q="السد", lang=language))
    found = total(search(client, q="السد"))
    title = re.search(r"<title>(.*?)</title>", html)
    assert title
    assert "السد" in title[1]
    assert str(found) in title[1]
    described = re.search(r'<meta name="description" content="(.*?)">', html)
    assert described
    assert str(found) in described[1]
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html


@pytest.mark.parametrize(
    ("parameters", "indexed"),
    [
        pytest.param({}, True, id="the-page-itself"),
        pytest.param({"q": "السد"}, True, id="a-plain-search"),
        pytest.param({"q": "السد", "level": "exact"}, False, id="a-step"),
        pytest.param({"q": "السد", "year": "2015"}, False, id="a-filter"),
        pytest.param({"year": "2015"}, False, id="a-filter-alone"),
        pytest.param({"q": "السد", "page": "2", "size": "5"}, False, id="a-further-page"),
        pytest.param({"q": "قققغغغ"}, False, id="nothing-found"),
    ],
)
def test_only_plain_searches_stand_in_indexes_of_the_web(
    client: Client, parameters: dict[str, str], indexed: bool
) -> None:
    assert ('<meta name="robots" content="noindex">' in text_of(search(client, **parameters))) != indexed


def test_page_holds_no_style_or_script_of_its_own(client: Client) -> None:
    for parameters in ({}, {"q": "السد"}, {"q": "قققغغغ", "level": "inflected"}, {"from": "2015-13"}):
        html = text_of(search(client, **parameters))
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html)


SEARCHES = [
    pytest.param({}, id="everything"),
    pytest.param({"q": "السد"}, id="a-word"),
    pytest.param({"q": "السد الفيضان", "level": "any"}, id="any-of-two-words"),
    pytest.param({"q": "الوزارة", "year": "2015"}, id="a-word-in-a-year"),
    pytest.param({"q": "المدينة", "from": "2013", "to": "2016-06"}, id="a-word-between-days"),
    pytest.param({"q": "في", "from": "2015-01-12", "to": "2015-11-20"}, id="a-word-within-parts-of-months"),
    pytest.param(
        {"q": "في", "section": "unknown", "sort": "oldest", "size": "3"}, id="a-word-without-section"
    ),
]


@pytest.mark.parametrize("parameters", SEARCHES)
def test_facet_finds_after_the_click_what_it_says(client: Client, parameters: dict[str, str]) -> None:
    page = search(client, **parameters)
    for facet in page.context["facets"]:
        links = [*facet.values, *facet.more, *facet.unknown]
        for link in links:
            if not link.selected:
                assert follow(client, link.url) == link.count, (facet.name, link.label)
        if facet.name in {"outlet", "year", "section"}:
            assert sum(link.count for link in links) == total(page)


@pytest.mark.parametrize("parameters", SEARCHES)
def test_step_of_the_ladder_finds_what_it_says(client: Client, parameters: dict[str, str]) -> None:
    for step in search(client, **parameters).context["ladder"]:
        assert follow(client, step.url) == step.count


@pytest.mark.parametrize("parameters", SEARCHES)
def test_timeline_leads_to_what_it_draws(client: Client, parameters: dict[str, str]) -> None:
    drawing = search(client, **parameters).context["timeline"]
    for part in [*drawing.slots, *drawing.axis]:
        if part.url:
            assert follow(client, part.url) == part.count, part.label


def test_undated_hits_are_counted_on_a_link_to_them(client: Client) -> None:
    page = search(client)
    undated = Article.objects.shown().filter(published__isnull=True).count()
    assert page.context["results"].undated == undated > 0
    assert follow(client, page.context["undated_url"]) == undated


def test_selected_value_is_taken_out_by_its_own_link(client: Client) -> None:
    everything = total(search(client))
    page = search(client, year="2015")
    (link,) = [link for facet in page.context["facets"] for link in facet.values if link.selected]
    assert follow(client, link.url) == everything
    (chip,) = page.context["chips"]
    assert chip.text == "2015"
    assert follow(client, chip.url) == everything


def test_chip_takes_its_part_out_of_the_query(client: Client) -> None:
    chips = search(client, q='"سد أم الجداول" -كهرباء').context["chips"]
    assert [chip.text for chip in chips] == ["سد أم الجداول", "كهرباء"]
    assert client.get(chips[1].url).context["results"].request.query == '"سد أم الجداول"'


def test_pages_hold_every_hit_once(client: Client) -> None:
    page = search(client, q="في", size=7)
    found: list[str] = []
    for number in range(1, page.context["results"].pages + 1):
        found += [hit.article.uid for hit in search(client, q="في", size=7, page=number).context["hits"]]
    assert len(found) == len(set(found)) == total(page) > 7


def test_page_beyond_the_last_is_the_last_and_says_so(client: Client) -> None:
    page = search(client, q="في", size=7, page=99_999, lang="en")
    assert page.context["page"].number == page.context["results"].pages
    assert "There is no such page; this is the last one." in text_of(page)


def test_wrong_values_are_said_and_the_rest_is_used(client: Client) -> None:
    page = search(client, **{"q": "السد", "from": "2015-13-01", "outlet": "nowhere", "lang": "en"})
    assert "Months run from 1 to 12." in text_of(page)
    assert "The archive knows no outlet by this name" in text_of(page)
    assert total(page) == total(search(client, q="السد"))


def test_mistake_in_a_query_is_shown_where_it_stands(client: Client) -> None:
    page = search(client, q='السد "الفيضان', lang="en")
    (warning,) = page.context["warnings"]
    assert warning.before + warning.at + warning.after == 'السد "الفيضان'
    assert warning.at.startswith('"')
    assert total(page)


def test_nothing_found_names_the_word_and_leads_on(client: Client) -> None:
    page = search(client, q="قققغغغ السد", level="inflected", year="2015")
    counts = {part.text: part.count for part in page.context["parts"]}
    assert counts["قققغغغ"] == 0
    assert counts["السد"] == total(search(client, q="السد", level="inflected")) > 0
    assert page.context["ways"]
    for way in [*page.context["ways"], *page.context["parts"]]:
        if way.count:
            assert follow(client, way.url) == way.count > 0


def test_search_that_stepped_down_says_so(client: Client) -> None:
    page = search(client, q="قققغغغ السد", lang="en")
    assert page.context["results"].level is Level.ANY
    assert "No article holds all of these words" in text_of(page)


def test_marked_words_and_query_go_along_to_the_article(client: Client) -> None:
    page = search(client, q="السد")
    hit = page.context["hits"][0]
    assert hit.url.endswith("?" + urlencode({"q": "السد"}))
    assert "<mark>" in text_of(page)
    assert "<mark>" in text_of(client.get(hit.url))


def test_form_of_filters_works_by_itself(client: Client) -> None:
    page = search(client, q="السد", outlet="", **{"from": "2013", "to": ""})
    assert page.context["results"].request.outlets == ()
    assert page.context["from_text"] == "2013"
    assert 'value="2013"' in text_of(page)
    assert ("q", "السد") in page.context["kept_by_filter"]


def test_withdrawn_article_is_gone_at_once(client: Client, admin_user: User) -> None:
    before = search(client, q="السد")
    article = before.context["hits"][0].article
    set_status(articles=[article], status=Article.Status.WITHDRAWN, curator=admin_user)
    after = search(client, q="السد")
    assert total(after) == total(before) - 1
    assert article.uid not in [hit.article.uid for hit in after.context["hits"]]


@pytest.mark.parametrize(
    "field", ["q", "level", "outlet", "agency", "section", "year", "from", "sort", "page"]
)
def test_hostile_text_in_the_address_stays_text(client: Client, field: str) -> None:
    html = text_of(search(client, **{"q": "السد", field: HOSTILE}))
    assert "<script>alert" not in html
    assert "<img" not in html


def test_hostile_text_in_an_article_stays_text(client: Client) -> None:
    uid = search(client, q="السد").context["hits"][0].article.uid
    Article.objects.filter(uid=uid).update(title=HOSTILE, body=f"السد {HOSTILE}", published_raw=HOSTILE[:200])
    html = text_of(search(client, q="السد", size=100))
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "parameters",
    [
        *SEARCHES,
        pytest.param({"q": "قققغغغ السد أم الجداول", "level": "exact", "year": "2015"}, id="nothing-found"),
        pytest.param(
            {"q": "صحيفة:الرواق السد", "agency": "shiraa", "outlet": "riwaq"}, id="names-in-the-query"
        ),
    ],
)
def test_page_asks_the_database_seldom(
    client: Client, parameters: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    current_book()  # read once a process
    with django_assert_max_num_queries(MOST_QUERIES):
        search(client, **parameters)


def test_archive_without_an_index_says_how_to_make_one(
    client: Client, settings: LazySettings, tmp_path: Any
) -> None:
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "none")}}
    response = search(client, q="السد")
    assert response.status_code == 503
    assert "manage.py index --rebuild" in text_of(response)


def _addresses() -> Iterator[st.SearchStrategy[str]]:
    names = st.sampled_from(
        ["q", "level", "outlet", "agency", "section", "year", "from", "to", "sort", "page", "size"]
    )
    words = st.sampled_from(
        ["السد", '"', "(", ")", "OR", "-", "*", "~5", "عنوان:", "date:", "2015", "\0", "أو", "unknown"]
    )
    values = st.lists(words | st.text(max_size=5), max_size=6).map(" ".join)
    yield st.lists(st.tuples(names, values), max_size=5).map(urlencode)
    yield st.text(max_size=60)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(address=st.one_of(*_addresses()))
def test_any_address_is_answered(client: Client, address: str) -> None:
    response = client.get(
        "/search/", query_params=None, QUERY_STRING=address.encode("utf-8", "replace").decode("latin-1")
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("count", "said"),
    [
        pytest.param(0, "لا نتائج", id="none"),
        pytest.param(1, "نتيجة واحدة", id="one"),
        pytest.param(2, "نتيجتان", id="two"),
        pytest.param(7, "7 نتائج", id="few"),
        pytest.param(11, "11 نتيجة", id="many"),
        pytest.param(100, "100 نتيجة", id="hundred"),
        pytest.param(103, "103 نتائج", id="hundred-and-few"),
    ],
)
def test_counts_agree_in_arabic(count: int, said: str) -> None:
    with translation.override("ar"):
        assert ngettext("%(figure)s result", "%(figure)s results", count) % {"figure": count} == said


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_example_of_the_help_page_finds_something(client: Client, language: str) -> None:
    page = client.get("/help/", {"lang": language}).content.decode()
    examples = [html.unescape(link) for link in re.findall(r'class="query" href="([^"]*)"', page)]
    assert len(examples) > 15
    for example in examples:
        found = client.get(example).content.decode()
        assert 'class="mistakes"' not in found, example
        assert 'class="hit"' in found, example
        assert 'class="stepped"' not in found, example


def test_the_examples_of_the_front_page_find_something(client: Client) -> None:
    page = client.get("/").content.decode()
    examples = [html.unescape(link) for link in re.findall(r'href="(/search/\?q=[^"]*)"', page)]
    assert len(examples) == 2
    assert all('class="hit"' in client.get(example).content.decode() for example in examples)


def test_page_names_other_spellings_and_searches_without_them(client: Client) -> None:
    wide = text_of(search(client, q="جوجل", lang="en"))
    assert "غوغل" in wide
    assert "Search only as typed" in wide
    typed = text_of(search(client, q="جوجل", variants="off", lang="en"))
    assert "غوغل" not in typed
    assert "Search other spellings and plurals too" in typed


def test_name_that_a_curator_gives_an_outlet_is_known_at_once(client: Client) -> None:
    query = "صحيفة:الضحى"
    assert search(client, q=query).context["warnings"]
    riwaq = Outlet.objects.get(slug="riwaq")
    riwaq.aliases = [*riwaq.aliases, "الضحى"]
    riwaq.save()
    page = search(client, q=query)
    assert not page.context["warnings"]
    assert total(page) == total(search(client, outlet="riwaq"))


def test_spellings_of_a_name_of_two_words_are_said_once_behind_it(client: Client) -> None:
    first, second = search(client, q="هونغ كونغ").context["chips"]
    assert (first.text, first.also, second.text) == ("هونغ", "", "كونغ")
    assert second.also.startswith("هونغ كونج، ")


@pytest.mark.parametrize(
    ("typed", "direction"),
    [("title:(النفط", "rtl"), ("AND السلام", "rtl"), ("title:(oil", "ltr")],
    ids=["field before Arabic", "operator before Arabic", "Latin alone"],
)
def test_a_mistake_is_shown_in_the_direction_of_the_search_box(typed: str, direction: str) -> None:
    (shown,) = warning_views(typed, parse(typed).warnings)
    assert shown.direction == direction
    said = render_to_string("search/mistakes.html", {"warnings": [shown]})
    assert f'<bdi class="typed" dir="{direction}">' in said
