"""Hundreds of queries, right, mistaken and garbage, through the page on each engine; benchmarks.queries asks
20,000 of them on a real collection."""

from __future__ import annotations

import time
from typing import Final

import pytest
from django.test import Client

from benchmarks.drawn_queries import Drawn, drawn
from benchmarks.queries import fault
from tests.search.library import Collection

QUERIES: Final = 250
WORDS: Final = (
    *("سعر", "النفط", "الغاز", "اليوم", "الحرب", "اليمن", "السلام", "محادثات"),
    *("مجلس", "الأمن", "في", "من", "على", "أسعار", "oil", "2015"),
)


@pytest.fixture
def asked_of(collection: Collection) -> Collection:
    """Some articles of the words that the queries are drawn from."""
    collection.outlet("okaz", "عكاظ")
    for number in range(30):
        body = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 12))
        collection.add(
            body, title=WORDS[number % len(WORDS)], outlet="okaz", published=f"2015-{number % 12 + 1:02}-01"
        )
    collection.ready()
    return collection


def answered(client: Client, query: Drawn) -> str:
    """What is wrong with the answer to a query; empty where nothing is."""
    path = f"/search/?{query.address}"
    began = time.process_time()
    answer = client.get(path)
    return fault(query, path, answer.status_code, answer.content.decode(), time.process_time() - began)


def test_whatever_is_typed_is_answered_quickly_and_each_mistake_is_explained(
    asked_of: Collection, client: Client, engine_name: str
) -> None:
    # each engine gets queries of its own: together they are five hundred different ones
    queries = drawn(QUERIES, len(engine_name), WORDS, ["عكاظ"])
    assert [(wrong, query) for query in queries if (wrong := answered(client, query))] == []


def test_same_seed_draws_the_same_queries() -> None:
    assert list(drawn(50, 3, WORDS, [])) == list(drawn(50, 3, WORDS, []))
