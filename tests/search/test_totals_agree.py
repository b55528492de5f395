"""A search has one total: page, facets after a click, timeline, trends, files, API and commands say it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from tests.search.totals import Totals, drawn, stock

if TYPE_CHECKING:
    from tests.search.library import Collection

ARTICLES: Final = 320
SEARCHES: Final = 8
SEARCHES_OF_A_REAL_COLLECTION: Final = 100
WORDS: Final = (
    *("السد", "والسد", "فيضان", "الفيضانات", "النفط", "نفط", "بالنفط", "مدرسة", "مدارس", "مُحَمَّد", "محمد"),
    *("في", "من", "على", "وزير", "الوزارة", "كتاب", "كتب", "سعر", "أسعار", "ميناء", "oil", "2015", "جدة"),
)
DATES: Final = ("", "", "2013", "2014-02", "2014-02-03", "2014-03-09", "2015", "2015-11-21", "2016-01-01")
AUTHORS: Final = tuple(
    f"{first} {last}" for first in ("سعاد", "خالد", "Sara") for last in ("مراد", "نصر", "Ali")
)


@pytest.fixture
def press(collection: Collection) -> Collection:
    """Articles of every precision, with and without outlets, agencies, authors and sections."""
    chance = random.Random(20261122)
    for number in range(ARTICLES):
        collection.add(
            " ".join(chance.choices(WORDS, k=chance.randint(1, 12))),
            title=" ".join(chance.choices(WORDS, k=chance.randint(0, 4))),
            outlet=chance.choice(["", "okaz", "riwaq", "riwaq", "marsa"]),
            published=DATES[number % len(DATES)],
            agencies=tuple(chance.sample(["spa", "afp", "kuna"], chance.choice([0, 0, 1, 2]))),
            authors=tuple(chance.sample(AUTHORS, chance.choice([0, 1, 1, 3]))),
            section=chance.choice(["", "اقتصاد", "رأي & حوار"]),
        )
    collection.ready()
    return collection


def faults(searches: int, seed: int) -> list[str]:
    """What differs in so many searches drawn over the words and names of the archive."""
    chance = random.Random(seed)
    totals, held = Totals(Client(), chance), stock(chance)
    found = [totals.check(drawn(chance, held)) for _ in range(searches)]
    assert sum(map(bool, found)) > searches // 3
    return totals.faults


def test_a_search_has_one_total_wherever_it_is_counted(press: Collection, engine_name: str) -> None:
    assert faults(SEARCHES, seed=len(engine_name)) == []


@pytest.fixture(scope="module", params=("whoosh", "tantivy"))
def real_press(
    request: pytest.FixtureRequest,
    shared: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A collection of 15,615 articles and an index by each engine."""
    folder = tmp_path_factory.mktemp("archive")
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    with (
        override_settings(
            ARSHIF_ENGINE=request.param,
            HAYSTACK_CONNECTIONS={"default": {**connection, "PATH": str(folder / "index")}},
            ARSHIF_LOCK_DIR=folder / "locks",
            ARSHIF_ORIGINALS_DIR=folder / "originals",
        ),
        django_db_blocker.unblock(),
    ):
        theirs = ["content=body", "source=outlet", "date_extracted=published"]
        collection = str(shared / "corpora/saudinewsnet-dev.jsonl.gz")
        call_command("ingest", collection, map=theirs, new_outlets=True, verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.usefixtures("real_press")
def test_searches_of_a_real_collection_have_one_total_too() -> None:
    assert faults(SEARCHES_OF_A_REAL_COLLECTION, seed=7) == []
