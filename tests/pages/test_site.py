"""What holds for every page: languages and directions, nothing from elsewhere, no dead links."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from archive.middleware import ChosenThemeMiddleware
from archive.models import Outlet
from tests.pages.making import MakeArticle
from tests.pages.pages_help import Elements, links, requested

PAGES = [
    "/",
    "/articles/uid00000001/",
    "/articles/uid00000001/?q=ماء",
    "/outlets/",
    "/outlets/riwaq/",
    "/browse/",
    "/browse/2015/",
    "/browse/2015/11/",
    "/browse/2015/11/21/",
    "/browse/undated/",
    "/browse/latest/",
    "/browse/day/11/21/",
    "/help/",
]


@pytest.fixture
def some(make_article: MakeArticle, make_outlet: Callable[..., Outlet]) -> None:
    outlet = make_outlet(name_latin="Al-Riwaq")
    make_article(outlet=outlet, authors=("ليلى الحاج",), agencies=("رويترز",))
    make_article(outlet=outlet, published=None, title="")
    make_article(published_precision="month")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_a_page_says_its_language_and_direction(
    reader: Client, some: None, address: str, language: str, direction: str
) -> None:
    response = reader.get(address, headers={"cookie": f"lang={language}"})
    html = Elements(response.content.decode()).attributes("html")[0]
    assert (html["lang"], html["dir"]) == (language, direction)
    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_nothing_of_another_site_and_holds_no_script_or_style(
    reader: Client, some: None, address: str
) -> None:
    response = reader.get(address)
    page = response.content.decode()
    assert all(asked.startswith("/") and not asked.startswith("//") for asked in requested(page))
    elements = Elements(page)
    assert not elements.attributes("style")
    assert not any("style" in tag or any(name.startswith("on") for name in tag) for _, tag in elements.found)
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_address_and_both_languages(reader: Client, some: None, address: str) -> None:
    found = Elements(reader.get(address).content.decode()).attributes("link")
    canonical = [tag["href"] for tag in found if tag.get("rel") == "canonical"]
    assert canonical == ["http://testserver" + address.split("?")[0]]
    assert {tag["hreflang"] for tag in found if "hreflang" in tag} == {"ar", "en", "x-default"}


NEEDS_INDEX_OR_ORIGINALS = re.compile(r"^/search/|^/trends/|/source/$|/similar/$")
SAME_PAGE_OTHERWISE = re.compile(r"[?&](lang|theme)=")


def test_every_link_leads_somewhere(reader: Client, some: None) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        response = reader.get(address)
        assert response.status_code == 200, address
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in links(response.content.decode(), address.split("?")[0]):
            if link not in seen and not SAME_PAGE_OTHERWISE.search(link):
                seen.add(link)
                waiting += [] if NEEDS_INDEX_OR_ORIGINALS.search(link) else [link]
    assert any(link.endswith(".pdf") for link in seen)
    assert any(link.startswith("/search/?q=") for link in seen)


def test_ids_are_single_and_labels_name_what_there_is(reader: Client, some: None) -> None:
    for address in PAGES:
        elements = Elements(reader.get(address).content.decode())
        ids = [tag["id"] for _, tag in elements.found if "id" in tag]
        assert len(ids) == len(set(ids)), address
        referred = {
            tag[name] for _, tag in elements.found for name in ("for", "aria-labelledby") if name in tag
        }
        assert referred <= set(ids), address


@pytest.mark.parametrize(
    ("asked", "kept", "shown"),
    [
        ("dark", "", "dark"),
        ("", "dark", "dark"),
        ("light", "dark", "light"),
        ("auto", "dark", None),
        ("<x>", "<y>", None),
    ],
)
def test_the_theme_is_as_chosen(reader: Client, asked: str, kept: str, shown: str | None) -> None:
    reader.cookies["theme"] = kept
    html = Elements(reader.get("/help/", {"theme": asked}).content.decode()).attributes("html")[0]
    assert html.get("data-theme") == shown


def test_a_chosen_theme_is_remembered_and_forgotten() -> None:
    answer = ChosenThemeMiddleware(lambda request: HttpResponse())
    assert answer(RequestFactory().get("/", {"theme": "dark"})).cookies["theme"].value == "dark"
    assert answer(RequestFactory().get("/", {"theme": "auto"})).cookies["theme"]["max-age"] == 0
    assert not answer(RequestFactory().get("/", {"theme": "<x>"})).cookies


def test_machines_find_what_they_ask_for(reader: Client, db: None) -> None:
    assert reader.get("/healthz").content == b"ok\n"
    described = ElementTree.fromstring(reader.get("/opensearch.xml").content)
    address = described.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert address is not None
    assert address.attrib["template"] == "http://testserver/search/?q={searchTerms}"


ROBOTS = [
    pytest.param("/", True, id="front-page"),
    pytest.param("/?lang=en", True, id="in-the-other-language"),
    pytest.param("/articles/uid00000001/", True, id="article"),
    pytest.param("/articles/uid00000001/?lang=en", True, id="article-in-the-other-language"),
    pytest.param("/articles/uid00000001/?q=x", False, id="article-marked"),
    pytest.param("/browse/latest/?page=2", True, id="further-page"),
    pytest.param("/search/", True, id="search-page"),
    pytest.param("/search/?q=x", True, id="plain-search"),
    pytest.param("/search/?q=x&year=2015", False, id="narrowed-search"),
    pytest.param("/search/?year=2015", False, id="filter-alone"),
    pytest.param("/search/export.csv?q=x", False, id="file-of-a-search"),
    pytest.param("/trends/?q=x", False, id="trends"),
    pytest.param("/desk/", False, id="desk"),
    pytest.param("/admin/", False, id="curation"),
]


@pytest.mark.parametrize(("address", "allowed"), ROBOTS)
def test_crawlers_may_read_articles_and_plain_searches_and_no_combinations(
    reader: Client, db: None, address: str, allowed: bool
) -> None:
    """The longest rule counts, and of two of one length the one that allows (RFC 9309, 2.2.2)."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", reader.get("/robots.txt").content.decode(), re.MULTILINE)
    matching = [
        (len(rule), kind == "Allow")
        for kind, rule in rules
        if re.match(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$"), address)
    ]
    assert max(matching, default=(0, True))[1] is allowed


@override_settings(DEBUG=False)
def test_a_wrong_address_is_explained_and_escaped(reader: Client) -> None:
    response = reader.get("/<script>alert(1)</script>/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "لا شيء في هذا العنوان" in page
    assert "<script>alert" not in page


@override_settings(DEBUG=False)
def test_an_error_of_the_server_is_said_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, reader: Client
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("archive.views.home.held_counts", fail)
    reader.raise_request_exception = False
    response = reader.get("/")
    assert response.status_code == 500
    assert "تعذّر عرض هذه الصفحة" in response.content.decode()
    assert "could not be shown" in response.content.decode()
