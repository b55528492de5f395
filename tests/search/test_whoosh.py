"""What only the engine on Whoosh does: words in files of its own, and which segments become one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Article
from search.engine import engine
from search.engines.base import Question
from search.engines.generations import current_generation
from search.engines.whoosh import codec
from search.engines.whoosh.codec import by_document, first_places
from search.engines.whoosh.engine import WhooshIndex
from search.engines.whoosh.entries import placed_words
from search.engines.whoosh.merging import mergeable
from search.engines.whoosh.opening import last_commit, opened
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.spellings import END, SortedLines
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


def words_held() -> dict[bytes, dict[str, list[int]]]:
    """The places within each article, by spelling and UID, as the files of the segments have them."""
    snapshot = whoosh_snapshot()
    held: dict[bytes, dict[str, list[int]]] = {}
    for segment in snapshot.segments:
        starts = first_places(segment.columns.facts)
        for key, stretch in segment.words.by_key():
            for document, places in by_document(segment.words.places(stretch), starts):
                if snapshot.live[segment.base + document]:
                    uid = snapshot.columns.uids[segment.base + document]
                    held.setdefault(key, {})[uid] = array("I", places).tolist()
    return held


def words_of(articles: Iterable[Article]) -> dict[bytes, dict[str, list[int]]]:
    """The same, from the articles themselves."""
    expected: dict[bytes, dict[str, list[int]]] = {}
    for article in articles:
        for key, places in placed_words(article.title, article.subtitle, article.body).places.items():
            expected.setdefault(key, {})[article.uid] = places.tolist()
    return expected


def test_words_of_segments_are_those_of_their_articles(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec, "AT_ONCE", 7)
    texts = ["نفط " * (number % 3 + 1) + f"ماء{number % 5}" for number in range(23)]
    articles = [collection.add(text, title="خام" * (len(text) % 2)) for text in texts]
    flush()
    assert words_held() == words_of(articles)
    gone = articles.pop(4)
    collection.note(gone)
    gone.delete()
    articles += [collection.add(f"نفط وقمح رقم{number}") for number in range(9)]
    flush()
    assert words_held() == words_of(articles)
    tidy()
    assert words_held() == words_of(articles)


@given(st.lists(st.text("ابتجa1", min_size=1, max_size=40), max_size=90), st.text("ابتجa1", max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_are_found_by_what_they_begin_with(tmp_path: Path, words: list[str], start: str) -> None:
    lines = sorted(f"{word * 9} {number}".encode() for word in words for number in range(40))
    path = tmp_path / "lines"
    path.write_bytes(b"".join(line + END for line in lines))
    found = SortedLines(path)
    assert list(found.not_before(b"")) == lines
    assert list(found.starting(start.encode())) == [one for one in lines if one.startswith(start.encode())]


def test_answers_after_a_commit_are_those_of_an_index_opened_anew(collection: Collection) -> None:
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


def test_words_of_unchanged_segments_are_not_opened_again(collection: Collection) -> None:
    for number in range(20):
        collection.add(f"نفط رقم{number}")
    flush()
    before = whoosh_snapshot().segments[0].words
    collection.add("نفط")
    flush()
    after = whoosh_snapshot().segments
    assert [segment.words is before for segment in after] == [True, False]
    assert len(uids("نفط")) == 21


def test_number_of_the_last_commit_is_that_of_whoosh(collection: Collection) -> None:
    for _ in range(3):
        collection.add("نفط")
        flush()
        generation = current_generation(engine().root)
        assert generation is not None
        assert last_commit(generation) == opened(generation).latest_generation()


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
