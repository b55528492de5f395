"""What a ranking is worth before an engine can do it: ``python -m benchmarks.rankings [FOLDER] [--out
FILE.json]``.

Scores the tasks of FOLDER (see `benchmarks.tasks`) by the descriptions in `search.ranking`, the one with runs
of letters too, by plain arithmetic over all places of all words: no engine, no index, seconds a task. The
engine's own figures are those of `benchmarks.relevance`. Title, subtitle and body are taken as one text here,
for the tasks have no titles.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from arabic import Term, analyse, is_stopword, skeleton
from benchmarks.collection import ROOT
from benchmarks.evaluation import compared, differences, mean, per_query
from benchmarks.tasks import Run, Task, documents_of, opened, queries_of, run_of, tasks_in
from search.ranking import RANKING, RANKING_WITH_GRAMS, Form, Ranking, opening_of

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
BEST: Final = 100
GAP: Final = 64
"""Empty places between two texts: wider than a pair."""
DESCRIPTIONS: Final = {"places": RANKING, "places and runs of letters": RANKING_WITH_GRAMS}
KEYS: Final[dict[Form, Callable[[Term], str]]] = {
    Form.NORMAL: lambda term: term.normal,
    Form.STEM: lambda term: term.stem,
    Form.SKELETON: lambda term: skeleton(term.stem),
    Form.OPENING: lambda term: opening_of(term.stem),
}


@dataclass(slots=True)
class Field:
    """One reading of all texts: the places of each key, and how long the texts are in it."""

    numbers: dict[str, int] = field(default_factory=dict)
    keys: array[int] = field(default_factory=lambda: array("i"))
    at: array[int] = field(default_factory=lambda: array("i"))

    def add(self, key: str, place: int) -> None:
        self.keys.append(self.numbers.setdefault(key, len(self.numbers)))
        self.at.append(place)


class Texts:
    """The texts of a task as places of words; scores them by any description."""

    def __init__(self, documents: Path, grams: int) -> None:
        self.ids: list[str] = []
        self.grams = grams
        self._fields: dict[str, Field] = {form: Field() for form in Form} | {"grams": Field()}
        starts, place = [], 0
        for identifier, text in _texts(documents):
            self.ids.append(identifier)
            starts.append(place)
            place = self._add(text, place)
        self.starts = np.array(starts, np.int64)
        self._flags = np.zeros(place + GAP, np.bool_)
        self._places = {name: _by_key(one) for name, one in self._fields.items()}
        self._lengths = {
            name: np.bincount(self.of(np.array(one.at, np.int64)), minlength=len(self.ids))
            for name, one in self._fields.items()
        }

    def _add(self, text: str, place: int) -> int:
        terms = analyse(text)
        for at, term in enumerate(terms, place):
            for form, key in KEYS.items():
                self._fields[form].add(key(term), at)
            for gram in _runs(term.normal, self.grams):
                self._fields["grams"].add(gram, at)
        return place + len(terms) + GAP

    def of(self, places: Longs) -> Longs:
        """The text of each place."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def places(self, name: str, key: str) -> Longs:
        """Where a key of a field stands."""
        number = self._fields[name].numbers.get(key)
        return np.empty(0, np.int64) if number is None else self._places[name][number]

    def bm25(self, ranking: Ranking, places: Longs, name: str, *, by_place: bool = True) -> Floats:
        """BM25 of each text for what stands at these places."""
        texts = self.of(places)
        before = places - self.starts[texts]
        weights = 1 + ranking.places.lead * np.exp(-before / ranking.places.fade) if by_place else None
        counts = np.bincount(texts, weights=weights, minlength=len(self.ids))
        lengths, (k1, b) = self._lengths[name], (ranking.bm25.k1, ranking.bm25.b)
        having = int(np.count_nonzero(counts))
        rarity = math.log(1 + (len(self.ids) - having + 0.5) / (having + 0.5))
        score: Floats = rarity * counts / (counts + k1 * (1 - b + b * lengths / lengths.mean()))
        return score

    def scores(self, ranking: Ranking, query: str) -> Floats:
        """The score of each text."""
        words = analyse(query)
        total = np.zeros(len(self.ids))
        for word in words:
            share = ranking.particles if is_stopword(word.normal) else 1.0
            for name, key, weight in _wanted(ranking, word):
                total += share * weight * self.bm25(ranking, self.places(name, key), name)
        for first, second in _pairs(ranking, words):
            near = self._near(first, second, ranking.pairs.distance)
            if len(near):
                total += ranking.pairs.weight * self.bm25(ranking, near, Form.STEM, by_place=False)
        return total

    def _near(self, first: str, second: str, distance: int) -> Longs:
        firsts, seconds = self.places(Form.STEM, first), self.places(Form.STEM, second)
        self._flags[seconds] = True
        near = np.concatenate([firsts[self._flags[firsts + step]] for step in range(1, distance + 1)])
        self._flags[seconds] = False
        return near

    def run(self, ranking: Ranking, queries: dict[str, str]) -> Run:
        """The best texts of each query."""
        return {name: self._best(self.scores(ranking, query)) for name, query in queries.items()}

    def _best(self, scores: Floats) -> list[str]:
        order = np.argsort(-scores, kind="stable")[:BEST]
        return [self.ids[number] for number in order if scores[number] > 0]


