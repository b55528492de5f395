"""Names that were merged: addresses and queries that say the old one mean the new one, on either engine."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from archive.models import Act, Agency, Author, FormerName, Outlet
from archive.selectors.former import names_now
from archive.services.acts import undo_act
from archive.services.merging import merge_names
from search.desk.searches import request_of
from search.former import read_address
from tests.search.library import Collection, uids

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(collection: Collection) -> tuple[set[str], User]:
    """The articles of an outlet, an agency and an author, each of which was merged into another."""
    found = {
        collection.add(
            f"جاء في الخبر رقم {number}",
            title="خبر",
            outlet=outlet,
            agencies=(agency,),
            authors=(author,),
            published="2015-11-21",
        ).uid
        for number, (outlet, agency, author) in enumerate(
            [("riwaq", "spa", "سعاد الخطيب"), ("old-riwaq", "was", "سعاد محمود")]
        )
    }
    collection.add(
        "جاء في خبر آخر", outlet="other", agencies=("qna",), authors=("كريم",), published="2015-11-21"
    )
    curator = User.objects.create_user("amina")
    for model, key, into, other in (
        (Outlet, "slug", "riwaq", "old-riwaq"),
        (Agency, "slug", "spa", "was"),
        (Author, "name", "سعاد الخطيب", "سعاد محمود"),
    ):
        kept, gone = (model.objects.get(**{key: name}) for name in (into, other))
        merge_names(into=kept, others=[gone], curator=curator)
    collection.ready()
    return found, curator


NAMED = ("outlet=old-riwaq", "agency=was", "author=سعاد محمود")


@pytest.mark.parametrize("named", NAMED)
def test_addresses_that_name_what_was_merged_find_what_it_is_now(
    merged: tuple[set[str], User], client: Client, named: str
) -> None:
    found, _curator = merged
    page = client.get(f"/search/?q=خبر&{named}&lang=en")
    assert page.context["results"].total == 2
    assert "left out" not in page.content.decode()
    answer = client.get(f"/api/v1/search?{named}")
    assert {hit["uid"] for hit in answer.json()["results"]} == found
    lines = client.get(f"/search/export.jsonl?{named}").getvalue().decode().splitlines()
    assert {json.loads(line)["uid"] for line in lines} >= found
    assert len([line for line in lines if "uid" in json.loads(line)]) == 2
    feed = client.get(f"/feeds/search.atom?q=خبر&{named}").content.decode()
    assert feed.count("<entry>") == 2
    trends = client.get(f"/trends/?q=خبر&{named}&lang=en").content.decode()
    assert "left out" not in trends


@pytest.mark.parametrize("query", ["outlet:old-riwaq", "agency:was", 'author:"سعاد محمود"', "author:محمود"])
def test_queries_that_name_what_was_merged_find_what_it_is_now(
    merged: tuple[set[str], User], query: str
) -> None:
    assert uids(query) == merged[0]
    assert uids(f"خبر -{query}") == uids("خبر") - merged[0]


def test_kept_searches_lists_by_day_and_commands_mean_what_it_is_now(
    merged: tuple[set[str], User], client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert request_of("outlet=old-riwaq&agency=was").outlets == ("riwaq",)
    for page in ("2015/11/21/", "2015/", "latest/"):
        assert client.get(f"/browse/{page}?outlet=old-riwaq").status_code == 200
    call_command("search", "خبر", "--outlet", "old-riwaq", "--format", "json")
    assert json.loads(capsys.readouterr().out)["total"] == 2


def test_both_names_of_one_are_one(merged: tuple[set[str], User]) -> None:
    asked = read_address(QueryDict("outlet=old-riwaq&outlet=riwaq&outlet=other"))
    assert asked.request.outlets == ("riwaq", "other")


def test_after_a_merge_is_taken_back_each_name_means_itself(
    merged: tuple[set[str], User], collection: Collection
) -> None:
    for act in Act.objects.order_by("-pk"):
        assert undo_act(act=act, curator=merged[1]).refused == ()
    collection.ready()
    assert names_now(kind=FormerName.Kind.OUTLET) == {}
    assert [len(uids(query)) for query in ("outlet:old-riwaq", "agency:was", "author:محمود")] == [1, 1, 1]


def test_name_that_is_borne_again_means_its_new_bearer(merged: tuple[set[str], User]) -> None:
    Outlet.objects.create(slug="old-riwaq", name="جريدة جديدة")
    assert read_address(QueryDict("outlet=old-riwaq")).request.outlets == ("old-riwaq",)
