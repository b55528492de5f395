"""Names that a curator decides on: suggestions, files of names, and what articles are then linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from archive.models import Agency, Article, ArticleChange, NameSuggestion, Outlet
from archive.selectors.names import archive_knowledge
from archive.services.articles import curate_article
from archive.services.name_files import NamesUnreadable, load_names
from archive.services.names import WrongTarget, accept_suggestion, reject_suggestion
from archive.services.slugs import slug_for
from tests.archive.builders import take_in

UNKNOWN = "صحيفة لا يعرفها أحد"


@pytest.fixture
def articles(archive_folder: Path, tmp_path: Path) -> list[Article]:
    records: list[dict[str, Any]] = [
        {"outlet": UNKNOWN, "agency": "وكالة لا يعرفها أحد"},
        {"outlet": UNKNOWN},
        {},
    ]
    return take_in(tmp_path / "in", *records, new_outlets=False)


def suggestion(kind: str) -> NameSuggestion:
    return NameSuggestion.objects.get(kind=kind)


def test_unknown_names_are_suggested_once(articles: list[Article]) -> None:
    assert {article.outlet for article in articles} == {None}
    assert suggestion("outlet").name == UNKNOWN
    assert suggestion("outlet").status == NameSuggestion.Status.OPEN


def test_accepted_name_links_the_articles_read_so(articles: list[Article]) -> None:
    ArticleChange.objects.all().delete()
    outlet = Outlet.objects.create(slug="known", name="صحيفة معروفة")
    assert accept_suggestion(suggestion=suggestion("outlet"), target=outlet) == 2
    assert list(outlet.articles.order_by("pk")) == articles[:2]
    assert ArticleChange.objects.count() == 2
    assert outlet.aliases == [UNKNOWN]
    assert suggestion("outlet").status == NameSuggestion.Status.ACCEPTED


def test_accepted_name_is_known_from_then_on(articles: list[Article], tmp_path: Path) -> None:
    accept_suggestion(suggestion=suggestion("outlet"))
    more = take_in(tmp_path / "in", {"outlet": UNKNOWN, "title": "خبر جديد"}, new_outlets=False)
    assert more[-1].outlet == Outlet.objects.get(name=UNKNOWN)


def test_accepted_agency_links_too(articles: list[Article]) -> None:
    assert accept_suggestion(suggestion=suggestion("agency")) == 1
    assert list(articles[0].agencies.all()) == [Agency.objects.get()]


def test_outlet_that_a_curator_has_set_stays(articles: list[Article]) -> None:
    articles[0].outlet = None
    curator = User.objects.create_user("curator")
    curate_article(article=articles[0], fields=["outlet"], curator=curator)
    assert accept_suggestion(suggestion=suggestion("outlet")) == 1
    articles[0].refresh_from_db()
    assert articles[0].outlet is None


def test_rejected_name_stays_rejected(articles: list[Article], tmp_path: Path) -> None:
    reject_suggestion(suggestion=suggestion("outlet"))
    take_in(tmp_path / "in", {"outlet": UNKNOWN, "title": "آخر"}, new_outlets=False)
    assert suggestion("outlet").status == NameSuggestion.Status.REJECTED


def test_agency_cannot_be_an_outlet(articles: list[Article]) -> None:
    agency = Agency.objects.create(slug="agency", name="وكالة")
    with pytest.raises(WrongTarget):
        accept_suggestion(suggestion=suggestion("outlet"), target=agency)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("الشرق الأوسط", "alshrq-alawst"), ("Al-Quds 24", "al-quds-24"), ("إيلاف", "aylaf"), ("★", "name-")],
)
def test_slug_comes_from_the_name(name: str, slug: str) -> None:
    assert slug_for(name).startswith(slug)


NAMES = """
[[outlet]]
slug = "difaf"
name = "صحيفة الضفاف"
name_latin = "Difaf"
aliases = ["الضفاف", "صحيفة لا يعرفها أحد"]

[[agency]]
slug = "nabaa"
name = "وكالة النبأ"
"""


@pytest.fixture
def names_file(tmp_path: Path) -> Path:
    path = tmp_path / "names.toml"
    path.write_text(NAMES, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_file_of_names_is_loaded_once(names_file: Path) -> None:
    assert load_names(path=names_file) == {"new": 2, "changed": 0, "unchanged": 0}
    assert load_names(path=names_file) == {"new": 0, "changed": 0, "unchanged": 2}
    outlet = Outlet.objects.get()
    assert (outlet.slug, outlet.name_latin, outlet.aliases[0]) == ("difaf", "Difaf", "الضفاف")
    assert "nabaa" in {known.slug for known in archive_knowledge().agencies}


@pytest.mark.django_db
def test_loading_adds_aliases_and_never_takes_one_away(names_file: Path) -> None:
    Outlet.objects.create(slug="difaf", name="صحيفة الضفاف", aliases=["ضفاف اليوم"])
    assert load_names(path=names_file)["changed"] == 1
    assert Outlet.objects.get().aliases == ["ضفاف اليوم", "الضفاف", "صحيفة لا يعرفها أحد"]


def test_suggestion_that_a_file_explains_is_accepted(articles: list[Article], names_file: Path) -> None:
    load_names(path=names_file)
    assert Outlet.objects.get().articles.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[[outlet", "is no TOML file", id="no TOML"),
        pytest.param("[[paper]]\nslug='a'", r"write \[\[outlet\]\] and", id="unknown table"),
        pytest.param("[outlet]\nslug='a'", "with two brackets", id="single table"),
        pytest.param("[[outlet]]\nslug='a'", "outlet number 1: name is missing", id="no name"),
        pytest.param("[[outlet]]\nslug='a'\nname='x'\nalias=[]", "unknown alias", id="unknown key"),
        pytest.param("[[outlet]]\nslug='a'\nname='x'\naliases='y'", "aliases is a list", id="alias text"),
        pytest.param("[[outlet]]\nslug='a b'\nname='x'", "outlet a b: slug", id="bad slug"),
        pytest.param(
            "[[outlet]]\nslug='a'\nname='x'\n[[outlet]]\nslug='b'\nname='x'",
            "outlet b: name",
            id="name twice",
        ),
    ],
)
def test_bad_file_of_names_says_where_and_changes_nothing(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NamesUnreadable, match=said):
        load_names(path=path)
    assert not Outlet.objects.exists()


@pytest.mark.django_db
def test_command_says_which_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_names", str(tmp_path / "none.toml"))
