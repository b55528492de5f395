"""The index follows the archive, whatever dies on the way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from filelock import FileLock

from archive.models import Article
from archive.services.changes import note_changes
from search.engine import engine
from search.engines.base import IndexMissing, Question
from search.engines.generations import current_generation
from search.engines.kept import IndexDamaged, IndexLocked
from search.engines.whoosh import writing
from search.engines.whoosh.engine import WhooshIndex
from search.engines.whoosh.merging import mergeable
from search.engines.whoosh.opening import create
from search.engines.whoosh.postings import read_raw
from search.engines.whoosh.snapshot import Segment, Snapshot
from search.query import parse
from search.service import index_state, search
from search.types import SearchRequest
from search.upkeep import (
    MOST_FOR_A_REQUEST,
    IndexerBusy,
    flush,
    follow_changes,
    pending_count,
    rebuild,
    refresh,
    tidy,
)
from tests.search.library import Collection, uids


def whoosh_snapshot() -> Snapshot:
    """What only Whoosh can tell of its index."""
    index = engine()
    assert isinstance(index, WhooshIndex)
    return index.snapshot()


class Died(Exception):
    """Stands for the end of the process."""


def test_first_change_builds_the_index(collection: Collection) -> None:
    one = collection.add("نفط")
    assert index_state().remedy
    flush()
    assert uids("نفط") == {one.uid}
    assert (index_state().current, index_state().documents, pending_count()) == (True, 1, 0)


def test_search_without_an_index_finds_nothing_where_nothing_is_held(collection: Collection) -> None:
    assert search(SearchRequest(query="نفط")).total == search(SearchRequest()).total == 0
    assert uids("نفط") == set()


def test_search_without_an_index_says_the_remedy_where_articles_are_held(collection: Collection) -> None:
    collection.add("نفط")
    with pytest.raises(IndexMissing, match=r"manage\.py index"):
        search(SearchRequest(query="نفط"))
    with pytest.raises(IndexMissing, match=r"manage\.py index"):
        uids("نفط")


def test_index_whose_files_are_gone_says_the_remedy_and_is_built_anew(collection: Collection) -> None:
    one = collection.add("نفط")
    for damage in ("*", "meta.json", "*.trm"):
        flush()
        for path in current_generation_folder(collection).glob(damage):
            path.unlink()
        engine().forget()
        with pytest.raises(IndexMissing, match=r"manage\.py index --rebuild"):
            uids("نفط")
        assert not index_state().current
    flush()
    assert uids("نفط") == {one.uid}


def test_notes_of_an_index_that_cannot_be_read_count_as_none(collection: Collection) -> None:
    one = collection.add("نفط")
    flush()
    (current_generation_folder(collection) / "meta.json").write_text('{"engine": ')
    assert not index_state().current
    flush()
    assert uids("نفط") == {one.uid}


def test_changed_article_is_found_by_its_new_words_only(collection: Collection) -> None:
    one, other = collection.add("نفط"), collection.add("نفط وماء")
    flush()
    one.body = "غاز"
    one.save()
    collection.note(one)
    flush()
    assert uids("نفط") == {other.uid}
    assert uids("غاز") == {one.uid}
    assert uids("") == {one.uid, other.uid}


def test_withdrawn_article_is_gone_at_once_from_hits_totals_and_facets(collection: Collection) -> None:
    one, other = collection.add("نفط", outlet="a"), collection.add("نفط", outlet="b")
    flush()
    one.status = Article.Status.WITHDRAWN
    one.save()
    collection.note(one)
    results = search(SearchRequest(query="نفط"))
    assert [hit.article for hit in results.hits] == [other]
    assert (results.total, set(results.levels.values())) == (1, {1})
    assert [(facet.value, facet.count) for facet in results.facets["outlet"]] == [("b", 1)]
    assert uids("") == {other.uid}
    flush()
    assert engine().uids() == {other.uid}


def test_deleted_article_is_gone_at_once(collection: Collection) -> None:
    one = collection.add("نفط")
    flush()
    uid = one.uid
    collection.note(one)
    one.delete()
    assert search(SearchRequest(query="نفط")).total == 0
    flush()
    assert uid not in engine().uids()


def test_indexer_that_dies_before_its_commit_has_changed_nothing(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = collection.add("نفط قديم")
    flush()
    new = collection.add("نفط جديد")

    def die(*_: Any, **__: Any) -> None:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr("whoosh.writing.SegmentWriter._commit_toc", die)
        with pytest.raises(Died):
            flush()
    assert uids("نفط") == {old.uid}
    assert pending_count() == 1
    (current_generation_folder(collection) / "MAIN_WRITELOCK").unlink()
    flush()
    assert uids("نفط") == {old.uid, new.uid}
    assert pending_count() == 0


def current_generation_folder(collection: Collection) -> Path:
    """The folder that is served."""
    del collection
    generation = current_generation(engine().root)
    assert generation is not None
    return generation.folder


def test_indexer_that_dies_after_its_commit_is_repeated_without_harm(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = collection.add("نفط")
    flush()
    collection.note(one)
    two = collection.add("نفط")

    def die(notes: object) -> None:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr("search.upkeep._forget", die)
        with pytest.raises(Died):
            flush()
    assert pending_count() == 2
    assert uids("نفط") == {one.uid, two.uid}
    flush()
    assert uids("نفط") == {one.uid, two.uid}
    assert engine().state().documents == 2


def test_note_that_comes_while_the_indexer_works_is_kept(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = collection.add("نفط")
    flush()
    collection.note(one)
    original = WhooshIndex.apply
    changed: list[str] = []

    def apply_and_change(self: WhooshIndex, **options: Any) -> int:
        written = original(self, **options)
        if not changed:
            changed.append(one.uid)
            Article.objects.filter(pk=one.pk).update(body="غاز")
            collection.note(one)
        return written

    monkeypatch.setattr(WhooshIndex, "apply", apply_and_change)
    flush()
    assert uids("غاز") == {one.uid}
    assert pending_count() == 0


def test_second_indexer_says_so_and_a_save_leaves_its_notes(collection: Collection) -> None:
    collection.add("نفط")
    Path(settings.ARSHIF_LOCK_DIR).mkdir(exist_ok=True)
    with FileLock(Path(settings.ARSHIF_LOCK_DIR) / "indexer.lock"):
        for work in (flush, rebuild, tidy):
            with pytest.raises(IndexerBusy, match=r"\w"):
                work()
        with pytest.raises(CommandError):
            call_command("index")
        follow_changes()
    assert pending_count() == 1
    follow_changes()
    assert pending_count() == 0


def test_index_that_cannot_be_written_does_not_fail_a_save(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection.add("نفط")

    def locked(*_: Any, **__: Any) -> None:
        raise IndexLocked

    monkeypatch.setattr(writing, "_writer", locked)
    follow_changes()
    assert pending_count() == 1


def test_rebuild_keeps_the_old_generation_until_the_new_one_is_whole(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = collection.add("نفط")
    flush()
    collection.add("نفط")
    with monkeypatch.context() as patch:
        patch.setattr(writing, "_finish", lambda generation: 1)
        with pytest.raises(IndexDamaged, match="1"):
            rebuild()
    assert uids("نفط") == {one.uid}
    assert rebuild().written == 2
    assert len(uids("نفط")) == 2
    assert [path.name for path in engine().root.glob("gen-*")] == [current_generation_folder(collection).name]


def test_search_in_the_middle_of_a_rebuild_sees_the_old_generation(collection: Collection) -> None:
    one = collection.add("نفط")
    flush()
    half = create(engine().root)
    writing.fill(half, [])
    assert uids("نفط") == {one.uid}
    rebuild()
    assert not half.folder.exists() or current_generation_folder(collection) == half.folder


def test_searches_never_fail_while_the_index_is_written_and_swapped(collection: Collection) -> None:
    articles = [collection.add(f"نفط رقم{number}") for number in range(30)]
    flush()
    failures: list[Exception] = []
    asked = threading.Event()
    done = threading.Event()
    reader = WhooshIndex(engine().root)

    def ask() -> None:
        while not done.is_set():
            try:
                assert reader.ask(Question(parse("نفط").tree)).total == 30
            except Exception as error:  # noqa: BLE001 - whatever it is, the test fails by it
                failures.append(error)
            asked.set()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    asked.wait(10)
    try:
        _write_and_swap(articles)
    finally:
        done.set()
        thread.join()
    reader.forget()
    assert failures == []


def _write_and_swap(articles: list[Article]) -> None:
    for number in range(6):
        if number % 3:
            refresh([article.uid for article in articles[number : number + 5]])
        else:
            rebuild()


def test_index_of_another_analysis_is_rebuilt(collection: Collection) -> None:
    collection.add("نفط")
    flush()
    meta = current_generation_folder(collection) / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "analysis": "old"}))
    state = index_state()
    assert not state.current
    assert "--rebuild" in state.remedy
    flush()
    assert index_state().current
    assert len(uids("نفط")) == 1


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


def test_index_from_which_all_articles_are_gone_still_answers(collection: Collection) -> None:
    article = collection.add("نفط")
    flush()
    collection.note(article)
    article.delete()
    flush()
    tidy()
    assert uids("نفط") == uids("") == set()
    new = collection.add("نفط")
    flush()
    assert uids("نفط") == {new.uid}


@pytest.fixture
def in_a_request() -> Iterator[None]:
    """As while a web request is answered."""
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)


def test_save_in_a_request_never_builds_the_index(
    collection: Collection, in_a_request: None, caplog: pytest.LogCaptureFixture
) -> None:
    one = collection.add("نفط")
    follow_changes()
    assert (engine().state().generation, pending_count()) == ("", 1)
    assert "manage.py index" in caplog.text
    flush()
    assert uids("نفط") == {one.uid}


def test_save_in_a_request_works_off_a_short_backlog_and_leaves_a_long_one(
    collection: Collection, in_a_request: None, caplog: pytest.LogCaptureFixture
) -> None:
    flush()
    collection.add("نفط")
    follow_changes()
    assert pending_count() == 0
    note_changes(uids=[f"u{number}" for number in range(MOST_FOR_A_REQUEST + 1)])
    follow_changes()
    assert pending_count() == MOST_FOR_A_REQUEST + 1
    assert f"{MOST_FOR_A_REQUEST + 1} changes wait" in caplog.text


def test_change_outside_a_request_builds_the_index(collection: Collection) -> None:
    one = collection.add("نفط")
    follow_changes()
    assert uids("نفط") == {one.uid}


def test_columns_and_places_survive_merges_and_deletions(collection: Collection) -> None:
    articles = [
        collection.add(
            "نفط خام", title="سعر", outlet=f"o{number % 2}", published="2015-11-21", agencies=("spa",)
        )
        for number in range(6)
    ]
    flush()
    for article in articles[:3]:
        collection.note(article)
        article.delete()
        flush()
    tidy()
    results = search(SearchRequest(query='title:سعر "نفط خام"'))
    assert results.total == 3
    assert {facet.value: facet.count for facet in results.facets["outlet"]} == {"o1": 2, "o0": 1}
    assert [(facet.value, facet.count) for facet in results.facets["agency"]] == [("spa", 3)]


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


def test_killed_indexer_leaves_an_index_that_the_next_one_completes(tmp_path: Path) -> None:
    """A real process and a real kill, on a database of its own."""
    script = Path(__file__).with_name("killed_indexer.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "whole"


def test_lengths_and_impacts_are_finite(collection: Collection) -> None:
    collection.add("؟")
    collection.add("نفط")
    flush()
    snapshot = whoosh_snapshot()
    assert np.isfinite(snapshot.length_norm).all()
    assert search(SearchRequest(query="نفط")).hits[0].score > 0