def _texts(documents: Path) -> Iterator[tuple[str, str]]:
    for values in documents_of(documents):
        yield values["id"], "\n".join(values.get(part) or "" for part in ("title", "subtitle", "body"))


def _by_key(one: Field) -> list[Longs]:
    keys, at = np.array(one.keys, np.int64), np.array(one.at, np.int64)
    order = np.argsort(keys, kind="stable")
    ends = np.searchsorted(keys[order], np.arange(1, len(one.numbers)))
    return [np.asarray(part) for part in np.split(at[order], ends)]


def _runs(word: str, size: int) -> list[str]:
    return [word[start : start + size] for start in range(max(1, len(word) - size + 1))]


def _wanted(ranking: Ranking, word: Term) -> Iterator[tuple[str, str, float]]:
    """Field, key and weight of all that a word of a query is compared by."""
    for form, weight in ranking.forms.items():
        if key := KEYS[form](word):
            yield form, key, weight
    if ranking.grams:
        for gram in _runs(word.normal, ranking.grams.size):
            yield "grams", gram, ranking.grams.weight


def _pairs(ranking: Ranking, words: Sequence[Term]) -> Iterator[tuple[str, str]]:
    for number, second in enumerate(words):
        for first in words[max(0, number - ranking.pairs.distance) : number]:
            if not is_stopword(first.normal) and not is_stopword(second.normal):
                yield first.stem, second.stem


def measured(task: Task, texts: Texts, ranking: Ranking) -> dict[str, float]:
    """MRR@10 of a description, and how much that is over the task's other engine."""
    ours = per_query(texts.run(ranking, queries_of(task.queries)), task.qrels)["mrr10"]
    figures = {"mrr10": mean(ours)}
    if task.rival is not None:
        with opened(task.rival) as lines:
            theirs = per_query(run_of(lines), task.qrels)["mrr10"]
        figures["over_lucene"] = compared([differences(ours, theirs)]).mean
    return figures


def main(arguments: list[str]) -> int:
    """Measure every description on every task, print, and write as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "relevance")
    parser.add_argument("--task", action="append", help="only this task; may be given more than once")
    parser.add_argument("--out", type=Path, help="JSON written")
    call = parser.parse_args(arguments)
    grams = RANKING_WITH_GRAMS.grams.size if RANKING_WITH_GRAMS.grams else 0
    results: dict[str, dict[str, dict[str, float]]] = {}
    held: dict[Path, Texts] = {}
    for task in tasks_in(call.folder):
        if call.task and task.name not in call.task:
            continue
        texts = held.get(task.documents) or Texts(task.documents, grams)
        held = {task.documents: texts}
        for name, ranking in DESCRIPTIONS.items():
            figures = results.setdefault(task.name, {})[name] = measured(task, texts, ranking)
            print(f"{task.name:<14}{name:<28}" + "  ".join(f"{k} {v:.4f}" for k, v in figures.items()))
    if call.out:
        call.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
