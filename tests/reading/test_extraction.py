"""How well the real collections are read, under the floors of benchmarks/floors.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import floors
from benchmarks.extraction import DATELINES, FLAT, HTML, PAGES, SEEDS, figures, measure


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[str, float]:
    return figures(list(measure(shared)))


def test_no_figure_is_below_its_floor(measured: dict[str, float]) -> None:
    assert floors.missed(measured) == []


@pytest.mark.parametrize("collection", [SEEDS, FLAT, PAGES, HTML, DATELINES])
def test_every_collection_has_floors(measured: dict[str, float], collection: str) -> None:
    held = floors.holding(floors.read(floors.FILE.read_text(encoding="utf-8"))).values()
    names = [name for name in measured if f"/{collection}/" in name]
    assert any(floor.least is not None for floor in held if collection in floor.figure)
    assert names
