"""What the desk tells of a browser's marks when it is asked: the server keeps none of them."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.models import Article
from search.desk.uids import MOST_SHOWN, uids_in
from search.views_export import TAKEN_FORMS
from tests.pages.making import MakeArticle

pytestmark = pytest.mark.django_db


def told(client: Client, *uids: str) -> str:
    answer = client.post("/desk/marked/", {"uids": " ".join(uids)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_marked_articles_come_in_the_order_of_the_marks(client: Client, make_article: MakeArticle) -> None:
    one, two = make_article(title="أول"), make_article(title="ثان")
    text = told(client, two.uid, one.uid)
    assert text.index("ثان") < text.index("أول")


def test_of_a_withdrawn_article_only_that_is_said(client: Client, make_article: MakeArticle) -> None:
    gone = make_article(title="عنوان سحب", status=Article.Status.WITHDRAWN)
    text = told(client, gone.uid)
    assert "عنوان سحب" not in text
    assert gone.uid in text
    assert 'class="says"' in text


def test_a_mark_of_another_archive_is_said_to_be_none_of_this_one(client: Client) -> None:
    client.get("/?lang=en")
    assert "not in this archive" in told(client, "nosuch")


def test_too_many_marks_at_once_are_refused(client: Client) -> None:
    uids = " ".join(f"u{number}" for number in range(MOST_SHOWN + 1))
    assert client.post("/desk/marked/", {"uids": uids}).status_code == 400


def test_marks_are_never_asked_for_in_an_address(client: Client) -> None:
    assert client.get("/desk/marked/?uids=u1").status_code == 405


@pytest.mark.parametrize("address", ["/desk/marked/", "/desk/marked.csv", "/login/", "/desk/lists/add/"])
def test_a_form_of_another_site_is_refused(address: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"uids": "u1"})
    assert answer.status_code == 403
    assert 'href="/desk/"' in answer.content.decode()


@pytest.mark.parametrize("form", TAKEN_FORMS)
def test_marked_articles_are_taken_away_in_every_format(
    client: Client, make_article: MakeArticle, form: str
) -> None:
    uids = " ".join(make_article().uid for _ in range(3))
    answer = client.post(f"/desk/marked.{form}", {"uids": uids})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.getvalue()) > 100


def rows(client: Client, *uids: str) -> list[dict[str, str]]:
    answer = client.post("/desk/marked.csv", {"uids": " ".join(uids)})
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_files_hold_what_readers_still_find_once_each_in_order(
    client: Client, make_article: MakeArticle
) -> None:
    shown, other = make_article(), make_article()
    gone = make_article(status=Article.Status.WITHDRAWN)
    double = make_article(same_as=shown)
    found = rows(client, other.uid, gone.uid, double.uid, shown.uid, "nosuch")
    assert [row["uid"] for row in found] == [other.uid, shown.uid]
    assert {row["rows"] for row in found} == {"2"}


def test_without_any_article_there_is_no_file(client: Client) -> None:
    assert client.post("/desk/marked.csv", {"uids": "nosuch"}).headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        pytest.param("u1 u2  u1\nu3", ["u1", "u2", "u3"], id="each once"),
        pytest.param("u1' <b> ../x u2", ["u1", "u2"][1:], id="what is no UID"),
        pytest.param("a" * 17, [], id="too long"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_only_uids_are_read(given: str, read: list[str]) -> None:
    assert uids_in([given]) == read


@pytest.mark.parametrize("language", ["ar", "en"])
def test_without_script_the_desk_says_that_marks_need_it(client: Client, language: str) -> None:
    text = client.get(f"/desk/?lang={language}").content.decode()
    assert "<noscript>" in text
    assert "/login/" in text


def test_desk_of_a_browser_asks_little(
    client: Client, make_article: MakeArticle, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    uids = [make_article(agencies=("وكالة",), authors=("ليلى",)).uid for _ in range(30)]
    for address in ("/desk/", "/login/"):
        with django_assert_max_num_queries(12):
            client.get(address)
    with django_assert_max_num_queries(4):
        told(client, *uids)


def test_pages_of_the_archive_lead_to_the_desk_and_curators_to_theirs(client: Client, layla: User) -> None:
    assert 'href="/desk/"' in client.get("/help/").content.decode()
    layla.is_staff = True
    layla.save()
    client.force_login(layla, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get("/help/?lang=en").content.decode()
    assert 'href="/desk/"' in text
    assert '<a href="/admin/">Curation</a>' in text
