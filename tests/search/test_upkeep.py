"""The index follows the archive, whatever dies on the way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from filelock import FileLock

from archive.models import Article
from archive.services.changes import note_changes
from search.engine import engine
from search.engines.base import IndexMissing, IndexOutgrown, Question
from search.engines.generations import current_generation
from search.engines.kept import IndexDamaged, IndexLocked, KeptIndex
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
from tests.search.conftest import ENGINES
from tests.search.library import Collection, uids

DAMAGES = {
    "whoosh": ("*", "meta.json", "*.trm"),
    "tantivy": ("files/*", "meta.json", "files/*.term", "files/meta.json"),
}
LAST_STEP = {
    "whoosh": "whoosh.writing.SegmentWriter._commit_toc",
    "tantivy": "search.engines.tantivy.writing.document",
}
"""What an indexer does last that can be made to fail from outside, before its work counts."""


def index() -> KeptIndex[Any]:
    """The engine, with what its own kind has beside `Engine`."""
    found = engine()
    assert isinstance(found, KeptIndex)
    return found


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


def test_index_whose_files_are_gone_says_the_remedy_and_is_built_anew(
    collection: Collection, engine_name: str
) -> None:
    one = collection.add("نفط")
    for damage in DAMAGES[engine_name]:
        flush()
        for path in current_generation_folder(collection).glob(damage):
            if path.is_file():
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
    collection: Collection, monkeypatch: pytest.MonkeyPatch, engine_name: str
) -> None:
    old = collection.add("نفط قديم")
    flush()
    new = collection.add("نفط جديد")

    def die(*_: Any, **__: Any) -> None:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(LAST_STEP[engine_name], die)
        with pytest.raises(Died):
            flush()
    assert uids("نفط") == {old.uid}
    assert pending_count() == 1
    (current_generation_folder(collection) / "MAIN_WRITELOCK").unlink(missing_ok=True)
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
    original = type(index()).apply
    changed: list[str] = []

    def apply_and_change(self: KeptIndex[Any], **options: Any) -> int:
        written = original(self, **options)
        if not changed:
            changed.append(one.uid)
            Article.objects.filter(pk=one.pk).update(body="غاز")
            collection.note(one)
        return written

    monkeypatch.setattr(type(index()), "apply", apply_and_change)
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

    monkeypatch.setattr(type(index()), "_fill", locked)
    follow_changes()
    assert pending_count() == 1


def test_rebuild_keeps_the_old_generation_until_the_new_one_is_whole(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, engine_name: str
) -> None:
    one = collection.add("نفط")
    flush()
    collection.add("نفط")
    with monkeypatch.context() as patch:
        patch.setattr(f"search.engines.{engine_name}.writing._finish", lambda *_: 1)
        with pytest.raises(IndexDamaged, match="1"):
            rebuild()
    assert uids("نفط") == {one.uid}
    assert rebuild().written == 2
    assert len(uids("نفط")) == 2
    assert [path.name for path in engine().root.glob("gen-*")] == [current_generation_folder(collection).name]


def test_search_in_the_middle_of_a_rebuild_sees_the_old_generation(collection: Collection) -> None:
    one = collection.add("نفط")
    flush()
    half = index()._create()
    index()._fill(half, [])
    assert uids("نفط") == {one.uid}
    rebuild()
    assert not half.folder.exists() or current_generation_folder(collection) == half.folder


# Whoosh leaves those files open that it had opened before one that is gone; they are opened again
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_searches_never_fail_while_the_index_is_written_and_swapped(collection: Collection) -> None:
    articles = [collection.add(f"نفط رقم{number}") for number in range(30)]
    flush()
    failures: list[Exception] = []
    asked = threading.Event()
    done = threading.Event()
    reader = type(index())(engine().root)

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


@pytest.mark.parametrize("part", ["engine", "schema", "analysis"])
def test_index_of_another_make_is_rebuilt(collection: Collection, part: str) -> None:
    collection.add("نفط")
    flush()
    meta = current_generation_folder(collection) / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), part: "old"}))
    state = index_state()
    assert not state.current
    assert f"--rebuild`: {part} old, now" in state.remedy
    engine().forget()
    if part != "analysis":
        with pytest.raises(IndexMissing, match="--rebuild"):
            uids("نفط")
    flush()
    assert index_state().current
    assert len(uids("نفط")) == 1


def test_index_of_an_earlier_version_is_said_to_be_one(collection: Collection, client: Client) -> None:
    collection.add("نفط")
    flush()
    meta = current_generation_folder(collection) / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "schema": "old"}))
    engine().forget()
    said = r"An earlier version .* `manage.py index --rebuild`"
    with override("en"), pytest.raises(IndexOutgrown, match=said):
        uids("نفط")
    for address in (reverse("search:search"), reverse("search:trends")):
        answer = client.get(address, {"q": "نفط", "lang": "en"})
        assert answer.status_code == 503
        assert "An earlier version of Arshif made its index." in answer.content.decode()


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
    """As while a web request is answered; the connection of the test stays open, as for Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


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


def test_killed_indexer_leaves_an_index_that_the_next_one_completes(tmp_path: Path, engine_name: str) -> None:
    """A real process and a real kill, on a database of its own."""
    script = Path(__file__).with_name("killed_indexer.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), engine_name],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "whole"


def test_engine_that_was_changed_and_changed_back_is_built_anew(
    collection: Collection, settings: LazySettings, engine_name: str, tmp_path: Path
) -> None:
    one = collection.add("نفط")
    flush()
    mine = dict(settings.HAYSTACK_CONNECTIONS)
    settings.ARSHIF_ENGINE = next(name for name in ENGINES if name != engine_name)
    settings.HAYSTACK_CONNECTIONS = {"default": {**mine["default"], "PATH": str(tmp_path / "other")}}
    rebuild()
    two = collection.add("نفط")
    flush()
    assert index_state().current
    settings.ARSHIF_ENGINE, settings.HAYSTACK_CONNECTIONS = engine_name, mine
    assert uids("نفط") == {one.uid}
    assert "changes since went to the index of" in index_state().remedy
    flush()
    assert index_state().current
    assert uids("نفط") == {one.uid, two.uid}
