"""The feed of a search: what it finds that came in last."""

from __future__ import annotations

from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from archive.models import Article
from search.templatetags.following import feed_address
from search.types import SearchRequest, Sort
from tests.search.library import Collection


@pytest.fixture
def held(collection: Collection) -> dict[str, Article]:
    articles = {
        "old": collection.add("امتلأ السد", title="أول", outlet="okaz", published="2015-11-21"),
        "new": collection.add("فاض السد", title="ثان", outlet="al-riyadh", published="2014-01-02"),
        "other": collection.add("نتيجة المباراة", title="ثالث", outlet="okaz"),
    }
    collection.ready()
    return articles


def titles(client: Client, **asked: str) -> list[str]:
    answer = client.get("/feeds/search.atom", asked)
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    return [entry.title for entry in feedparser.parse(answer.content).entries]


def test_what_came_in_last_comes_first_whatever_order_is_asked(
    held: dict[str, Article], client: Client
) -> None:
    assert titles(client, q="السد", sort="oldest") == ["ثان", "أول"]
    assert titles(client, q="السد", outlet="okaz") == ["أول"]
    assert titles(client) == ["ثالث", "ثان", "أول"]


def test_feed_waits_for_what_was_asked_and_steps_down_to_nothing_else(
    held: dict[str, Article], client: Client
) -> None:
    assert titles(client, q="السد المباراة") == []
    assert titles(client, q="السد المباراة", level="any") == ["ثالث", "ثان", "أول"]


def test_withdrawn_article_is_gone_at_once(held: dict[str, Article], client: Client) -> None:
    Article.objects.filter(pk=held["new"].pk).update(status=Article.Status.WITHDRAWN)
    assert titles(client, q="السد") == ["أول"]


def test_address_of_a_feed_says_the_search_and_not_its_page(db: None) -> None:
    request = SearchRequest(query="السد", outlets=("okaz",), sort=Sort.OLDEST, page=4)
    assert feed_address(request) == "/feeds/search.atom?q=%D8%A7%D9%84%D8%B3%D8%AF&outlet=okaz"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param({"q": "السد"}, "السد", id="words alone"),
        pytest.param({"q": "السد", "outlet": "okaz"}, "السد · Outlet: okaz", id="words of an outlet"),
        pytest.param({"year": "unknown"}, "Year: unknown", id="filter alone"),
        pytest.param({"from": "2015-11"}, "From the day: 1 November 2015", id="date alone"),
        pytest.param({}, "*", id="everything"),
    ],
)
def test_title_of_a_feed_says_what_its_search_is_narrowed_to(
    held: dict[str, Article], client: Client, asked: dict[str, str], said: str
) -> None:
    answer = client.get("/feeds/search.atom", {**asked, "lang": "en"})
    assert feedparser.parse(answer.content).feed.title == f"Arshif: latest additions for {said}"


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\ufffe", "\uffff"])
def test_sign_that_xml_cannot_hold_is_left_out_of_the_title(
    held: dict[str, Article], client: Client, sign: str
) -> None:
    answer = client.get("/feeds/search.atom", {"q": f"السد{sign}", "lang": "en"})
    assert ElementTree.fromstring(answer.content).findtext("{*}title", "").endswith("السد")


def test_search_page_leads_to_its_feed(held: dict[str, Article], client: Client) -> None:
    text = client.get("/search/", {"q": "السد"}).content.decode()
    assert 'type="application/atom+xml" href="/feeds/search.atom?q=' in text


def test_without_an_index_the_feed_says_the_remedy(collection: Collection, client: Client) -> None:
    collection.add("نص بلا فهرس")
    answer = client.get("/feeds/search.atom", {"q": "نص"})
    assert answer.status_code == 503
    assert "manage.py index" in answer.content.decode()
