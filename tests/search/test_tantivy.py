"""What only the engine on tantivy does: merging by itself, its own lock, reading what it cannot ask for."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise

import pytest

from archive.models import Article
from search.engine import engine
from search.engines.base import Question
from search.engines.generations import current_generation
from search.engines.kept import IndexLocked
from search.engines.kept_words import WORDS_FILE
from search.engines.tantivy import entries, matching
from search.engines.tantivy.engine import TantivyIndex
from search.engines.tantivy.entries import leads
from search.engines.tantivy.pairs import code, pair, pairs_in
from search.engines.tantivy.schema import numbers_of_uid, opened, uid_of_numbers
from search.query import parse
from search.service import search
from search.types import Level, SearchRequest, Sort
from search.upkeep import flush, follow_changes, pending_count, tidy
from tests.search.library import Collection, uids


@pytest.fixture
def engine_name() -> str:
    return "tantivy"


def index() -> TantivyIndex:
    found = engine()
    assert isinstance(found, TantivyIndex)
    return found


def test_thirty_saves_leave_few_segments_and_right_answers(collection: Collection) -> None:
    oil = set()
    for number in range(30):
        oil.add(collection.add(f"نفط رقم{number}").uid)
        flush()
        assert index().snapshot().searcher.num_segments <= 8
        assert uids("نفط") == oil
    assert len(uids("رقم*")) == 30
    assert not tidy()


def test_index_that_another_process_writes_is_left_to_it(collection: Collection) -> None:
    flush()
    generation = current_generation(engine().root)
    assert generation is not None
    writer = opened(generation).writer(16_000_000, 1)
    one = collection.add("نفط")
    with pytest.raises(IndexLocked, match="Wait for it"):
        flush()
    follow_changes()
    assert pending_count() == 1
    writer.wait_merging_threads()
    flush()
    assert uids("نفط") == {one.uid}


def test_failed_batch_leaves_no_lock_and_no_half_of_itself(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = collection.add("نفط")
    flush()
    collection.add("نفط")
    broken = collection.add("نفط")
    with monkeypatch.context() as patch:
        patch.setattr("search.engines.tantivy.entries.minute_of", lambda time: 1 / 0)
        Article.objects.filter(pk=broken.pk).update(published="2015-11-21", published_precision="day")
        with pytest.raises(ZeroDivisionError):
            flush()
    assert uids("نفط") == {first.uid}
    flush()
    assert len(uids("نفط")) == 3


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("سعر النفط الخام", True, id="in order"),
        pytest.param("الخام من سعر النفط", True, id="on both sides of the first"),
        pytest.param("سعر كذا وكذا وكذا ثم النفط الخام", False, id="too far"),
        pytest.param(
            "سعر النفط أمس ثم كان هناك كلام آخر عن سعر القمح الخام", False, id="near two different places"
        ),
    ],
)
def test_nearness_of_three_words_is_about_one_place(collection: Collection, body: str, found: bool) -> None:
    one = collection.add(body)
    collection.add("سعر")
    collection.ready()
    assert uids('"سعر النفط الخام"~3') == ({one.uid} if found else set())


def test_copies_that_weigh_more_add_no_phrase_and_no_nearness(collection: Collection) -> None:
    collection.add("أول ثان ثالث " + "كلام " * 80 + "أخير", title="عنوان قصير", subtitle="فرع")
    collection.ready()
    assert len(uids('"أول ثان"')) == len(uids('"عنوان قصير"')) == 1
    for apart in ('"قصير فرع"', '"فرع أول"', '"قصير عنوان"', '"كلام أول"', '"أخير أول"', '"أخير عنوان"~30'):
        assert uids(apart) == set(), apart


def test_what_of_the_text_is_written_again_is_its_beginning() -> None:
    body = [f"w{number}" for number in range(100)]
    assert list(leads(["s"], body)) == [["s"], body[:55], ["s"], body[:11]]


def test_what_is_kept_of_words_is_bounded_and_of_one_analysis(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "KEPT_WORDS", 10)
    one = collection.add(" ".join(f"كلمة{number}" for number in range(100)))
    flush()
    assert uids("كلمة7") == uids("كلمة93") == {one.uid}
    assert 0 < len(entries._ROWS) <= 10
    entries.analyse_as("another analysis")
    assert not entries._ROWS


@pytest.mark.parametrize(
    "uid", ["", "a", "223zmroskgwsp", "12345678", "123456789", "zzzzzzzzzzzzzzzz"], ids=len
)
def test_uid_comes_back_from_its_numbers(uid: str) -> None:
    first, last = numbers_of_uid(uid)
    assert max(first, last) < 2**63
    assert uid_of_numbers(first, last) == uid


def test_words_beside_the_index_are_counted_anew_only_when_much_has_changed(collection: Collection) -> None:
    for number in range(150):
        collection.add(f"نفط رقم{number}")
    flush()
    file = index().root / index().snapshot().generation / WORDS_FILE
    before = file.stat().st_mtime_ns
    collection.add("قمح")
    flush()
    assert file.stat().st_mtime_ns == before
    assert "قمح" not in index().words(1_000).normals
    collection.add("قمح")
    flush()
    assert file.stat().st_mtime_ns > before
    assert "قمح" in index().words(1_000).normals


def test_pairs_leave_particles_out_and_keep_the_order() -> None:
    words = [code(word, word) for word in ("سعر", "من", "نفط", "خام", "قمح")]
    written = pairs_in(words).split()
    assert sorted(written) == sorted(
        pair(words[first], words[second]) for first, second in ((0, 2), (2, 3), (2, 4), (3, 4))
    )
    assert pair(words[0], words[2]) != pair(words[2], words[0])


def test_threads_search_side_by_side_while_the_index_changes(collection: Collection) -> None:
    for number in range(20):
        collection.add(f"نفط رقم{number}")
    flush()
    totals: list[int] = []

    def ask() -> None:
        totals.extend(index().ask(Question(parse("نفط").tree)).total for _ in range(30))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    collection.add("نفط")
    flush()
    for thread in threads:
        thread.join()
    assert len(totals) == 120
    assert set(totals) <= {20, 21}
    assert index().ask(Question(parse("نفط").tree)).total == 21


def test_counts_are_kept_for_the_next_page_and_no_longer_than_the_index_stays(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        collection.add(f"نفط رقم{number}")
    collection.ready()
    asked = Question(parse("نفط").tree, limit=1)
    first = index().ask(asked)
    with monkeypatch.context() as patch:
        patch.setattr("search.engines.tantivy.engine.Matcher", lambda _snapshot: pytest.fail("counted anew"))
        second = index().ask(replace(asked, offset=1))
        oldest = index().ask(replace(asked, sort=Sort.OLDEST))
    assert (second.levels, second.facets) == (oldest.levels, oldest.facets) == (first.levels, first.facets)
    assert second.found != first.found
    first.facets["year"].clear()  # an answer is the asker's own
    assert index().ask(asked).facets == second.facets
    collection.add("نفط")
    collection.ready()
    assert index().ask(asked).total == 4


@pytest.mark.parametrize(
    ("query", "levels"),
    [
        pytest.param("نفط", [1, 1, 2, 2], id="found at each step"),
        pytest.param("بالنفط", [1, 1, 2, 2], id="fewer as it is spelled"),
        pytest.param("للنفط", [0, 0, 2, 2], id="only inflected"),
        pytest.param("نفط سكر", [0, 0, 0, 2], id="only any of the words"),
        pytest.param("سكر", [0, 0, 0, 0], id="at none"),
    ],
)
@pytest.mark.parametrize("level", [None, *Level])
def test_each_step_is_counted_whichever_was_asked_for(
    collection: Collection, query: str, levels: list[int], level: Level | None
) -> None:
    collection.add("نفط")
    collection.add("بالنفط")
    collection.ready()
    answer = index().ask(Question(parse(query).tree, level=level))
    assert list(answer.levels.values()) == levels
    assert answer.total == len(answer.found) == answer.levels[answer.level]


def test_page_far_beyond_the_last_one_is_empty_and_cheap(collection: Collection) -> None:
    collection.add("نفط")
    flush()
    results = search(SearchRequest(query="نفط", page=10**9))
    assert (results.total, results.hits) == (1, ())


def test_nearness_that_too_many_articles_may_have_is_looked_at_by_pairs_and_says_so(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = "سعر النفط أمس ثم كان هناك كلام آخر عن سعر القمح الخام"
    collection.add("سعر النفط الخام اليوم")
    collection.add(apart)
    collection.ready()
    asked = SearchRequest(query='"سعر النفط الخام"~2')
    assert (search(asked).total, search(asked).understood.warnings) == (1, ())
    monkeypatch.setattr(matching, "MOST_READ", 0)
    engine().forget()
    curtailed = search(asked)
    assert curtailed.total == 2
    assert [warning.end for warning in curtailed.understood.warnings] == [len(asked.query)]


TOGETHER = "سعر النفط الخام اليوم"
APART = "سعر النفط أمس ثم كان هناك كلام آخر عن سعر القمح الخام"


@pytest.mark.parametrize("most", [0, 1, 2, 3, 1_000])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param('-"سعر النفط الخام"~2', id="alone"),
        pytest.param('سعر -"سعر النفط الخام"~2', id="beside a word"),
        pytest.param('سكر OR -"سعر النفط الخام"~2', id="as an alternative"),
    ],
)
def test_no_article_is_hidden_for_words_that_are_near_each_other_only_by_pairs(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, query: str, most: int
) -> None:
    apart = {collection.add(APART).uid for _ in range(2)}
    together = {collection.add(f"{TOGETHER} {number}").uid for number in range(2)}
    collection.ready()
    monkeypatch.setattr(matching, "MOST_READ", most)
    found = uids(query)
    assert found >= apart
    assert found <= apart | together
    results = search(SearchRequest(query=query))
    assert bool(results.understood.warnings) == (most < 4)
    if most == 1_000:
        assert found == apart
    for level in Level:
        assert uids(query, level=level) == found


def test_what_is_excluded_twice_is_found_like_what_was_asked_for(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = {collection.add(APART).uid, collection.add(TOGETHER).uid}
    collection.add("سكر")
    collection.ready()
    monkeypatch.setattr(matching, "MOST_READ", 0)
    assert uids('-(سكر OR -"سعر النفط الخام"~2)') == both


@pytest.mark.parametrize("most", range(8))
def test_each_step_finds_all_that_the_one_before_finds_whatever_can_be_read(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    spellings = (
        TOGETHER,
        APART,
        TOGETHER.replace("أمس", "امس"),
        "بسعر للنفط خام",
        "السعر والنفط أمس والسعر بالخام",
    )
    for text in (*spellings, "سعر النّفط الخام", "سعر النفط ألخام", APART.replace("الخام", "ألخام")):
        collection.add(text)
    collection.ready()
    monkeypatch.setattr(matching, "MOST_READ", most)
    for query in ('"سعر النفط الخام"~2', '"سعر النفط ألخام"~2', 'النفط -"سعر النفط الخام"~2'):
        found = [uids(query, level=level) for level in Level]
        assert all(stricter <= looser for stricter, looser in pairwise(found)), query
        totals = list(search(SearchRequest(query=query)).levels.values())
        assert totals == list(map(len, found))
