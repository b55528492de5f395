"""Saved searches: what they ask again, what is new in them, and whose they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search.desk import searches
from search.desk.searches import MOST_SEARCHES
from search.models import SavedSearch
from tests.search.library import Collection

ASKED = "q=السد&outlet=okaz&page=3&size=50&sort=oldest"


def save(reader: Client, name: str = "السدود", asked: str = "q=السد") -> SavedSearch:
    assert reader.post("/desk/searches/save/", {"name": name, "asked": asked}).status_code == 302
    return SavedSearch.objects.get(name=name)


def text_of(reader: Client, address: str) -> str:
    return reader.get(f"{address}{'&' if '?' in address else '?'}lang=en").content.decode()


def test_search_is_saved_without_its_place_and_run_again(reader: Client, collection: Collection) -> None:
    collection.add("امتلأ السد", outlet="okaz")
    collection.ready()
    page = text_of(reader, "/search/?q=السد")
    assert "/desk/searches/save/?q=" in page
    kept = save(reader, asked=ASKED)
    assert "page=" not in kept.asked
    assert "size=" not in kept.asked
    desk = text_of(reader, "/desk/")
    assert f'href="/search/?{kept.asked.replace("&", "&amp;")}"' in desk
    assert "/feeds/search.atom?q=" in desk


def test_saved_search_says_what_it_is_narrowed_to(reader: Client, collection: Collection) -> None:
    collection.add("امتلأ السد", outlet="okaz")
    collection.ready()
    offered = text_of(reader, "/desk/searches/save/?q=السد&outlet=okaz")
    assert 'value="السد · Outlet: okaz"' in offered
    assert '<bdi dir="rtl">السد</bdi> · <bdi>Outlet: okaz</bdi>' in offered
    kept = save(reader, name="السدود", asked="q=السد&outlet=okaz")
    for address in ("/desk/", f"/desk/searches/{kept.pk}/"):
        assert ">Outlet: okaz</bdi>" in text_of(reader, address)
    kept.name = "السد · Outlet: okaz"
    kept.save()
    assert ">Outlet: okaz</bdi>" not in text_of(reader, "/desk/")


def test_new_articles_are_counted_until_they_were_seen(reader: Client, collection: Collection) -> None:
    collection.add("امتلأ السد", title="قديم", outlet="okaz")
    collection.ready()
    kept = save(reader)
    assert "nothing new" in text_of(reader, "/desk/")
    collection.add("فاض السد", title="جديد")
    collection.add("نتيجة المباراة", title="غيره")
    collection.ready()
    assert "1 new article<" in text_of(reader, "/desk/")
    page = text_of(reader, f"/desk/searches/{kept.pk}/")
    assert "جديد" in page
    assert "قديم" not in page
    assert "غيره" not in page
    new = searches.new_ones(kept)
    reader.post(f"/desk/searches/{kept.pk}/looked/", {"seen": new[0].pk})
    assert "nothing new" in text_of(reader, "/desk/")


def test_a_look_is_never_taken_back(reader: Client, collection: Collection) -> None:
    collection.add("امتلأ السد")
    collection.ready()
    kept = save(reader)
    for seen in ("0", "-5", "x", "9" * 30, "١"):
        reader.post(f"/desk/searches/{kept.pk}/looked/", {"seen": seen})
    assert searches.new_ones(SavedSearch.objects.get()) == []


def test_without_an_index_nothing_is_counted_and_that_is_said(
    reader: Client, collection: Collection, settings: LazySettings, tmp_path: Path
) -> None:
    collection.add("امتلأ السد")
    kept = save(reader)
    shutil.rmtree(tmp_path / "index", ignore_errors=True)
    for address in ("/desk/", f"/desk/searches/{kept.pk}/"):
        assert "cannot be counted at the moment" in text_of(reader, address)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        pytest.param("x", "", id="nothing asked"),
        pytest.param("x", "page=4", id="a page of nothing"),
        pytest.param("", "q=y", id="no name"),
        pytest.param("x" * 121, "q=y", id="too long a name"),
        pytest.param("السدود", "q=y", id="a name that is used"),
    ],
)
def test_what_cannot_be_saved_is_said(reader: Client, layla: User, name: str, asked: str) -> None:
    SavedSearch.objects.create(owner=layla, name="السدود", asked="q=z")
    answer = reader.post("/desk/searches/save/", {"name": name, "asked": asked})
    assert answer.status_code == 400
    assert 'class="mistake"' in answer.content.decode()
    assert SavedSearch.objects.count() == 1


def test_there_is_room_for_so_many(reader: Client, layla: User) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(owner=layla, name=str(number), asked="q=z") for number in range(MOST_SEARCHES)
    )
    assert reader.post("/desk/searches/save/", {"name": "x", "asked": "q=y"}).status_code == 400


def test_saved_search_is_renamed_and_deleted_after_a_question(reader: Client, layla: User) -> None:
    kept = SavedSearch.objects.create(owner=layla, name="السدود", asked="q=z")
    reader.post(f"/desk/searches/{kept.pk}/rename/", {"name": "مياه"})
    assert SavedSearch.objects.get().name == "مياه"
    assert reader.get(f"/desk/searches/{kept.pk}/delete/").status_code == 200
    assert SavedSearch.objects.exists()
    reader.post(f"/desk/searches/{kept.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["", "looked/", "rename/", "delete/"])
def test_saved_search_of_another_reader_is_not_there(
    stranger: Client, layla: User, path: str, method: str
) -> None:
    kept = SavedSearch.objects.create(owner=layla, name="السدود", asked="q=z")
    answer = getattr(stranger, method)(f"/desk/searches/{kept.pk}/{path}")
    assert answer.status_code in (404, 405)
    assert SavedSearch.objects.get().name == "السدود"


@pytest.mark.django_db(transaction=True)
def test_pages_with_many_saved_searches_ask_little(
    reader: Client,
    layla: User,
    collection: Collection,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        collection.add(f"امتلأ السد {number}", outlet="okaz", agencies=("spa",))
    collection.ready()
    for number in range(15):
        SavedSearch.objects.create(owner=layla, name=str(number), asked=f"q=السد+{number}+agency:spa")
    kept = SavedSearch.objects.create(owner=layla, name="x", asked="q=السد")
    for address in ("/desk/", f"/desk/searches/{kept.pk}/", "/desk/searches/save/?q=السد"):
        with django_assert_max_num_queries(12):
            assert reader.get(address).status_code == 200
