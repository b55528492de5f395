"""Pages of results that are kept: the same as made anew, and never out of date."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from archive.models import Article
from search import service, views
from search.kept_pages import KeptPages, kept_for_readers
from search.types import Results, SearchRequest
from tests.search.library import Collection

ADDRESS = "/search/?q=السد"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries of the pages that were made, not kept."""
    asked: list[str] = []

    def search(request: SearchRequest, *more: object) -> Results:
        asked.append(request.query)
        return service.search(request, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(views, "search", search)
    return asked


@pytest.fixture
def dams(transactional_db: None, index_folder: object) -> tuple[Collection, list[Article]]:
    """Two articles in an index, committed: nothing is kept within a transaction."""
    collection = Collection()
    articles = [collection.add("امتلأ السد", title="أول"), collection.add("فاض السد", title="ثان")]
    collection.ready()
    return collection, articles


Dams = tuple[Collection, list[Article]]


def page(client: Client, address: str = ADDRESS, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    assert "X-Fragment" in answer.headers["Vary"]
    return answer.content.decode()


def test_second_reader_gets_the_same_page_without_a_search(dams: Dams, made: list[str]) -> None:
    assert page(Client()) == page(Client())
    assert made == ["السد"]


@pytest.mark.parametrize("other", ["&sort=oldest", "&lang=en", "&theme=dark", "&page=2"])
def test_another_page_is_another(dams: Dams, made: list[str], other: str) -> None:
    first = page(Client())
    assert page(Client(), ADDRESS + other) != first
    assert page(Client()) == first


def test_withdrawn_article_is_gone_at_once(dams: Dams, made: list[str]) -> None:
    _, (first, _) = dams
    assert first.get_absolute_url() in page(Client())
    Article.objects.filter(pk=first.pk).update(status=Article.Status.WITHDRAWN)
    assert first.get_absolute_url() not in page(Client())


def test_new_article_is_found_at_once(dams: Dams, made: list[str]) -> None:
    collection, _ = dams
    page(Client())
    new = collection.add("بني السد", title="ثالث")
    collection.ready()
    assert new.get_absolute_url() in page(Client())


def test_who_is_signed_in_gets_a_page_of_his_own(dams: Dams, made: list[str]) -> None:
    page(Client())
    reader = Client()
    reader.force_login(User.objects.create_user("reader"))
    page(reader)
    page(reader)
    assert len(made) == 3


def test_part_of_a_page_is_never_answered_with_the_whole(dams: Dams, made: list[str]) -> None:
    whole = page(Client())
    part = page(Client(), **{"X-Fragment": "1"})
    assert len(part) < len(whole)
    assert page(Client()) == whole


@pytest.mark.parametrize("own", ["token", "cookie"])
def test_what_is_one_readers_own_is_never_kept(dams: Dams, rf: RequestFactory, own: str) -> None:
    asked: list[str] = []

    @kept_for_readers(but_with="X-Fragment")
    def view(request: HttpRequest) -> HttpResponse:
        asked.append(own)
        token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
        response = HttpResponse(token if own == "token" else "a page")
        if own == "cookie":
            response.set_cookie("own", "1")
        return response

    for _time in range(2):
        request = rf.get(ADDRESS)
        request.user = AnonymousUser()
        view(request)
    assert len(asked) == 2


def test_pages_asked_for_longest_ago_make_room() -> None:
    pages = KeptPages(most=60)
    for name in "abcd":
        pages.put(name, name.encode() * 1_000)
    assert pages.get("a") is None
    assert pages.get("d") == b"d" * 1_000
    pages.put("d", b"e" * 1_000)
    assert pages.get("d") == b"e" * 1_000
