"""The interface for programs: it answers what its document says, and what the pages show."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from ninja import Schema

from archive.models import Agency, Article
from search.api import schemas
from search.api.endpoints import api
from search.api.page import calls
from tests.search.library import Collection


@pytest.fixture
def held(collection: Collection) -> dict[str, Article]:
    """Two articles of one subject in two outlets, and one of another without a date."""
    articles = {
        "dam": collection.add("امتلأ السد بالمياه", title="السد", outlet="okaz", published="2015-11-21"),
        "dam again": collection.add(
            "فاض السد ليلا", title="مياه السد", outlet="al-riyadh", published="2014-01-02"
        ),
        "lone": collection.add("نتيجة المباراة", outlet="okaz"),
    }
    articles["dam"].agencies.add(Agency.objects.create(slug="spa", name="واس"))
    collection.ready()
    return articles


ANSWERS = [
    pytest.param("search", {"q": "السد"}, schemas.SearchAnswer, id="search"),
    pytest.param("search", {"q": "السد )", "from": "2014", "size": "1"}, schemas.SearchAnswer, id="narrowed"),
    pytest.param("articles/{dam}", {}, schemas.ArticleRecord, id="article"),
    pytest.param("articles/{lone}", {}, schemas.ArticleRecord, id="article of which little is known"),
    pytest.param("articles/{dam}/similar", {}, schemas.Similar, id="similar"),
    pytest.param("outlets", {}, schemas.OutletList, id="outlets"),
    pytest.param("agencies", {}, schemas.AgencyList, id="agencies"),
]


@pytest.mark.parametrize(("path", "asked", "shape"), ANSWERS)
def test_answer_has_the_documented_shape_and_nothing_else(
    held: dict[str, Article], client: Client, path: str, asked: dict[str, str], shape: type[Schema]
) -> None:
    uids = {name: article.uid for name, article in held.items()}
    answer = client.get(f"/api/v1/{path.format(**uids)}", asked)
    assert answer.status_code == 200
    shape.model_validate(answer.json())
    document = api.get_openapi_schema()["components"]["schemas"]
    assert _undocumented(answer.json(), document[shape.__name__], document) == []


def _undocumented(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str = "") -> list[str]:
    """Where an answer has a field that the document does not name."""
    if "$ref" in schema:
        schema = document[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [w for one in value for w in _undocumented(one, schema.get("items", {}), document, f"{at}[]")]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    unknown = [f"{at}.{name}" for name in value if name not in schema["properties"]]
    known = {name: schema["properties"][name] for name in value if name in schema["properties"]}
    return unknown + [
        w for name, of in known.items() for w in _undocumented(value[name], of, document, f"{at}.{name}")
    ]


def test_article_is_its_export_with_its_permalink(held: dict[str, Article], client: Client) -> None:
    article = held["dam"]
    answer = client.get(f"/api/v1/articles/{article.uid}").json()
    assert answer.pop("permalink") == f"http://testserver{article.get_absolute_url()}"
    assert answer == client.get(f"{article.get_absolute_url().rstrip('/')}.json").json()


@pytest.mark.parametrize("path", ["articles/{uid}", "articles/{uid}/similar"])
def test_unknown_and_withdrawn_articles_are_told_apart(
    held: dict[str, Article], client: Client, path: str
) -> None:
    unknown = client.get(f"/api/v1/{path.format(uid='nosuchuid')}?lang=en")
    assert (unknown.status_code, unknown.json()) == (
        404,
        {"error": "The archive knows no article by this identifier."},
    )
    Article.objects.filter(pk=held["dam"].pk).update(status=Article.Status.WITHDRAWN)
    gone = client.get(f"/api/v1/{path.format(uid=held['dam'].uid)}?lang=en")
    assert (gone.status_code, gone.json()) == (410, {"error": "This article was withdrawn."})


def test_outlets_and_agencies_are_counted_as_the_search_counts(
    held: dict[str, Article], client: Client
) -> None:
    outlets = {one["slug"]: one for one in client.get("/api/v1/outlets").json()["outlets"]}
    okaz = outlets["okaz"]
    assert (okaz["articles"], okaz["undated"], okaz["first"], okaz["last"]) == (
        2,
        1,
        "2015-11-21",
        "2015-11-21",
    )
    facets = client.get("/api/v1/search").json()["facets"]
    assert {one["value"]: one["count"] for one in facets["outlet"]} == {
        slug: one["articles"] for slug, one in outlets.items()
    }
    agencies = client.get("/api/v1/agencies").json()["agencies"]
    assert [(one["slug"], one["articles"]) for one in agencies] == [("spa", 1)]


def test_without_an_index_the_remedy_is_said(collection: Collection, client: Client) -> None:
    article = collection.add("نص بلا فهرس")
    for path in ("search?q=نص", f"articles/{article.uid}/similar"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 503
        assert "manage.py index" in answer.json()["error"]


def test_pages_of_other_sites_may_read_what_everybody_may_read(
    held: dict[str, Article], client: Client, settings: LazySettings
) -> None:
    assert client.get("/api/v1/search").headers["Access-Control-Allow-Origin"] == "*"
    settings.ARSHIF_ACCESS = "login"
    refused = client.get("/api/v1/search")
    assert refused.status_code == 302
    assert "Access-Control-Allow-Origin" not in refused.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(held: dict[str, Article], client: Client, method: str) -> None:
    for path in ("search", "outlets", f"articles/{held['dam'].uid}"):
        assert getattr(client, method)(f"/api/v1/{path}").status_code == 405


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_describes_every_call_in_the_language_of_the_reader(
    db: None, client: Client, language: str
) -> None:
    text = client.get("/api/v1/", {"lang": language}).content.decode()
    document = client.get("/api/v1/openapi.json").json()
    assert len(document["paths"]) == 5
    for path in document["paths"]:
        assert f"GET {path}" in text
    rows = re.findall(r"<td>([^<]*)</td></tr>", text)
    assert sum(bool(row) for row in rows) > 30
    if language == "ar":
        assert [row for row in rows if row and not re.search("[\u0600-\u06ff]", row)] == []


def test_numbers_are_documented_as_numbers_and_a_bad_one_is_explained(db: None, client: Client) -> None:
    (search,) = [
        path["get"] for name, path in api.get_openapi_schema()["paths"].items() if name.endswith("/search")
    ]
    of_name = {one["name"]: one["schema"] for one in search["parameters"]}
    assert (of_name["page"]["type"], of_name["page"]["default"]) == ("integer", 1)
    assert (of_name["size"]["type"], of_name["size"]["maximum"]) == ("integer", 100)
    answer = client.get("/api/v1/search", {"page": "x", "size": "0", "lang": "en"})
    assert answer.status_code == 400
    said = {one["parameter"]: one["message"] for one in answer.json()["mistakes"]}
    assert said == {
        "page": "Pages are numbered from 1.",
        "size": "A page may have from 1 to 100 results.",
    }


def test_every_parameter_is_described(db: None) -> None:
    search = next(calls(api.get_openapi_schema()))
    assert [value.name for value in search.parameters if not value.said] == []
