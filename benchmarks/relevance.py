"""How well the right article is found, beside Lucene: ``python -m benchmarks.relevance [FOLDER] [--out
FILE.json]``.

FOLDER holds tasks (benchmarks/tasks.py says how their files are named; ../shared/relevance unless said).
Documents are taken in and indexed by the real commands, queries asked by `manage.py search --batch FILE
--level any --limit 100 --format trec`, and MRR@10, nDCG@10 and recall at 10 and 100 counted by
`ir_measures`. Where a task brings another engine's run, each figure stands beside that one's, with the
difference, its 95% interval and p by a paired bootstrap over queries (10,000 resamples, fixed seed:
`evaluation.compared`). Exit 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from arabic import ANALYSIS_STAMP
from benchmarks.collection import KEPT, ROOT, collection_of
from benchmarks.evaluation import MEASURES, Difference, Floats, compared, differences, mean, per_query
from benchmarks.floors import told
from benchmarks.tasks import Task, opened, queries_of, run_of, tasks_in

LABELS: Final = {"mrr10": "MRR@10", "ndcg10": "nDCG@10", "r10": "R@10", "r100": "R@100"}
MEAN: Final = "mean"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one task (or of their mean). `theirs` and `difference`: None where there is no
    rival.
    """

    task: str
    measure: str
    queries: int
    ours: float
    theirs: float | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines of a task, and the differences behind them by measure."""

    lines: list[Line]
    pairs: dict[str, Floats]


def measured(task: Task, kept: Path, *, fresh: bool = False) -> Outcome:
    """Run a task through the engine and judge it."""
    run = collection_of(task.documents, kept, fresh=fresh).run(queries_of(task.queries))
    ours = per_query(run, task.qrels)
    if task.rival is None:
        return Outcome([Line(task.name, m, len(ours[m]), mean(ours[m]), None, None) for m in MEASURES], {})
    with opened(task.rival) as lines:
        theirs = per_query(run_of(lines), task.qrels)
    pairs = {measure: differences(ours[measure], theirs[measure]) for measure in MEASURES}
    return Outcome(
        [
            Line(task.name, m, len(ours[m]), mean(ours[m]), mean(theirs[m]), compared([pairs[m]]))
            for m in MEASURES
        ],
        pairs,
    )


def mean_lines(outcomes: Sequence[Outcome]) -> list[Line]:
    """The means over the tasks that have a rival."""
    rivalled = [outcome for outcome in outcomes if outcome.pairs]
    return [_mean_line(measure, rivalled) for measure in MEASURES] if len(rivalled) > 1 else []


def _mean_line(measure: str, outcomes: Sequence[Outcome]) -> Line:
    lines = [line for outcome in outcomes for line in outcome.lines if line.measure == measure]
    ours = sum(line.ours for line in lines) / len(lines)
    theirs = sum(line.theirs or 0.0 for line in lines) / len(lines)
    difference = compared([outcome.pairs[measure] for outcome in outcomes])
    return Line(MEAN, measure, sum(line.queries for line in lines), ours, theirs, difference)


def figures(lines: Sequence[Line]) -> dict[str, float]:
    """The figures that floors speak of: ``relevance/TASK/MEASURE``, and ``…/over_lucene``."""
    found: dict[str, float] = {}
    for line in lines:
        name = f"relevance/{line.task}/{line.measure}"
        found[name] = line.ours
        if line.difference:
            found[f"{name}/over_lucene"] = line.difference.mean
    return found


def table(lines: Sequence[Line]) -> str:
    """The lines as a table."""
    rows = [
        f"{'task':<16}{'measure':<9}{'queries':>8}{'Arshif':>8}{'Lucene':>8}{'diff':>8}  95% interval       p"
    ]
    for line in lines:
        row = f"{line.task:<16}{LABELS[line.measure]:<9}{line.queries:>8,}{line.ours:>8.4f}"
        if line.difference and line.theirs is not None:
            d = line.difference
            row += f"{line.theirs:>8.4f}{d.mean:>+8.4f}  [{d.low:+.4f}, {d.high:+.4f}]  {d.p:.4f}"
        rows.append(row)
    return "\n".join(rows)


def report(lines: Sequence[Line], found: Mapping[str, float]) -> dict[str, Any]:
    """All of it, for JSON."""
    return {"analysis": ANALYSIS_STAMP, "lines": [asdict(line) for line in lines], "figures": dict(found)}


def main(arguments: list[str]) -> int:
    """Measure every task, print, and write as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "relevance")
    parser.add_argument("--task", action="append", help="only this task; may be given more than once")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of the archives (var/benchmarks)")
    parser.add_argument("--fresh", action="store_true", help="take the documents in anew")
    parser.add_argument("--out", type=Path, help="JSON written")
    call = parser.parse_args(arguments)
    tasks = [task for task in tasks_in(call.folder) if not call.task or task.name in call.task]
    seen: set[Path] = set()
    outcomes = []
    for task in tasks:
        outcomes.append(measured(task, call.kept, fresh=call.fresh and task.documents not in seen))
        seen.add(task.documents)
    lines = [line for outcome in outcomes for line in outcome.lines] + mean_lines(outcomes)
    found = figures(lines)
    print(table(lines))
    if call.out:
        text = json.dumps(report(lines, found), ensure_ascii=False, indent=1)
        call.out.write_text(f"{text}\n", encoding="utf-8")
    return told(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
