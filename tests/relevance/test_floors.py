"""The floors of the figures cannot be lowered unnoticed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.floors import FILE, Floor, add, faults, holding, missed, read

REPOSITORY = Path(__file__).resolve().parents[2]
NEWEST_SEAL = "9dbdc8a3721595f6"
"""The seal of the last entry: it changes with every entry, so that a new floor shows in two files."""


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout


def _log() -> list[Floor]:
    return read(FILE.read_text(encoding="utf-8"))


def test_every_entry_fits_its_seal_and_none_is_lowered_in_silence() -> None:
    assert faults(_log()) == []


def test_the_newest_seal_is_the_one_written_here() -> None:
    assert _log()[-1].seal == NEWEST_SEAL


def test_no_committed_entry_was_changed_or_taken_out() -> None:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("not a git clone")
    name = FILE.relative_to(REPOSITORY).as_posix()
    now = _log()
    for commit in _git("log", "--format=%H", "--diff-filter=AM", "--", name).split():
        then = read(_git("show", f"{commit}:{name}"))
        assert now[: len(then)] == then, f"the log of {commit[:10]} is no longer the beginning of this one"


def test_what_was_promised_holds() -> None:
    """The limits that were set before anything was measured."""
    floors = holding(_log())
    assert (floors["relevance/mean/mrr10/over_lucene"].least or 0) >= 0.018
    assert (floors["names/precision"].least, floors["names/recall"].least) >= (0.9, 0.97)
    assert floors["robustness/foreign_names/*loss"].most == 0.04


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log with one entry."""
    file = tmp_path / "floors.toml"
    file.write_text("", encoding="utf-8")
    add(file, "relevance/*/mrr10", 0.8, None, "measured", lowered=False)
    return file


def _add(file: Path, least: float | None, *, lowered: bool = False, most: float | None = None) -> Floor:
    return add(file, "relevance/*/mrr10", least, most, "measured anew", lowered=lowered)


def test_a_raised_floor_holds(log: Path) -> None:
    _add(log, 0.85)
    entries = read(log.read_text(encoding="utf-8"))
    assert faults(entries) == []
    assert holding(entries)["relevance/*/mrr10"].least == 0.85


@pytest.mark.parametrize(("least", "most"), [(0.7, None), (None, 0.9)], ids=["lower", "another bound"])
def test_a_lowered_floor_is_refused(log: Path, least: float | None, most: float | None) -> None:
    with pytest.raises(ValueError, match="does not say so"):
        _add(log, least, most=most)


def test_a_lowered_floor_that_says_so_is_taken(log: Path) -> None:
    _add(log, 0.7, lowered=True)
    assert faults(read(log.read_text(encoding="utf-8"))) == []


def test_a_floor_lowered_where_it_stands_breaks_its_seal(log: Path) -> None:
    log.write_text(log.read_text(encoding="utf-8").replace("0.8", "0.7"), encoding="utf-8")
    (fault,) = faults(read(log.read_text(encoding="utf-8")))
    assert "seal" in fault


def test_an_entry_taken_out_breaks_the_seals_after_it(log: Path) -> None:
    _add(log, 0.85)
    assert faults(read(log.read_text(encoding="utf-8"))[1:])


FIGURES = {
    "kept": ({"relevance/ant/mrr10": 0.8}, 0),
    "missed": ({"relevance/ant/mrr10": 0.79}, 1),
    "of another kind": ({"relevance/ant/r10": 0.1}, 0),
}


@pytest.mark.parametrize(("figures", "broken"), FIGURES.values(), ids=FIGURES)
def test_a_figure_below_its_floor_is_told(log: Path, figures: dict[str, float], broken: int) -> None:
    assert len(missed(figures, read(log.read_text(encoding="utf-8")))) == broken


def test_a_limit_is_kept_from_above() -> None:
    (floor,) = [each for each in _log() if each.figure == "names/merged_pairs"]
    assert floor.is_kept_by(0)
    assert not replace(floor, most=0).is_kept_by(1)
