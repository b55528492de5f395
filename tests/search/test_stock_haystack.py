"""Haystack's own commands never harm the index, and its query sets say what they say on any engine."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from haystack.query import SQ, SearchQuerySet

from archive.models import Article
from archive.services.changes import note_changes
from search.engine import engine
from search.service import index_state
from tests.search.library import Collection, uids


@pytest.fixture
def held(collection: Collection) -> dict[str, Article]:
    """Four articles, indexed."""
    articles = {
        "oil": collection.add("سعر النفط اليوم", title="أسواق", outlet="okaz", published="2015-11-21"),
        "gas": collection.add("سعر الغاز اليوم", title="النفط", outlet="al-riyadh", published="2014-01-02"),
        "war": collection.add("الحرب في اليمن", outlet="okaz", agencies=("spa",), authors=("سعيد القحطاني",)),
        "year": collection.add("حصاد العام", section="اقتصاد", published="2015"),
    }
    collection.ready()
    return articles


@pytest.mark.parametrize("command", ["clear_index", "rebuild_index"])
def test_commands_that_would_empty_the_index_refuse_and_name_the_right_one(
    held: dict[str, Article], command: str
) -> None:
    before = engine().state()
    with pytest.raises(CommandError, match=r"`manage\.py index --rebuild`") as said:
        call_command(command, interactive=False, verbosity=0)
    assert said.value.returncode == 1
    assert engine().state() == before
    assert len(uids("")) == 4


@pytest.mark.parametrize(
    "options", [{}, {"remove": True}, {"age": 24}, {"batchsize": 1, "remove": True}], ids=str
)
def test_update_index_brings_the_index_up_to_date_and_takes_nothing_out(
    held: dict[str, Article], options: dict[str, Any]
) -> None:
    held["oil"].body = "سعر الذهب اليوم"
    held["oil"].save()
    note_changes(uids=[held["oil"].uid])
    call_command("update_index", verbosity=0, **options)
    assert uids("الذهب") == {held["oil"].uid}
    assert len(uids("")) == 4
    call_command("index", verbosity=0)
    assert index_state().remedy == ""


def test_update_index_takes_out_what_readers_may_no_longer_see(held: dict[str, Article]) -> None:
    Article.objects.filter(pk=held["war"].pk).update(status=Article.Status.WITHDRAWN)
    call_command("update_index", verbosity=0, remove=True)
    assert held["war"].uid not in engine().uids()


def test_update_index_builds_a_missing_index(collection: Collection) -> None:
    one = collection.add("نفط")
    call_command("update_index", verbosity=0)
    assert engine().uids() == {one.uid}


BASICS = [
    pytest.param(lambda q: q.all(), "oil gas war year", id="all"),
    pytest.param(lambda q: q.none(), "", id="none"),
    pytest.param(lambda q: q.filter(content="النفط").filter(content="اليوم"), "oil gas", id="two filters"),
    pytest.param(lambda q: q.filter(content="النفط اليوم"), "oil gas", id="two words"),
    pytest.param(lambda q: q.filter(content="سعر").exclude(outlet="okaz"), "gas", id="exclude"),
    pytest.param(
        lambda q: q.filter_or(content="الحرب").filter_or(content="حصاد"), "war year", id="filter_or"
    ),
    pytest.param(lambda q: q.filter(content="الحرب") | q.filter(content="حصاد"), "war year", id="pipe"),
    pytest.param(lambda q: q.filter(content="سعر") & q.filter(outlet="okaz"), "oil", id="ampersand"),
    pytest.param(lambda q: q.filter(~SQ(content="سعر")), "war year", id="not"),
    pytest.param(lambda q: q.filter(content__exact="سعر النفط"), "oil", id="exact"),
    pytest.param(lambda q: q.filter(content__startswith="النف"), "oil gas", id="startswith"),
    pytest.param(lambda q: q.filter(content__in=["الحرب", "الغاز"]), "gas war", id="in"),
    pytest.param(lambda q: q.filter(title__exact="النفط"), "gas", id="title"),
    pytest.param(lambda q: q.filter(agencies="spa"), "war", id="agency"),
    pytest.param(lambda q: q.filter(authors="القحطاني"), "war", id="author"),
    pytest.param(lambda q: q.filter(section="اقتصاد"), "year", id="section"),
    pytest.param(lambda q: q.filter(published__lte=datetime.date(2014, 12, 31)), "gas", id="until"),
    pytest.param(
        lambda q: q.filter(published__range=[datetime.date(2015, 1, 1), datetime.date(2015, 12, 31)]),
        "oil year",
        id="range",
    ),
    pytest.param(lambda q: q.filter(published=datetime.date(2015, 11, 21)), "oil", id="day"),
    pytest.param(lambda q: q.auto_query("سعر -الغاز"), "oil", id="auto_query"),
    pytest.param(lambda q: q.models(Article).filter(content="سعر"), "oil gas", id="models"),
    pytest.param(lambda q: q.load_all().filter(content="سعر"), "oil gas", id="load_all"),
]


@pytest.mark.parametrize(("asked", "names"), BASICS)
def test_query_sets_find_count_slice_and_repeat(held: dict[str, Article], asked: Any, names: str) -> None:
    wanted = {held[name].pk for name in names.split()}
    found = asked(SearchQuerySet())
    assert found.count() == len(found) == len(wanted)
    assert {int(result.pk) for result in found} == wanted
    assert {int(result.pk) for result in found[:1]} <= wanted
    assert [result.pk for result in found[:2]] + [result.pk for result in found[2:4]] == [
        result.pk for result in asked(SearchQuerySet())
    ]
    assert bool(asked(SearchQuerySet()).count()) == bool(names)


def test_query_sets_give_values_objects_and_scores(held: dict[str, Article]) -> None:
    found = SearchQuerySet().filter(content="سعر").order_by("published")
    assert list(found.values_list("uid", flat=True)) == [held["gas"].uid, held["oil"].uid]
    assert [result.object for result in found.load_all()] == [held["gas"], held["oil"]]
    assert all(result.model_name == "article" and result.score >= 0 for result in found)
    assert SearchQuerySet().filter(content="الحرب").best_match().object == held["war"]
    assert SearchQuerySet().order_by("-published")[0].object == held["oil"]


def test_query_sets_count_by_field_and_month(held: dict[str, Article]) -> None:
    first, last = datetime.date(2014, 1, 1), datetime.date(2016, 1, 1)
    counted = SearchQuerySet().facet("outlet").date_facet("published", first, last, "month").facet_counts()
    assert dict(counted["fields"]["outlet"])["okaz"] == 2
    months = {month.date(): count for month, count in counted["dates"]["published"]}
    assert months[datetime.date(2015, 11, 1)] == 1
