"""Names that are one are merged: aliases kept, addresses led on, readings understood; and taken apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from archive.models import Act, Agency, Article, Author, FormerName, NameSuggestion, Outlet
from archive.services.acts import undo_act
from archive.services.articles import curate_article
from archive.services.merging import CannotMerge, keep_name, merge_names, remove_name
from archive.services.names import accept_suggestion, reject_suggestion
from tests.archive.builders import BODY, take_in
from tests.archive.states import curated_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_superuser("amina")


@pytest.fixture
def articles(archive_folder: Path, tmp_path: Path) -> list[Article]:
    """Four articles of two outlets; the third and the fourth are the same text."""
    records: list[dict[str, Any]] = [
        {"title": f"خبر {n}", "body": f"{BODY} {n}", "outlet": outlet, "author": author}
        for n, outlet, author in (
            (0, "الرواق", "ليلى الحاج"),
            (1, "صحيفة الرواق", "ليلى  الحاج سعيد"),
            (2, "الرواق", "ليلى الحاج"),
            (2, "صحيفة الرواق", "سعيد"),
        )
    ]
    return take_in(tmp_path / "in", *records)


def last() -> Act:
    return Act.objects.latest("pk")


def outlets() -> tuple[Outlet, Outlet]:
    return Outlet.objects.get(name="الرواق"), Outlet.objects.get(name="صحيفة الرواق")


def test_outlets_are_merged_and_taken_apart_again(
    articles: list[Article], curator: User, client: Client
) -> None:
    first, (riwaq, other) = curated_state(), outlets()
    assert Article.objects.shown().count() == 4
    assert merge_names(into=riwaq, others=[other], curator=curator) == 2
    assert Article.objects.filter(outlet=riwaq).count() == 4
    assert Article.objects.shown().count() == 3, "the same text of one outlet is shown once"
    assert Outlet.objects.get().aliases == ["صحيفة الرواق"]
    answer = client.get(f"/outlets/{other.slug}/?lang=en")
    assert (answer.status_code, answer["Location"]) == (301, f"/outlets/{riwaq.slug}/?lang=en")
    undone = undo_act(act=last(), curator=curator)
    assert undone.refused == ()
    assert curated_state() == first
    assert client.get(f"/outlets/{other.slug}/").status_code == 200


def test_names_that_were_merged_are_read_as_what_they_are_now(
    articles: list[Article], curator: User, tmp_path: Path
) -> None:
    riwaq, other = outlets()
    merge_names(into=riwaq, others=[other], curator=curator)
    laila, said = Author.objects.get(name="ليلى الحاج"), Author.objects.get(name="ليلى الحاج سعيد")
    merge_names(into=said, others=[laila], curator=curator)
    before = curated_state()
    call_command("reread", "all", verbosity=0)
    after = curated_state()
    assert [row["outlet_id"] for row in after["Article"]] == [row["outlet_id"] for row in before["Article"]]
    assert (after["authors"], after["Author"]) == (before["authors"], before["Author"])
    take_in(tmp_path / "in", {"title": "آخر", "outlet": "صحيفة الرواق", "author": "ليلى الحاج"})
    new = Article.objects.latest("pk")
    assert (new.outlet, list(new.authors.all())) == (riwaq, [said])


def test_name_merged_twice_leads_to_the_last(articles: list[Article], curator: User, client: Client) -> None:
    riwaq, other = outlets()
    third = keep_name(named=Outlet(slug="third", name="جريدة الرواق"), curator=curator)
    first = curated_state()
    merge_names(into=other, others=[riwaq], curator=curator)
    merge_names(into=third, others=[other], curator=curator)
    for slug in (riwaq.slug, other.slug):
        assert client.get(f"/outlets/{slug}/")["Location"] == "/outlets/third/"
    for act in Act.objects.filter(kind="merge_names").order_by("-pk"):
        assert undo_act(act=act, curator=curator).refused == ()
    assert curated_state() == first


def test_article_that_got_another_outlet_since_keeps_it(articles: list[Article], curator: User) -> None:
    riwaq, other = outlets()
    merge_names(into=riwaq, others=[other], curator=curator)
    act = last()
    third = Outlet(slug="third", name="جريدة أخرى")
    keep_name(named=third, curator=curator)
    moved = Article.objects.get(pk=articles[1].pk)
    moved.outlet = third
    curate_article(article=moved, fields=["outlet"], curator=curator)
    undone = undo_act(act=act, curator=curator)
    assert [(refusal.uid, refusal.field) for refusal in undone.refused] == [(moved.uid, "outlet")]
    assert Article.objects.get(pk=moved.pk).outlet == third
    assert Article.objects.get(pk=articles[3].pk).outlet == other


def test_correction_before_a_merge_cannot_bring_back_the_name_that_is_no_more(
    articles: list[Article], curator: User
) -> None:
    riwaq, other = outlets()
    article = Article.objects.get(pk=articles[1].pk)
    article.outlet = riwaq
    curate_article(article=article, fields=["outlet"], curator=curator)
    act = last()
    merge_names(into=riwaq, others=[other], curator=curator)
    (refusal,) = undo_act(act=act, curator=curator).refused
    assert "merged" in refusal.reason or "دُمج" in refusal.reason


def test_agencies_and_authors_are_merged(articles: list[Article], curator: User, client: Client) -> None:
    shira, other = (Agency.objects.create(slug=slug, name=slug) for slug in ("shira", "other"))
    articles[0].agencies.set([shira, other])
    articles[1].agencies.set([other])
    first = curated_state()
    assert merge_names(into=shira, others=[other], curator=curator) == 2
    assert [list(article.agencies.all()) for article in articles[:2]] == [[shira], [shira]]
    assert client.get("/agencies/other/")["Location"] == "/agencies/shira/"
    laila, said = Author.objects.get(name="ليلى الحاج"), Author.objects.get(name="ليلى الحاج سعيد")
    merge_names(into=said, others=[laila], curator=curator)
    assert client.get("/authors/ليلى الحاج/").status_code == 301
    for act in Act.objects.filter(kind="merge_names").order_by("-pk"):
        undo_act(act=act, curator=curator)
    assert curated_state() == first


@pytest.mark.parametrize("wrong", ["itself", "another kind", "nothing"])
def test_what_cannot_be_merged_is_refused(articles: list[Article], curator: User, wrong: str) -> None:
    riwaq, _other = outlets()
    others: dict[str, list[Any]] = {
        "itself": [riwaq],
        "another kind": [Author.objects.first()],
        "nothing": [],
    }
    with pytest.raises(CannotMerge):
        merge_names(into=riwaq, others=others[wrong], curator=curator)


def test_name_is_corrected_made_and_removed(articles: list[Article], curator: User) -> None:
    first, (riwaq, _other) = curated_state(), outlets()
    riwaq.name_latin, riwaq.aliases = "al-Riwaq", ["رواق"]
    keep_name(named=riwaq, curator=curator)
    new = keep_name(named=Agency(slug="shira", name="وكالة الشراع"), curator=curator)
    remove_name(named=new, curator=curator)
    with pytest.raises(CannotMerge):
        remove_name(named=riwaq, curator=curator)
    assert list(Act.objects.values_list("kind", flat=True)) == ["name"] * 3
    for act in Act.objects.order_by("-pk"):
        assert undo_act(act=act, curator=curator).refused == ()
    assert curated_state() == first


def test_alias_that_came_later_stays_when_a_merge_is_taken_back(
    articles: list[Article], curator: User
) -> None:
    riwaq, other = outlets()
    merge_names(into=riwaq, others=[other], curator=curator)
    act = last()
    riwaq.refresh_from_db()
    riwaq.aliases = [*riwaq.aliases, "رواق"]
    keep_name(named=riwaq, curator=curator)
    assert undo_act(act=act, curator=curator).refused == ()
    riwaq.refresh_from_db()
    assert riwaq.aliases == ["رواق"]


def test_decision_on_a_suggested_name_is_taken_back(
    archive_folder: Path, tmp_path: Path, curator: User
) -> None:
    take_in(tmp_path / "in", {"outlet": "اسم مجهول"}, {"outlet": "اسم آخر"}, new_outlets=False)
    first = curated_state()
    known, unknown = NameSuggestion.objects.order_by("name")
    assert accept_suggestion(suggestion=unknown, curator=curator) == 1
    reject_suggestion(suggestion=known, curator=curator)
    assert not FormerName.objects.exists()
    for act in Act.objects.order_by("-pk"):
        assert undo_act(act=act, curator=curator).refused == ()
    assert curated_state() == first


def test_outlet_that_something_bears_since_stays(archive_folder: Path, tmp_path: Path, curator: User) -> None:
    take_in(tmp_path / "in", {"outlet": "اسم مجهول"}, new_outlets=False)
    accept_suggestion(suggestion=NameSuggestion.objects.get(), curator=curator)
    act = last()
    take_in(tmp_path / "in", {"outlet": "اسم مجهول", "title": "آخر"}, new_outlets=False)
    (refusal,) = undo_act(act=act, curator=curator).refused
    assert refusal.title == "اسم مجهول"
    assert Outlet.objects.get().articles.count() == 1
