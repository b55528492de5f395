"""Figures of a run, query by query, and how sure a difference between two runs is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, R, nDCG

from benchmarks.tasks import Run

MEASURES: Final = {"mrr10": RR @ 10, "ndcg10": nDCG @ 10, "r10": R @ 10, "r100": R @ 100}
RESAMPLES: Final = 10_000
CHUNK: Final = 500
SEED: Final = 20_261_122
INTERVAL: Final = (2.5, 97.5)

Floats = npt.NDArray[np.float64]
PerQuery = dict[str, dict[str, float]]
"""Measure, query, value."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference, its 95% interval, and the two-sided p of there being none."""

    mean: float
    low: float
    high: float
    p: float


def per_query(run: Run, qrels: Path) -> PerQuery:
    """Every measure of every judged query, 0 where the run answers nothing."""
    judgements = list(ir_measures.read_trec_qrels(str(qrels)))  # type: ignore[no-untyped-call]
    queries = sorted({each.query_id for each in judgements})
    figures = {name: dict.fromkeys(queries, 0.0) for name in MEASURES}
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(MEASURES.values(), judgements, _scored(run)):
        figures[names[metric.measure]][metric.query_id] = metric.value
    return figures


def _scored(run: Run) -> list[ir_measures.ScoredDoc]:
    """A run by falling scores: the order counts, not what an engine calls a score."""
    return [
        ir_measures.ScoredDoc(query, document, -float(rank))
        for query, ranking in run.items()
        for rank, document in enumerate(ranking)
    ]


def reciprocal_ranks(run: Run, qrels: Path) -> dict[str, float]:
    """RR@10 of every judged query."""
    return per_query(run, qrels)["mrr10"]


def mean(figures: Mapping[str, float]) -> float:
    """The mean over queries; 0 of none."""
    return sum(figures.values()) / len(figures) if figures else 0.0


def differences(ours: Mapping[str, float], theirs: Mapping[str, float]) -> Floats:
    """Ours less theirs for each query of ours, in the order of their ids."""
    return np.array([ours[query] - theirs.get(query, 0.0) for query in sorted(ours)])


def compared(tasks: Sequence[Floats], resamples: int = RESAMPLES, seed: int = SEED) -> Difference:
    """The mean over tasks of the mean difference over queries, by the paired bootstrap.

    The queries of each task are drawn anew with replacement, each with both its figures. The interval is
    that of the percentiles of the resampled means; p is the share of resampled means that lie as far from
    the observed one as that lies from 0 (the bootstrap distribution shifted to no difference). Source:
    Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16; for retrieval,
    Smucker, Allan & Carterette (2007).
    """
    chance = np.random.default_rng(seed)
    observed = float(np.mean([task.mean() for task in tasks]))
    means = np.mean([_resampled_means(task, resamples, chance) for task in tasks], axis=0)
    low, high = np.percentile(means, INTERVAL)
    as_far = int((np.abs(means - observed) >= abs(observed)).sum())
    return Difference(observed, float(low), float(high), (as_far + 1) / (resamples + 1))


def _resampled_means(values: Floats, resamples: int, chance: np.random.Generator) -> Floats:
    means: Iterable[Floats] = (
        values[chance.integers(len(values), size=(min(CHUNK, resamples - start), len(values)))].mean(axis=1)
        for start in range(0, resamples, CHUNK)
    )
    return np.concatenate(list(means))
