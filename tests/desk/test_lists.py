"""Named lists: what their owner can do with them, and that nobody else can."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from archive.models import Article
from search.desk import lists
from search.models import ArticleList
from search.views_export import TAKEN_FORMS
from tests.pages.making import MakeArticle, article_maker

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles(make_article: MakeArticle) -> list[Article]:
    return [make_article(title=f"خبر {number}") for number in range(4)]


@pytest.fixture
def chosen(layla: User, articles: list[Article]) -> ArticleList:
    """A list of three of the four articles."""
    made = ArticleList.objects.create(owner=layla, name="سدود")
    lists.add_articles(chosen=made, uids=[article.uid for article in articles[:3]])
    return made


def order(chosen: ArticleList) -> list[str]:
    assert [entry.place for entry in lists.entries_of(chosen)] == [*range(1, chosen.entries.count() + 1)]
    return [entry.article.title[-1] for entry in lists.entries_of(chosen)]


def entry_of(chosen: ArticleList, title: str) -> int:
    return chosen.entries.get(article__title__endswith=title).pk


def test_an_article_starts_a_new_list(reader: Client, articles: list[Article]) -> None:
    page = reader.get("/desk/lists/add/", {"uid": articles[0].uid})
    assert articles[0].title in page.content.decode()
    answer = reader.post(
        "/desk/lists/add/", {"uids": articles[0].uid, "name": "  سدود   ومياه "}, follow=True
    )
    assert answer.status_code == 200
    assert order(ArticleList.objects.get(name="سدود ومياه")) == ["0"]


def test_articles_join_a_list_once(reader: Client, chosen: ArticleList, articles: list[Article]) -> None:
    uids = " ".join(article.uid for article in articles)
    reader.post("/desk/lists/add/", {"uids": f"{uids} nosuch", "chosen": chosen.pk})
    assert order(chosen) == ["0", "1", "2", "3"]
    text = reader.get(f"/desk/lists/{chosen.pk}/?lang=en").content.decode()
    assert "1 article was added. 3 were in the list already. 1 is not in this archive." in text


@pytest.mark.parametrize(
    "given_",
    [
        pytest.param({"name": ""}, id="no name"),
        pytest.param({"name": "سدود"}, id="a name that is used"),
        pytest.param({"name": "x" * 121}, id="too long a name"),
        pytest.param({"chosen": "999"}, id="no such list"),
        pytest.param({"uids": "<b>", "name": "جديدة"}, id="no article"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_lost(
    reader: Client, chosen: ArticleList, articles: list[Article], given_: dict[str, str]
) -> None:
    answer = reader.post("/desk/lists/add/", {"uids": articles[3].uid, **given_})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert 'class="mistake"' in text
    assert given_.get("uids", articles[3].uid).strip("<>") in text
    assert ArticleList.objects.count() == 1


def test_marks_of_the_browser_become_a_list_and_are_said_to_have_moved(
    reader: Client, articles: list[Article]
) -> None:
    uids = " ".join(article.uid for article in articles)
    answer = reader.post("/desk/lists/add/", {"marks-uids": uids, "marks-name": "منقولة"}, follow=True)
    assert f'data-moved="{uids}"' in answer.content.decode()
    again = reader.get(answer.redirect_chain[-1][0]).content.decode()
    assert "data-moved" not in again


def test_a_list_has_room_for_so_many(
    chosen: ArticleList, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = [make_article().uid, make_article().uid]
    monkeypatch.setattr("search.desk.lists.MOST_MARKS", 4)
    added = lists.add_articles(chosen=chosen, uids=new)
    assert (added.new, added.no_room, added.whole) == (1, 1, False)


@pytest.mark.parametrize(
    ("button", "title", "after"),
    [
        ("up", "2", ["0", "2", "1"]),
        ("up", "0", ["0", "1", "2"]),
        ("down", "0", ["1", "0", "2"]),
        ("down", "2", ["0", "1", "2"]),
        ("remove", "1", ["0", "2"]),
    ],
)
def test_buttons_change_the_order(
    reader: Client, chosen: ArticleList, button: str, title: str, after: list[str]
) -> None:
    reader.post(f"/desk/lists/{chosen.pk}/change/", {button: entry_of(chosen, title)})
    assert order(chosen) == after


def test_notes_are_saved_with_any_button(reader: Client, chosen: ArticleList) -> None:
    entry = entry_of(chosen, "1")
    reader.post(f"/desk/lists/{chosen.pk}/change/", {f"note-{entry}": " يقارن\r\nبغيره ", "up": entry})
    assert chosen.entries.get(pk=entry).note == "يقارن\nبغيره"
    assert "يقارن" in reader.get(f"/desk/lists/{chosen.pk}/").content.decode()


def test_what_was_taken_out_comes_back_with_place_and_note(reader: Client, chosen: ArticleList) -> None:
    entry = entry_of(chosen, "1")
    data = {f"note-{entry}": "مهمّ", "remove": entry}
    answer = reader.post(f"/desk/lists/{chosen.pk}/change/", data, follow=True)
    assert "put-back" in answer.content.decode()
    reader.post(f"/desk/lists/{chosen.pk}/put-back/")
    assert order(chosen) == ["0", "1", "2"]
    assert chosen.entries.get(place=2).note == "مهمّ"
    assert "put-back" not in reader.get(f"/desk/lists/{chosen.pk}/").content.decode()


def test_list_is_renamed_but_not_to_the_name_of_another(
    reader: Client, layla: User, chosen: ArticleList
) -> None:
    ArticleList.objects.create(owner=layla, name="أخرى")
    assert reader.post(f"/desk/lists/{chosen.pk}/rename/", {"name": "أخرى"}).status_code == 400
    assert reader.post(f"/desk/lists/{chosen.pk}/rename/", {"name": "سدود"}).status_code == 302
    reader.post(f"/desk/lists/{chosen.pk}/rename/", {"name": "مياه"})
    chosen.refresh_from_db()
    assert chosen.name == "مياه"


def test_list_is_deleted_only_after_a_question(reader: Client, chosen: ArticleList) -> None:
    assert reader.get(f"/desk/lists/{chosen.pk}/delete/").status_code == 200
    assert ArticleList.objects.exists()
    reader.post(f"/desk/lists/{chosen.pk}/delete/")
    assert not ArticleList.objects.exists()


PATHS = ["", "change/", "put-back/", "rename/", "delete/"]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", PATHS)
def test_list_of_another_reader_is_not_there(
    stranger: Client, chosen: ArticleList, path: str, method: str
) -> None:
    answer = getattr(stranger, method)(
        f"/desk/lists/{chosen.pk}/{path}", {"name": "x"} if method == "post" else {}
    )
    assert answer.status_code in (404, 405)
    chosen.refresh_from_db()
    assert chosen.name == "سدود"


def test_files_and_adding_of_another_readers_list_are_not_there(
    stranger: Client, chosen: ArticleList, articles: list[Article]
) -> None:
    assert stranger.get(f"/desk/lists/{chosen.pk}.csv").status_code == 404
    refused = stranger.post("/desk/lists/add/", {"uids": articles[3].uid, "chosen": chosen.pk})
    assert refused.status_code == 400
    assert "سدود" not in refused.content.decode()
    assert len(order(chosen)) == 3


@pytest.mark.parametrize(
    "path", ["desk/lists/add/", "desk/lists/1/", "desk/searches/save/", "desk/account.json"]
)
def test_without_an_account_one_is_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.headers["Location"] == f"/login/?next=/{path}"


@pytest.mark.parametrize("form", TAKEN_FORMS)
def test_list_is_taken_away_in_every_format(reader: Client, chosen: ArticleList, form: str) -> None:
    answer = reader.get(f"/desk/lists/{chosen.pk}.{form}")
    assert answer.status_code == 200
    assert answer.getvalue()


def test_file_of_a_list_keeps_its_order_and_says_its_name(reader: Client, chosen: ArticleList) -> None:
    lists.move(chosen=chosen, entry=entry_of(chosen, "2"), to=1)
    answer = reader.get(f"/desk/lists/{chosen.pk}.csv")
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["title"][-1] for row in rows] == ["2", "0", "1"]
    assert {row["search"] for row in rows} == {"سدود"}
    assert "sdwd" in answer.headers["Content-Disposition"]


def _pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


NOTE = "انظر {الصفحة} 3:\nسدّ & ميناء"
ON_ONE_LINE = "انظر {الصفحة} 3: سدّ & ميناء"
NOTED: dict[str, Callable[[bytes], list[str]]] = {
    "csv": lambda content: [row["note"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))],
    "jsonl": lambda content: [json.loads(line)["note"] or "" for line in content.decode().splitlines()],
    "ris": lambda content: ["".join(entry.get("notes", [])) for entry in rispy.loads(content.decode())],
    "csl.json": lambda content: [item.get("annote", "") for item in json.loads(content)],
    "zip": lambda content: NOTED["csv"](zipfile.ZipFile(io.BytesIO(content)).read("index.csv")),
    "bib": lambda content: [
        entry.fields_dict["annote"].value if "annote" in entry.fields_dict else ""
        for entry in parse_string(content.decode()).entries
    ],
}


@pytest.mark.parametrize("form", NOTED)
def test_notes_of_a_list_stand_beside_their_articles(reader: Client, chosen: ArticleList, form: str) -> None:
    lists.save_notes(chosen=chosen, notes={entry_of(chosen, "1"): NOTE})
    notes = NOTED[form](reader.get(f"/desk/lists/{chosen.pk}.{form}").getvalue())
    written = {
        "bib": r"انظر \{الصفحة\} 3: سدّ \& ميناء",
        "ris": ON_ONE_LINE,
    }.get(form, NOTE)
    assert [note.replace("\r\n", "\n") for note in notes] == ["", written, ""]


def test_notes_of_a_list_are_printed_behind_their_articles(reader: Client, chosen: ArticleList) -> None:
    lists.save_notes(chosen=chosen, notes={entry_of(chosen, "1"): NOTE})
    text = _pdf_text(reader.get(f"/desk/lists/{chosen.pk}.pdf").getvalue())
    assert text.index("[ملاحظة القارئ]") < text.index("انظر {الصفحة} 3:") < text.index("سدّ & ميناء")


def test_other_sets_have_no_notes(reader: Client, chosen: ArticleList, articles: list[Article]) -> None:
    lists.save_notes(chosen=chosen, notes={entry_of(chosen, "1"): NOTE})
    marked = reader.post("/desk/marked.csv", {"uids": articles[1].uid}).getvalue().decode()
    assert "note" not in marked.splitlines()[0].split(",")
    assert "الصفحة" not in marked


def test_notes_on_one_text_that_came_twice_stand_together(reader: Client, chosen: ArticleList) -> None:
    first, second, _third = chosen.entries.order_by("place")
    lists.save_notes(chosen=chosen, notes={first.pk: "هذا", second.pk: "وذاك"})
    Article.objects.filter(pk=second.article_id).update(same_as=first.article_id)
    text = reader.get(f"/desk/lists/{chosen.pk}.jsonl").getvalue().decode()
    assert [json.loads(line)["note"] for line in text.splitlines()] == ["هذا\nوذاك", None]


def test_withdrawn_article_of_a_list_is_said_to_be_and_no_more(
    reader: Client, chosen: ArticleList, articles: list[Article]
) -> None:
    Article.objects.filter(pk=articles[1].pk).update(status=Article.Status.WITHDRAWN)
    text = reader.get(f"/desk/lists/{chosen.pk}/").content.decode()
    assert articles[1].title not in text
    assert articles[1].uid in text


def test_account_is_taken_away_with_its_notes(reader: Client, stranger: Client, chosen: ArticleList) -> None:
    lists.save_notes(chosen=chosen, notes={entry_of(chosen, "0"): "ملاحظة"})
    kept = json.loads(reader.get("/desk/account.json").content)
    assert [one["note"] for one in kept["lists"][0]["articles"]] == ["ملاحظة", "", ""]
    assert json.loads(stranger.get("/desk/account.json").content)["lists"] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_of_a_desk_asks_more_than_a_dozen_times(
    reader: Client,
    layla: User,
    make_article: MakeArticle,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    language: str,
) -> None:
    for number in range(12):
        made = ArticleList.objects.create(owner=layla, name=f"قائمة {number}")
        uids = [make_article(agencies=("وكالة",), authors=("سعيد",)).uid for _ in range(3)]
        lists.add_articles(chosen=made, uids=uids)
    pages = [
        "/desk/",
        f"/desk/lists/{made.pk}/",
        f"/desk/lists/add/?uid={uids[0]}",
        f"/desk/lists/{made.pk}/delete/",
    ]
    pages += [f"/articles/{uids[0]}/", "/password/"]
    for address in pages:
        with django_assert_max_num_queries(12):
            answer = reader.get(address, {"lang": language} if "?" not in address else {})
        assert answer.status_code == 200
        assert not re.search(r"style=|<script>|onclick", answer.content.decode())


class OrderOfAList(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 9)), max_size=8))
    def test_moving_never_loses_an_article_nor_its_number(self, moves: list[tuple[int, int]]) -> None:
        owner = User.objects.create_user("mover")
        made, make = ArticleList.objects.create(owner=owner, name="x"), article_maker()
        lists.add_articles(chosen=made, uids=[make().uid for _ in range(5)])
        expected = [entry.pk for entry in lists.entries_of(made)]
        for which, to in moves:
            entry = sorted(expected)[which]
            lists.move(chosen=made, entry=entry, to=to)
            expected.remove(entry)
            expected.insert(min(max(to, 1), 5) - 1, entry)
        assert [entry.pk for entry in lists.entries_of(made)] == expected
        assert [entry.place for entry in lists.entries_of(made)] == [1, 2, 3, 4, 5]
