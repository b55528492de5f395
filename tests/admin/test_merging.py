"""Names on the desk: several made one, the address of the others leads there, and it is taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Act, Article, Author, Outlet
from search.roles import Role
from tests.admin.test_admin import articles as _articles
from tests.admin.test_taking_in import client_of

articles = _articles
pytestmark = pytest.mark.django_db
OUTLETS = reverse("admin:archive_outlet_changelist")


@pytest.fixture
def desk() -> Client:
    return client_of(Role.CURATOR)


def test_outlets_are_merged_into_the_one_that_is_chosen(desk: Client, articles: list[Article]) -> None:
    first = Outlet.objects.get()
    other = Outlet.objects.create(slug="rawaq", name="رواق الصحيفة")
    Article.objects.filter(pk=articles[0].pk).update(outlet=other)
    marked = {"action": "merge", "_selected_action": [str(first.pk), str(other.pk)], "index": "0"}
    page = desk.post(OUTLETS, marked).content.decode()
    assert "Which name stays?" in page
    assert Outlet.objects.count() == 2
    desk.post(OUTLETS, {**marked, "into": str(first.pk)})
    assert Outlet.objects.get() == first
    assert first.articles.count() == len(articles)
    assert "رواق الصحيفة" in Outlet.objects.get().aliases
    moved = Client().get("/outlets/rawaq/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/outlets/riwaq/")
    act = Act.objects.get()
    desk.post(reverse("admin:archive_act_undo", args=[act.pk]))
    assert Outlet.objects.get(slug="rawaq").articles.count() == 1


def test_one_name_alone_is_not_merged(desk: Client, articles: list[Article]) -> None:
    author = Author.objects.get()
    marked = {"action": "merge", "_selected_action": [str(author.pk)], "index": "0"}
    answer = desk.post(reverse("admin:archive_author_changelist"), marked, follow=True)
    assert "two at least" in answer.content.decode()


def test_correction_of_a_name_is_in_the_history(desk: Client, articles: list[Article]) -> None:
    outlet = Outlet.objects.get()
    changed = {"name": "الرواق الجديد", "name_latin": "", "aliases": "الرواق"}
    answer = desk.post(reverse("admin:archive_outlet_change", args=[outlet.pk]), changed)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert (Outlet.objects.get().name, Act.objects.get().kind) == ("الرواق الجديد", "name")


def test_name_that_articles_bear_is_not_deleted(articles: list[Article]) -> None:
    administrator = client_of(Role.ADMINISTRATOR)
    outlet, idle = Outlet.objects.get(), Outlet.objects.create(slug="idle", name="لا أحد")
    for one, status in ((outlet, 403), (idle, 302)):
        address = reverse("admin:archive_outlet_delete", args=[one.pk])
        assert administrator.post(address, {"post": "yes"}).status_code == status
    assert Outlet.objects.get() == outlet
