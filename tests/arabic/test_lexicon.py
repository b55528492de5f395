"""Counts of normal forms: making, reading and shipping them."""

import gzip
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from arabic import ANALYSIS_STAMP, analyse, lexicon
from arabic.analysis import adopt, wanted_stamp


def test_counts_are_of_normal_forms_of_arabic_words() -> None:
    counts = lexicon.count_forms(["الدولة دولةٌ 2015 BBC", "الدَّوله"])
    assert counts == {"الدوله": 2, "دوله": 1}


def test_build_counts_plain_text_and_tagged_articles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, tagged, out = tmp_path / "a.txt", tmp_path / "b.zip", tmp_path / "out.txt.gz"
    plain.write_text("وزير وزير وزيرة", encoding="utf-8")
    with zipfile.ZipFile(tagged, "w") as archive:
        archive.writestr(
            "1.txt", "<DOC><SRC>مصدر مصدر مصدر</SRC><TITLE>وزير</TITLE><TEXT>\nوزير\n</TEXT></DOC>"
        )
    assert lexicon.main(["build", str(out), str(plain), str(tagged)]) == 0
    assert lexicon.read(out) == {"وزير": 4, "وزيره": 1}
    assert "2 forms" in capsys.readouterr().out


def test_the_same_counts_are_the_same_bytes(tmp_path: Path) -> None:
    counts = lexicon.count_forms(["مصر مصر مصر"])
    lexicon.write(tmp_path / "one.gz", counts)
    lexicon.write(tmp_path / "two.gz", counts)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


@pytest.mark.parametrize("line", ["وزير", "وزير\t", "وزير\tكثير", "وزير 3"])
def test_a_line_without_count_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.gz"
    path.write_bytes(gzip.compress(f"مصر\t5\n{line}\n".encode()))
    with pytest.raises(lexicon.LexiconUnreadable, match="build OUT FILES") as raised:
        lexicon.read(path)
    assert raised.value.line == line


def test_the_shipped_counts_load_quickly_and_small() -> None:
    started = time.process_time()
    counts = lexicon.read(lexicon.SHIPPED)
    assert time.process_time() - started < 0.15
    assert len(counts) > 70_000
    tracemalloc.start()
    kept = lexicon.read(lexicon.SHIPPED)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept == counts
    assert peak < 40_000_000


def test_the_shipped_counts_are_those_of_their_source(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.txt.gz"
    lexicon.main(["build", str(out), str(shared / "corpora" / "ant-corpus-v1.1.zip")])
    assert lexicon.read(out) == lexicon.shipped()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[lexicon.OwnCounts]:
    lexicon.use_own(tmp_path / "lexicon")
    yield lexicon.OwnCounts(tmp_path / "lexicon")
    lexicon.use_own(None)
    adopt(ANALYSIS_STAMP)


def test_own_counts_are_added_to_the_shipped_ones(own: lexicon.OwnCounts) -> None:
    own.keep({"درعا": 40, "بدرعا": 10, "وزير": 2})
    adopt(wanted_stamp())
    assert lexicon.in_use()["درعا"] == 40
    assert lexicon.in_use()["وزير"] == lexicon.shipped()["وزير"] + 2


def test_own_counts_make_other_stems(own: lexicon.OwnCounts) -> None:
    adopt(wanted_stamp())
    assert analyse("درعا")[0].stem == analyse("درع")[0].stem
    own.keep({"درعا": 40, "بدرعا": 10})
    adopt(wanted_stamp())
    assert analyse("درعا")[0].stem != analyse("درع")[0].stem


def test_a_process_keeps_its_counts_until_it_is_told_of_others(own: lexicon.OwnCounts) -> None:
    made_by = wanted_stamp()
    adopt(made_by)
    own.keep({"درعا": 40})
    assert wanted_stamp() != made_by
    assert "درعا" not in lexicon.in_use()
    adopt(wanted_stamp())
    assert "درعا" in lexicon.in_use()
    own.keep({"درعا": 41})
    assert lexicon.in_use()["درعا"] == 40


def test_counts_of_an_earlier_index_can_be_read_again(own: lexicon.OwnCounts) -> None:
    own.keep({"درعا": 40})
    earlier = wanted_stamp()
    own.keep({"درعا": 50})
    adopt(wanted_stamp())
    adopt(earlier)
    assert lexicon.in_use()["درعا"] == 40


def test_own_counts_can_be_taken_back(own: lexicon.OwnCounts) -> None:
    assert not own.remove()
    own.keep({"درعا": 40})
    assert wanted_stamp() != ANALYSIS_STAMP
    assert own.remove()
    assert wanted_stamp() == ANALYSIS_STAMP


def test_only_the_commonest_forms_are_kept(own: lexicon.OwnCounts) -> None:
    assert own.keep({"ا": 1, "ب": 3, "ت": 2}, most=2) == 2
    assert own.read(own.wanted()) == {"ب": 3, "ت": 2}


def test_a_file_that_is_no_counts_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "text.gz"
    path.write_bytes("كلام".encode())
    with pytest.raises(lexicon.LexiconUnreadable, match=r"text\.gz"):
        lexicon.read(path)
