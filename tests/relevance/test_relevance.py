"""Relevance measured by the real commands: on a task of a stranger, and on the smallest that is shared."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import relevance
from benchmarks.evaluation import compared, differences, per_query
from benchmarks.tasks import TaskIncomplete, run_of, tasks_in

ARTICLES = {
    "a": "وصل الوزير إلى مطار تونس قرطاج مساء الخميس واستقبله سفير بلاده",
    "b": "فاز الفريق الأزرق على ضيفه في المباراة النهائية بهدفين لهدف",
    "c": "ارتفعت أسعار القمح في الأسواق العالمية بعد موسم جاف",
    "d": "افتتحت الجامعة معرض الكتاب السنوي بحضور مئات الطلاب",
}
QUERIES = {"1": "الوزير في مطار قرطاج", "2": "أسعار القمح", "3": "معرض للكتاب بالجامعة"}
RIGHT = {"1": "a", "2": "c", "3": "d"}


@pytest.fixture
def task_folder(tmp_path: Path) -> Path:
    """A task as a stranger would bring it: plain names, no gzip, no run to compare with."""
    folder = tmp_path / "strange"
    folder.mkdir()
    lines = [json.dumps({"id": name, "title": "", "body": body}) for name, body in ARTICLES.items()]
    (folder / "documents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    queries = "".join(f"{number}\t{query}\n" for number, query in QUERIES.items())
    (folder / "queries.tsv").write_text(queries, encoding="utf-8")
    judged = "".join(f"{number} 0 {name} 1\n" for number, name in RIGHT.items())
    (folder / "qrels.tsv").write_text(judged, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_task_of_a_stranger_is_measured_and_its_archive_kept(task_folder: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "figures.json", tmp_path / "kept"
    call = [str(task_folder), "--kept", str(kept), "--out", str(out)]
    assert relevance.main(call) == 0
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]
    assert figures["relevance/strange/mrr10"] == figures["relevance/strange/r10"] == 1.0
    (folder,) = kept.iterdir()
    made = (folder / "documents.sha256").stat().st_mtime_ns
    assert relevance.main(call) == 0
    assert (folder / "documents.sha256").stat().st_mtime_ns == made


@pytest.mark.slow
@pytest.mark.long
def test_a_figure_below_its_floor_fails_the_benchmark(task_folder: Path, tmp_path: Path) -> None:
    better = "".join(f"{number} Q0 {name} 1 9 other\n" for number, name in RIGHT.items())
    (task_folder / "lucene.run.gz").write_bytes(gzip.compress(better.encode()))
    assert relevance.main([str(task_folder), "--kept", str(tmp_path / "kept")]) == 1


@pytest.mark.long
def test_tunisian_headlines_find_their_articles_better_than_by_lucene(shared: Path, tmp_path: Path) -> None:
    """The smallest of the shared tasks; `python -m benchmarks.relevance` measures them all."""
    call = [str(shared / "relevance"), "--task", "ant.titles", "--kept", str(tmp_path)]
    assert relevance.main(call) == 0


def test_tasks_share_the_documents_of_the_first_part_of_their_names(tmp_path: Path) -> None:
    for name in ("news.documents.jsonl.gz", "news.a.queries.tsv", "news.a.qrels.tsv", "news.a.lucene.run.gz"):
        (tmp_path / name).touch()
    for name in ("news.b.documents.jsonl", "news.b.queries.tsv", "news.b.qrels.tsv"):
        (tmp_path / name).touch()
    first, second = tasks_in(tmp_path)
    assert (first.name, first.documents.name) == ("news.a", "news.documents.jsonl.gz")
    assert (second.name, second.documents.name) == ("news.b", "news.b.documents.jsonl")
    assert first.rival is not None
    assert second.rival is None


@pytest.mark.parametrize("there", [(), ("queries.tsv",), ("queries.tsv", "qrels.tsv")], ids=len)
def test_what_a_task_lacks_is_named(tmp_path: Path, there: tuple[str, ...]) -> None:
    for name in there:
        (tmp_path / name).touch()
    with pytest.raises(TaskIncomplete, match=("queries", "qrels", "documents")[len(there)]):
        tasks_in(tmp_path)


def test_a_query_without_an_answer_counts_as_nought(tmp_path: Path) -> None:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("1 0 a 1\n2 0 b 1\n", encoding="utf-8")
    figures = per_query(run_of(["1 Q0 x 1 9 run", "1 Q0 a 2 9 run"]), qrels)
    assert figures["mrr10"] == {"1": 0.5, "2": 0.0}


def test_equal_scores_stand_by_their_ranks(tmp_path: Path) -> None:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("1 0 a 1\n", encoding="utf-8")
    figures = per_query(run_of(["1 Q0 a 1 5 run", "1 Q0 z 2 5 run"]), qrels)
    assert figures["mrr10"] == {"1": 1.0}


def test_a_clear_difference_is_told_from_chance() -> None:
    chance = np.random.default_rng(7)
    noise = chance.normal(0, 0.3, 400)
    clear, none = compared([noise - noise.mean() + 0.1]), compared([noise - noise.mean()])
    assert clear.low < 0.1 < clear.high
    assert clear.low > 0
    assert clear.p < 0.001
    assert none.low < 0 < none.high
    assert none.p > 0.9


def test_the_same_call_gives_the_same_interval() -> None:
    values = np.linspace(-1, 1, 50)
    assert compared([values, values + 0.1]) == compared([values, values + 0.1])


def test_differences_are_paired_by_query() -> None:
    assert list(differences({"a": 1.0, "b": 0.5}, {"b": 1.0, "a": 0.25})) == [0.75, -0.5]
