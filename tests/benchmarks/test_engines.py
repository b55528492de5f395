"""All contenders are given the same and asked the same; a run ends in tables and can be taken up again."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.engines import CAPS, Job, jobs
from benchmarks.engines_given import asked_of
from benchmarks.engines_part import Building, Line, Part, Times
from benchmarks.engines_tables import part_from, print_tables
from benchmarks.peers.base import Asked, Contender, OverLimit, Row
from benchmarks.peers.fts5 import Fts5
from benchmarks.peers.postgresql import NoServer, PostgreSQL, programs
from benchmarks.peers.stock_haystack import over_limit_after
from search.types import SearchRequest

REPOSITORY = Path(__file__).resolve().parents[2]
ROWS = (
    Row(1, "manara", "2015-07-02", "افتتاح الجسر", "افتتح الوزير جسر المدينة القديمة صباح اليوم"),
    Row(2, "manara", "2015-07-20", "مباراة", "فاز فريق المدينة على ضيفه في مباراة مثيرة"),
    Row(3, "bayan", "2015-08-01", "سوق", "ارتفع سعر القمح في سوق المدينة القديمة"),
    Row(4, "bayan", "", "رسالة", "كتب قارئ رسالة عن سعر القمح"),
)
ALL = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the user of a database server may enter too."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module", params=["fts5", "postgresql"])
def peer(request: pytest.FixtureRequest, folder: Path) -> Iterator[Contender]:
    contender = _peer(request.param, folder)
    contender.build(iter(ROWS))
    yield contender
    contender.close()


def _peer(name: str, folder: Path) -> Contender:
    if name == "fts5":
        return Fts5(folder)
    try:
        programs()
    except NoServer as reason:
        pytest.skip(str(reason))
    return PostgreSQL(folder / "postgresql")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(Asked("", "المدينة", all_of=("المدينة",)), {1, 2, 3}, id="word"),
        pytest.param(Asked("", "x", all_of=("سعر", "المدينة")), {3}, id="all words"),
        pytest.param(Asked("", "x", phrase=("المدينة", "القديمة")), {1, 3}, id="phrase"),
        pytest.param(
            Asked("", "x", any_of=("مباراة", "جسر"), none_of=("الوزير",)), {2}, id="either, without"
        ),
        pytest.param(Asked("", "x", prefix="مبار"), {2}, id="prefix"),
        pytest.param(Asked("", "x", all_of=("المدينة",), outlet="manara"), {1, 2}, id="outlet"),
        pytest.param(
            Asked("", "x", all_of=("المدينة",), first="2015-07-10", last="2015-08-31"), {2, 3}, id="dates"
        ),
        pytest.param(Asked("", "x", all_of=("صحراء",)), set(), id="nothing"),
        pytest.param(Asked("", 'x"', all_of=('سعر"',)), {3, 4}, id="quotation mark"),
    ],
)
def test_peer_finds_what_is_asked_with_total_facets_and_passages(
    peer: Contender, asked: Asked, found: set[int]
) -> None:
    answered = peer.answer(asked, 10)
    assert set(answered.found) == found
    assert answered.total == len(found)
    assert sum(answered.facets["outlet"].values()) == sum(answered.facets["month"].values()) == len(found)
    assert len(answered.passages) == len(found)


def test_peer_answers_everything_newest_first(peer: Contender) -> None:
    answered = peer.answer(Asked("", ""), 10)
    assert answered.total == 4
    assert [pk for pk in answered.found if pk != 4] == [3, 2, 1]
    assert answered.facets["outlet"] == {"manara": 2, "bayan": 2}


def test_peer_knows_its_index_again(peer: Contender) -> None:
    assert peer.is_built(4)
    assert not peer.is_built(5)
    assert peer.index_bytes() > 0


def test_peers_find_words_written_otherwise_as_far_as_their_analysis_goes(peer: Contender) -> None:
    assert peer.finds("وزير", "وزير")
    assert peer.finds("احمد", "أحمد") == isinstance(peer, PostgreSQL)


def test_a_query_over_the_limit_is_ended() -> None:
    def ask() -> None:
        with over_limit_after(0.05):
            end = time.monotonic() + 10
            while time.monotonic() < end:
                pass

    with pytest.raises(OverLimit):
        ask()


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        pytest.param("سعر القمح", Asked("k", "سعر القمح", all_of=("سعر", "القمح")), id="words"),
        pytest.param('"سعر القمح"', Asked("k", '"سعر القمح"', phrase=("سعر", "القمح")), id="phrase"),
        pytest.param(
            "(سعر OR قمح) -سوق",
            Asked("k", "(سعر OR قمح) -سوق", any_of=("سعر", "قمح"), none_of=("سوق",)),
            id="either, without",
        ),
        pytest.param("مبار*", Asked("k", "مبار*", prefix="مبار"), id="prefix"),
        pytest.param("", Asked("k", ""), id="everything"),
    ],
)
def test_query_is_asked_of_all_alike(query: str, asked: Asked) -> None:
    assert asked_of("k", SearchRequest(query=query)) == asked


def test_filters_are_asked_of_all_alike() -> None:
    request = SearchRequest(
        query="سعر",
        outlets=("bayan",),
        date_from=datetime.date(2015, 7, 1),
        date_to=datetime.date(2015, 8, 31),
    )
    asked = asked_of("k", request)
    assert (asked.outlet, asked.first, asked.last) == ("bayan", "2015-07-01", "2015-08-31")


def test_contender_with_a_cap_is_measured_at_it_in_place_of_larger_sizes() -> None:
    assert jobs(["whoosh", "tantivy", "haystack", "fts5"], [15_615, 125_000], CAPS) == [
        Job("whoosh", 15_615, 15_615),
        Job("whoosh", 31_000, 31_000),
        Job("tantivy", 15_615, 15_615),
        Job("tantivy", 125_000, 125_000),
        Job("haystack", 15_615, 5_000),
        Job("fts5", 15_615, 15_615),
        Job("fts5", 125_000, 125_000),
    ]


def _part(articles: int, milliseconds: float) -> Part:
    times = Times(*[milliseconds] * 4)
    lines = [Line(kind, 5, 0, 3, times, times, None) for kind in ("phrase", "all kinds")]
    building = Building(10, articles / 100, 1_000_000)
    return Part("fts5", articles, 5_000, "as it is", {"tatweel": False}, building, 2_000, 0, lines)


def test_tables_say_how_much_longer_a_larger_collection_takes(capsys: pytest.CaptureFixture[str]) -> None:
    print_tables([_part(1_000, 2.0), _part(8_000, 3.0)])
    said = capsys.readouterr().out
    assert "1,000 to 8,000: 8.0" in said
    assert "1.50 / 1.50" in said
    assert "* as it is" in said


def test_figures_are_the_same_after_writing_and_reading() -> None:
    part = _part(1_000, 2.0)
    assert part_from(json.loads(json.dumps(asdict(part)))) == part


def _run(collection: Path, work: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.engines", str(collection), "--work", str(work)]
    options = ["--sizes", "30", "60", "--queries", "1", "--engines", "tantivy", "--peers", "fts5", "haystack"]
    environment = {name: value for name, value in os.environ.items() if name != "ARSHIF_DATA_DIR"}
    return subprocess.run(
        [*command, *options, *more],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_a_run_measures_all_that_is_asked_and_is_not_repeated(tmp_path: Path) -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("ابتجحدرسصعفقكلمنهوي", k=chance.randint(3, 6))) for _ in range(600)]
    lines = [
        json.dumps(
            {
                "title": " ".join(chance.choices(words, k=6)),
                "body": " ".join(chance.choices(words, range(600, 0, -1), k=120)) + ".",
                "outlet": "المنارة",
                "published": f"2015-07-{number % 28 + 1:02}",
            },
            ensure_ascii=False,
        )
        for number in range(30)
    ]
    collection = tmp_path / "collection.jsonl"
    collection.write_text("\n".join(lines), encoding="utf-8")
    done = _run(collection, tmp_path / "work", "--out", str(tmp_path / "out.json"))
    assert done.returncode == 0, done.stderr
    parts = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["parts"]
    assert [part["contender"] for part in parts] == [
        "tantivy",
        "tantivy",
        "fts5",
        "fts5",
        "haystack",
        "haystack",
    ]
    assert all(part["building"] and part["lines"][-1]["queries"] == 10 for part in parts)
    assert {part["articles"] for part in parts} == {30, 60}
    again = _run(collection, tmp_path / "work")
    assert "0 of 6 to measure" in again.stderr
    assert again.stdout == done.stdout
