"""`manage.py index` and its kin: what they say, and that an archive without articles is no special case."""

from __future__ import annotations

import io
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from search.engine import engine
from search.management.progress import shown_progress
from search.upkeep import flush, only_indexer
from tests.search.library import Collection, uids

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = re.compile("[\u0600-\u06ff]")


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def said(*arguments: str, **options: Any) -> str:
    """What a command writes to both of its streams."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err, **options)
    return out.getvalue() + err.getvalue()


@pytest.fixture
def one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--watch` is stopped, as by Ctrl-C, when it has looked twice."""
    looks = iter([None, None])

    def sleep(_seconds: float) -> None:
        if next(looks, StopIteration) is StopIteration:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)


@pytest.mark.parametrize("arguments", [[], ["--rebuild"], ["--watch"], ["--watch", "--rebuild"]], ids=str)
def test_first_start_without_articles_makes_an_empty_index_that_grows(
    collection: Collection, one_round: None, arguments: list[str]
) -> None:
    assert "0 in the index" in said("index", *arguments)
    assert engine().state().current
    assert uids("نفط") == uids("") == set()
    one = collection.add("نفط")
    said("index")
    assert uids("نفط") == {one.uid}


def test_commands_speak_plain_english(collection: Collection) -> None:
    collection.add("oil", outlet="okaz", published="2015-11-21")
    texts = [
        said("index"),
        said("index", "--rebuild"),
        said("search", "oil"),
        said("search", "oil -"),
    ]
    assert [text for text in texts if ARABIC.search(text)] == []
    assert "1 articles written, 0 taken out" in texts[0]
    assert "Building the index: there is no index." in texts[0]


def test_watching_follows_changes(
    collection: Collection, one_round: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", _adding(collection, time.sleep))
    assert "1 articles written" in said("index", "--watch")


def _adding(collection: Collection, sleep: Any) -> Any:
    def add_and_sleep(seconds: float) -> None:
        collection.add("نفط")
        sleep(seconds)

    return add_and_sleep


def test_watching_waits_for_an_indexer_that_is_at_work(collection: Collection, one_round: None) -> None:
    collection.add("نفط")
    with only_indexer():
        assert "Another indexer is at work" in said("index", "--watch")
        with pytest.raises(CommandError, match="Wait for it, or stop it"):
            said("index")
    flush()


def test_wrong_pause_is_refused(collection: Collection) -> None:
    with pytest.raises(CommandError, match="above 0"):
        said("index", "--watch", "--every", "0")


def test_progress_is_a_bar_on_a_terminal() -> None:
    terminal = Terminal()
    with shown_progress(terminal) as progress:
        progress(500, 1_000)
    assert "500 of 1,000 articles" in terminal.getvalue()
    assert "a second" in terminal.getvalue()


def test_progress_is_plain_lines_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.management.progress.SECONDS_BETWEEN_LINES", 0)
    log = io.StringIO()
    with shown_progress(log) as progress:
        progress(50, 100)
        progress(100, 100)
    lines = log.getvalue().splitlines()
    assert [line.split(",")[0] for line in lines] == ["50 of 100 articles", "100 of 100 articles"]


def test_progress_counts_through_all_batches(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, index_folder: Path
) -> None:
    flush()
    monkeypatch.setattr("search.upkeep.BATCH", 3)
    monkeypatch.setattr("search.upkeep.SHOWN_EVERY", 1)
    for _ in range(7):
        collection.add("نفط")
    told: list[tuple[int, int]] = []
    flush(lambda done, total: told.append((done, total)))
    assert told == [(number, 7) for number in range(1, 8)]
