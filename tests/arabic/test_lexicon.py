"""Counts of normal forms: making, reading and shipping them."""

import gzip
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from arabic import lexicon


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
    assert min(counts.values()) >= lexicon.LEAST_COUNT
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
