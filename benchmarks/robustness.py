"""What mistyping costs: ``python -m benchmarks.robustness [FOLDER] [--out FILE.json]``.

Every query of the tasks in FOLDER (../shared/relevance unless said) is typed in the sixteen ways of
benchmarks/mistyping, by every rule of each, and asked as in benchmarks.relevance. Compared are the
queries that a rule changes, and no others: MRR@10 of them as they are, as mistyped, and the loss, over
all rules and tasks of a way. Ways that are to lose nothing must give the same ranking, all hundred of it:
rankings that differ are counted. Exit 1 where a floor is broken.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from arabic import ANALYSIS_STAMP
from benchmarks.collection import KEPT, ROOT, Collection, collection_of
from benchmarks.drawing import forms_of
from benchmarks.evaluation import reciprocal_ranks
from benchmarks.floors import told
from benchmarks.mistyping import WAYS, typed
from benchmarks.tasks import Run, Task, documents_of, queries_of, tasks_in


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of a way on one task. `before`, `after`: sums of RR@10 over the changed queries."""

    way: str
    rule: str
    task: str
    queries: int
    before: float
    after: float
    rankings_changed: int


@dataclass(frozen=True, slots=True)
class Loss:
    """Some lines together: queries changed, MRR@10 of them before and after, rankings that differ."""

    queries: int
    before: float
    after: float
    rankings_changed: int

    @property
    def loss(self) -> float:
        return self.before - self.after


def together(lines: Iterable[Line]) -> Loss:
    """The mean over all changed queries of some lines."""
    listed = list(lines)
    queries = sum(line.queries for line in listed)
    before, after = sum(line.before for line in listed), sum(line.after for line in listed)
    differing = sum(line.rankings_changed for line in listed)
    return Loss(queries, before / queries, after / queries, differing) if queries else Loss(0, 0.0, 0.0, 0)


def seen_in(documents: Path) -> Counter[str]:
    """How often each normal form stands in a file of documents."""
    counts: Counter[str] = Counter()
    for each in documents_of(documents):
        counts.update(forms_of(f"{each.get('title') or ''}\n{each['body']}"))
    return counts


def mistyped(queries: Mapping[str, str], seen: Mapping[str, int]) -> dict[tuple[str, str], dict[str, str]]:
    """By way and rule: the queries that it changes, as changed."""
    found = {}
    for way in WAYS:
        for name, rule in way.rules:
            changed = {
                number: typed(query, rule, seen, of_numbers=way.of_numbers)
                for number, query in queries.items()
            }
            found[way.name, name] = {n: query for n, query in changed.items() if query != queries[n]}
    return found


def measured(task: Task, collection: Collection, seen: Mapping[str, int]) -> list[Line]:
    """Ask a task's queries as they are and in every way; a line a rule."""
    queries = queries_of(task.queries)
    changed = mistyped(queries, seen)
    asked = dict(queries)
    for (_, rule), its in changed.items():
        asked |= {f"{rule}/{number}": query for number, query in its.items()}
    run = collection.run(asked)
    right = reciprocal_ranks({number: run[number] for number in queries}, task.qrels)
    return [_line(way, rule, task, its, run, right) for (way, rule), its in changed.items()]


def _line(
    way: str, rule: str, task: Task, changed: Mapping[str, str], run: Run, right: Mapping[str, float]
) -> Line:
    numbers = [number for number in changed if number in right]
    after = reciprocal_ranks({number: run[f"{rule}/{number}"] for number in numbers}, task.qrels)
    return Line(
        way,
        rule,
        task.name,
        len(numbers),
        sum(right[number] for number in numbers),
        sum(after[number] for number in numbers),
        sum(run[number] != run[f"{rule}/{number}"] for number in numbers),
    )


def figures(lines: Sequence[Line]) -> dict[str, float]:
    """The figures that floors speak of: ``robustness/WAY/loss``, ``…/rankings_changed``, ``…/RULE/loss``."""
    found: dict[str, float] = {}
    for way in WAYS:
        whole = together(line for line in lines if line.way == way.name)
        found[f"robustness/{way.name}/loss"] = round(whole.loss, 6)
        found[f"robustness/{way.name}/rankings_changed"] = float(whole.rankings_changed)
        for rule, _ in way.rules:
            part = together(line for line in lines if line.rule == rule)
            found[f"robustness/{way.name}/{rule}/loss"] = round(part.loss, 6)
    return found


def table(lines: Sequence[Line]) -> str:
    """Ways, and under those of several rules the rules."""
    rows = [f"{'way':<52}{'changed':>8}{'before':>8}{'after':>8}{'loss':>8}{'rankings':>10}"]
    for way in WAYS:
        rows.append(_row(way.what, together(line for line in lines if line.way == way.name)))
        if len(way.rules) > 1:
            rows += [_row(f"  {n}", together(each for each in lines if each.rule == n)) for n, _ in way.rules]
    whole = [together(line for line in lines if line.way == way.name).loss for way in WAYS]
    return "\n".join([*rows, f"mean loss over {len(WAYS)} ways: {sum(whole) / len(whole):.4f}"])


def _row(what: str, loss: Loss) -> str:
    return (
        f"{what:<52}{loss.queries:>8,}{loss.before:>8.4f}{loss.after:>8.4f}{loss.loss:>8.4f}"
        f"{loss.rankings_changed:>10,}"
    )


def main(arguments: list[str]) -> int:
    """Measure, print, and write as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "relevance")
    parser.add_argument("--task", action="append", help="only this task; may be given more than once")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of the archives (var/benchmarks)")
    parser.add_argument("--out", type=Path, help="JSON written")
    call = parser.parse_args(arguments)
    lines: list[Line] = []
    for task in tasks_in(call.folder):
        if not call.task or task.name in call.task:
            lines += measured(task, collection_of(task.documents, call.kept), seen_in(task.documents))
    found = figures(lines)
    print(table(lines))
    if call.out:
        report = {"analysis": ANALYSIS_STAMP, "figures": found, "lines": [asdict(line) for line in lines]}
        call.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return told(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
