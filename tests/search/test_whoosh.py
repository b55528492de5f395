"""What only the engine on Whoosh does: posting lists as arrays, and which segments become one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from search.engine import engine
from search.engines.base import Question
from search.engines.whoosh import writing
from search.engines.whoosh.engine import WhooshIndex
from search.engines.whoosh.merging import mergeable
from search.engines.whoosh.postings import read_raw
from search.engines.whoosh.snapshot import Segment, Snapshot
from search.query import parse
from search.service import search
from search.types import SearchRequest
from search.upkeep import flush, rebuild, tidy
from tests.search.library import Collection, uids


@pytest.fixture
def engine_name() -> str:
    return "whoosh"


def whoosh_snapshot() -> Snapshot:
    """What only Whoosh can tell of its index."""
    index = engine()
    assert isinstance(index, WhooshIndex)
    return index.snapshot()


def test_thirty_saves_leave_few_segments_and_right_answers(collection: Collection) -> None:
    for number in range(40):
        collection.add(f"قمح رقم{number}")
    rebuild()
    oil = set()
    for number in range(30):
        oil.add(collection.add(f"نفط رقم{number}").uid)
        flush()
        assert len(whoosh_snapshot().segments) <= 5
        assert uids("نفط") == oil
    assert len(uids("رقم*")) == 70
    tidy()
    assert len(whoosh_snapshot().segments) <= 2
    assert uids("نفط") == oil
    assert not tidy()


@pytest.mark.parametrize(
    ("sizes", "added", "most", "merged"),
    [
        pytest.param([], 1, None, 0, id="first commit"),
        pytest.param([15_000], 1, None, 0, id="one large one stays"),
        pytest.param([1, 15_000], 1, None, 1, id="small ones come together"),
        pytest.param([8, 15_000], 1, None, 0, id="eight times as large stays"),
        pytest.param([8, 8, 15_000], 1, None, 2, id="until two of them are there"),
        pytest.param([500, 500, 15_000], 1, 30, 0, id="no more than a save may cost"),
        pytest.param([2, 500, 15_000], 1, 30, 1, id="what a save may cost"),
        pytest.param([2_000, 15_000], 0, None, 2, id="large ones when nobody waits"),
    ],
)
def test_segments_that_become_one(sizes: list[int], added: int, most: int | None, merged: int) -> None:
    assert mergeable(sizes, added, most) == merged


def test_segment_of_which_much_is_deleted_is_written_anew_when_nobody_waits(collection: Collection) -> None:
    articles = [collection.add(f"نفط رقم{number}") for number in range(9)]
    flush()
    for article in articles[:3]:
        collection.note(article)
        article.delete()
    flush()
    assert tidy()
    assert whoosh_snapshot().documents == 6
    assert len(uids("نفط")) == 6


def test_posting_lists_taken_by_blocks_are_those_of_the_public_face(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BLOCK", 4)
    for number in range(23):
        collection.add("نفط " * (number % 3 + 1) + f"ماء{number % 5}")
    flush()
    for segment in whoosh_snapshot().segments:
        for key in segment.leaf.lexicon("words"):
            raw = read_raw(segment.leaf.postings("words", key))
            matcher = segment.leaf.postings("words", key)
            documents, places = [], []
            while matcher.is_active():
                documents.append(matcher.id())
                places.append(matcher.value_as("positions"))
                matcher.next()
            assert raw.docs.tolist() == documents
            assert raw.counts.tolist() == [len(some) for some in places]
            assert raw.places.tolist() == [place for some in places for place in some]


def test_lists_known_before_a_commit_serve_on_and_say_the_same_as_new_ones(collection: Collection) -> None:
    articles = [collection.add(f"نفط خام رقم{number}", title="نفط" * (number % 2)) for number in range(40)]
    flush()
    queries = ["نفط", "خام", '"نفط خام"', "نفط -قمح", "رقم*", "title:نفط", "قمح"]
    for step in range(12):
        for query in queries:
            uids(query)
        collection.note(articles[step])
        if step % 3:
            articles[step].delete()
        articles.append(collection.add(f"نفط وقمح رقم{step}"))
        flush()
        anew = WhooshIndex(engine().root)
        for query in queries:
            question = Question(parse(query).tree, limit=None)
            assert engine().ask(question) == anew.ask(question), (step, query)
        anew.forget()


def test_lists_of_unchanged_segments_are_not_read_again(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        collection.add(f"نفط رقم{number}")
    flush()
    assert len(uids("نفط")) == 20
    collection.add("نفط")
    flush()
    read = []
    original = Snapshot._read_places

    def reading(self: Snapshot, segment: Segment, key: bytes) -> Any:
        read.append(segment.base)
        return original(self, segment, key)

    monkeypatch.setattr(Snapshot, "_read_places", reading)
    assert len(uids("نفط")) == 21
    assert set(read) == {20}


def test_cache_of_lists_stays_under_its_limit(collection: Collection) -> None:
    for number in range(50):
        collection.add(f"نفط رقم{number}")
    flush()
    small = WhooshIndex(engine().root, cache_bytes=5_000)
    for number in range(50):
        assert small.ask(Question(parse(f"رقم{number}").tree)).total == 1
    assert small.snapshot().cache.held <= 5_000
    small.forget()


def test_lengths_and_impacts_are_finite(collection: Collection) -> None:
    collection.add("؟")
    collection.add("نفط")
    flush()
    snapshot = whoosh_snapshot()
    assert np.isfinite(snapshot.length_norm).all()
    assert search(SearchRequest(query="نفط")).hits[0].score > 0
