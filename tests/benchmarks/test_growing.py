"""A grown collection costs what a real one would: the same seed gives the same, and words grow naturally."""

from __future__ import annotations

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.coining import Coiner, Spelling, kind_of, parts_of
from benchmarks.growing import Grower, Record, exponent, read, words_and_gaps, write

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def _natural(articles: int) -> list[Record]:
    """Articles whose words follow Zipf's law: a word comes again with the chance of how often it came."""
    chance = random.Random(7)
    said: list[str] = []

    def word() -> str:
        fresh = not said or chance.random() < 0.9 * len(said) ** -0.35
        one = "".join(chance.choices(LETTERS, k=chance.randint(3, 7))) if fresh else chance.choice(said)
        said.append(one)
        return one

    def text(words: int) -> str:
        return " ".join(word() + chance.choice(["", "", "", "،", "."]) for _ in range(words))

    return [
        {
            "title": text(6),
            "body": text(chance.randint(40, 160)),
            "outlet": chance.choice(["المنارة", "البيان العربي"]),
            "author": "",
            "published": f"2015-0{chance.randint(5, 8)}-1{chance.randint(0, 9)}",
            "url": "https://outlet.example/a/1",
        }
        for _ in range(articles)
    ]


def _grown(real: int, articles: int, seed: int = 1) -> list[Record]:
    return list(Grower(_natural(real), seed).articles(articles))


def test_same_seed_gives_the_same_articles_and_another_seed_others() -> None:
    assert _grown(60, 150) == _grown(60, 150)
    assert _grown(60, 150) != _grown(60, 150, seed=2)


def test_a_smaller_collection_is_the_beginning_of_a_larger_one() -> None:
    assert _grown(60, 200)[:90] == _grown(60, 90)


def test_real_articles_come_first_and_unchanged() -> None:
    fields = ("title", "body", "outlet", "url")
    real = {tuple(one[field] for field in fields) for one in _natural(60)}
    assert {tuple(one[field] for field in fields) for one in _grown(60, 150)[:60]} == real
    assert len(_grown(60, 20)) == 20


def test_words_grow_by_the_power_that_the_real_collection_grows_by() -> None:
    grower = Grower(_natural(500), 1)
    list(grower.articles(4000))
    half, real, *_steps, last = grower.points
    assert exponent(real, last) == pytest.approx(exponent(half, real), abs=0.06)
    assert last.once / last.words == pytest.approx(real.once / real.words, abs=0.08)


@pytest.mark.long
def test_words_and_stems_of_real_news_grow_by_their_power(shared: Path) -> None:
    names = {"content": "body", "source": "outlet", "date_extracted": "published"}
    records = read(shared / "corpora" / "saudinewsnet-dev.jsonl.gz", names)[:1500]
    grower = Grower(records, 1)
    list(grower.articles(6_000))
    half, real, *_steps, last = grower.points
    assert exponent(real, last) == pytest.approx(exponent(half, real), abs=0.05)
    assert last.once / last.words == pytest.approx(real.once / real.words, abs=0.05)


def test_grown_articles_are_dated_before_the_end_in_years_that_print_ever_more() -> None:
    days = [one["published"][:10] for one in _grown(60, 4000)[60:]]
    assert max(days) <= max(one["published"] for one in _natural(60))
    assert len({day[:4] for day in days}) >= 9
    assert sum(day >= "2013" for day in days) > sum(day < "2010" for day in days)


def test_grown_articles_have_addresses_of_their_own_on_the_site_of_the_outlet() -> None:
    urls = [one["url"] for one in _grown(60, 150)[60:]]
    assert len(set(urls)) == 90
    assert all(url.startswith("https://outlet.example/grown/") for url in urls)


def test_bytes_are_the_same_compressed_and_can_be_read_again(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        write(tmp_path / name, _grown(60, 80))
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    lines = gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).decode().splitlines()
    assert [json.loads(line)["body"] for line in lines] == [one["body"] for one in _grown(60, 80)]


def test_names_of_fields_are_translated(tmp_path: Path) -> None:
    path = tmp_path / "theirs.jsonl"
    path.write_text(json.dumps({"content": "نص", "source": "المنارة", "author": None}), encoding="utf-8")
    (record,) = read(path, {"content": "body", "source": "outlet"})
    assert (record["body"], record["outlet"], record["author"]) == ("نص", "المنارة", "")


def test_words_and_what_stands_between_them_make_the_text_again() -> None:
    words, gaps = words_and_gaps("قال، أمسِ: نعم.")
    assert (words, gaps) == (["قال", "أمسِ", "نعم"], ["، ", ": ", " "])


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        pytest.param("1436", "number", id="number"),
        pytest.param("٢٠١٥", "number", id="arabic digits"),
        pytest.param("وزير", "arabic", id="arabic"),
        pytest.param("BBC", "foreign", id="latin"),
    ],
)
def test_a_coined_word_is_of_the_kind_of_the_word_it_stands_for(word: str, kind: str) -> None:
    known = ["وزير", "والوزير", "مدرسة", "المدرسة", "كتاب", "بالكتاب", "BBC", "1436", "٢٠١٥"]
    coiner = Coiner(known, 0.5, random.Random(1))
    coined = [coiner.coin(word) for _ in range(30)]
    assert {kind_of(one) for one in coined} == {kind}
    assert len(set(coined) - set(known)) == 30


def test_a_word_is_cut_at_its_stem() -> None:
    parts = parts_of("والوزير")
    assert parts is not None
    assert parts.before + parts.stem + parts.after == "والوزير"
    assert parts.before


def test_spelling_follows_the_letters_it_was_shown() -> None:
    assert Spelling(["بتث"]).spell(random.Random(1)) == "بتث"


def test_articles_drawn_one_by_one_are_those_drawn_at_once() -> None:
    assert list(islice(Grower(_natural(60), 1).articles(10_000), 100)) == _grown(60, 100)
