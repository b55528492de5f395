"""Many articles at once: from the list or from a whole search, shown before it is done, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from archive.admin.many_forms import ManyForm
from archive.models import Act, Article, Outlet
from archive.services.articles import locked_fields
from search.roles import Role
from search.service import matching_uids
from search.types import SearchRequest
from search.upkeep import flush
from tests.admin.test_taking_in import client_of
from tests.search_page.sample import load_sample

pytestmark = pytest.mark.django_db(transaction=True)
LIST = reverse("admin:archive_article_changelist")
FOUND = reverse("curation:change_found")


@pytest.fixture
def sample(tmp_path: Path, settings: Any) -> None:
    settings.ARSHIF_LOCK_DIR = tmp_path / "locks"
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}
    load_sample()
    flush()


@pytest.fixture
def desk() -> Client:
    return client_of(Role.CURATOR)


def confirm(desk: Client, address: str, **asked: Any) -> Any:
    """Ask for the preview and agree to it."""
    shown = desk.post(address, {**asked, "preview": "1"})
    assert shown.status_code == 200, shown.headers
    assert "mark" in (shown.context or {}), shown.content.decode()
    return desk.post(address, {**asked, "mark": shown.context["mark"], "confirm": "1"}, follow=True)


def marked(*articles: Article, action: str = "change_many") -> dict[str, Any]:
    return {"action": action, "_selected_action": [str(article.pk) for article in articles], "index": "0"}


@pytest.mark.usefixtures("sample")
def test_marked_articles_are_set_after_it_was_shown_what_changes(desk: Client) -> None:
    chosen = list(Article.objects.order_by("pk")[:3])
    form = desk.post(LIST, marked(*chosen)).content.decode()
    assert "3 articles" in form
    outlet = next(one for one in Outlet.objects.all() if one != chosen[0].outlet)
    asked = {
        **marked(*chosen),
        "outlet": outlet.slug,
        "section": "محليات",
        "date": "2014-03",
        "add_tags": "سدود، مياه",
    }
    preview = desk.post(LIST, {**asked, "preview": "1"})
    assert Act.objects.count() == 0
    assert outlet.name in preview.content.decode()
    done = confirm(desk, LIST, **asked)
    act = Act.objects.get()
    assert (act.kind, act.articles, act.note) == ("bulk", 3, "marked in the list")
    assert done.redirect_chain[-1][0] == reverse("admin:archive_act_change", args=[act.pk])
    for article in Article.objects.filter(uid__in=[one.uid for one in chosen]):
        assert (article.outlet, article.section, article.published_iso) == (outlet, "محليات", "2014-03")
        assert set(article.tags.values_list("name", flat=True)) == {"سدود", "مياه"}
        assert locked_fields(article=article) >= {"outlet", "section", "published"}


@pytest.mark.usefixtures("sample")
def test_all_that_the_list_shows_is_meant_where_that_is_said(desk: Client) -> None:
    outlet = Outlet.objects.filter(articles__isnull=False).first()
    assert outlet is not None
    number = outlet.articles.count()
    first = outlet.articles.all()[0]
    asked = {**marked(first), "select_across": "1", "section": "محليات"}
    confirm(desk, f"{LIST}?outlet_is={outlet.slug}", **asked)
    assert Article.objects.filter(section="محليات").count() == number


@pytest.mark.usefixtures("sample")
def test_whole_search_result_is_set_is_searchable_at_once_and_taken_back(desk: Client) -> None:
    found = matching_uids(SearchRequest("السد"))
    assert len(found) > 1
    page = desk.get("/search/", {"q": "السد"}).content.decode()
    address = f"{FOUND}?q=%D8%A7%D9%84%D8%B3%D8%AF"
    assert address in page
    before = {article.pk: article.section for article in Article.objects.all()}
    confirm(desk, address, section="مياه وسدود")
    assert set(Article.objects.filter(section="مياه وسدود").values_list("uid", flat=True)) == set(found)
    assert set(matching_uids(SearchRequest(sections=("مياه وسدود",)))) == set(found)
    act = Act.objects.get()
    assert "السد" in act.note
    undo = reverse("admin:archive_act_undo", args=[act.pk])
    assert "values go back" in desk.get(undo).content.decode()
    assert {article.pk: article.section for article in Article.objects.all()} != before
    desk.post(undo)
    assert {article.pk: article.section for article in Article.objects.all()} == before
    assert Act.objects.first().undoes == act  # type: ignore[union-attr]


@pytest.mark.usefixtures("sample")
def test_what_was_shown_and_not_what_is_found_since_is_agreed_to(desk: Client) -> None:
    address = f"{FOUND}?q=السد"
    shown = desk.post(address, {"section": "محليات", "preview": "1"})
    gone = Article.objects.get(uid=matching_uids(SearchRequest("السد"))[0])
    confirm(desk, LIST, **marked(gone, action="withdraw"), status="withdrawn", reason="طلب صاحبه")
    asked = {"section": "محليات", "mark": shown.context["mark"], "confirm": "1"}
    again = desk.post(address, asked)
    assert "look again" in again.content.decode()
    assert not Article.objects.filter(section="محليات").exists()


@pytest.mark.usefixtures("sample")
def test_many_are_withdrawn_only_with_a_reason(desk: Client) -> None:
    chosen = list(Article.objects.order_by("pk")[:2])
    asked = {**marked(*chosen, action="withdraw"), "status": "withdrawn"}
    assert (
        'value="withdrawn" selected' in desk.post(LIST, marked(*chosen, action="withdraw")).content.decode()
    )
    refused = desk.post(LIST, {**asked, "preview": "1"})
    assert "Say why" in refused.content.decode()
    confirm(desk, LIST, **asked, reason="بطلب من الكاتب")
    assert Act.objects.get().kind == "withdraw"
    for article in chosen:
        assert Client().get(f"/articles/{article.uid}/").status_code == 410


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        pytest.param({}, "Nothing is set", id="nothing"),
        pytest.param({"date": "2015-13"}, "Months run from 1 to 12", id="no month"),
        pytest.param({"section": "أ", "no_section": "on"}, "not both", id="section and none"),
        pytest.param(
            {"add_tags": "أ", "remove_tags": "أ، ب"}, "Added and taken away at once", id="tag twice"
        ),
        pytest.param({"add_tags": "أ" * 101}, "at most 100 characters", id="long tag"),
        pytest.param({"outlet": "no-such"}, "no-such", id="no outlet"),
    ],
)
def test_what_cannot_be_set_is_explained(asked: dict[str, str], says: str) -> None:
    with override("en"):
        form = ManyForm(asked)
        assert not form.is_valid()
        assert says in str(form.errors)


@pytest.mark.usefixtures("sample")
def test_search_with_a_mistake_in_its_address_changes_nothing(desk: Client) -> None:
    page = desk.post(f"{FOUND}?q=السد&outlet=no-such", {"section": "أ", "preview": "1"})
    assert page.status_code == 400
    assert "no-such" in page.content.decode()


@pytest.mark.usefixtures("sample")
def test_readers_see_no_way_to_change_what_they_found() -> None:
    reader = client_of(Role.READER)
    for client in (Client(), reader):
        assert FOUND not in client.get("/search/", {"q": "السد"}).content.decode()
        assert client.post(f"{FOUND}?q=السد", {"section": "أ", "confirm": "1"}).status_code in {302, 403}
    assert Act.objects.count() == 0


@pytest.mark.usefixtures("sample")
def test_any_field_is_set_back_to_any_value_it_had(desk: Client) -> None:
    article = Article.objects.order_by("pk")[0]
    first = article.section
    confirm(desk, LIST, **marked(article), section="محليات")
    confirm(desk, LIST, **marked(article), section="رياضة")
    history = reverse("admin:archive_article_history", args=[article.pk])
    page = desk.get(history)
    values = [f"{one['field']}:{one['was']}" for one in page.context["changes"] if one["field"] == "section"]
    assert all(f'value="{value}"' in page.content.decode() for value in values)
    desk.post(history, {"to": values[0]})
    assert Article.objects.get(pk=article.pk).section == "محليات"
    desk.post(history, {"to": values[-1]})
    assert Article.objects.get(pk=article.pk).section == first
    for wrong in ("section:0", "section:x", "nothing:1", ""):
        assert "messagelist" in desk.post(history, {"to": wrong}, follow=True).content.decode()
    assert Article.objects.get(pk=article.pk).section == first
    assert Act.objects.count() == 4


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_history_tells_from_what_to_what(desk: Client, language: str) -> None:
    article = Article.objects.order_by("pk")[0]
    confirm(desk, LIST, **marked(article), section="محليات")
    desk.cookies["lang"] = language
    for address in (
        reverse("admin:archive_act_changelist"),
        reverse("admin:archive_act_change", args=[Act.objects.get().pk]),
        reverse("admin:archive_article_history", args=[article.pk]),
        reverse("admin:archive_act_undo", args=[Act.objects.get().pk]),
    ):
        page = desk.get(address)
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()
    assert "محليات" in desk.get(reverse("admin:archive_article_history", args=[article.pk])).content.decode()
