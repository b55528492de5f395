"""What the measured figures may not fall below, and the whole history of it: ``floors.toml``.

The file is a log: what holds for a figure is its last entry, and no entry is ever changed or taken out.
Each carries a seal over itself and the seal before it, and the newest seal of all stands in
tests/relevance/test_floors.py, which also compares the log with every committed version of it. So a floor
can be lowered only in the open: by a new entry that says ``lowered = true`` and why, in a change to two
files.

    python -m benchmarks.floors add FIGURE --least 0.9 --reason "..."      (--most for what must stay small)
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).resolve().parent / "floors.toml"
SEAL_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Floor:
    """One entry. `figure` may hold a `*`; `least` or `most` is None. A floor that looses what held says
    `lowered`.
    """

    figure: str
    least: float | None
    most: float | None
    since: datetime.date
    reason: str
    lowered: bool
    seal: str

    def is_kept_by(self, value: float) -> bool:
        """Whether a value is within this floor."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def loosens(self, earlier: Floor) -> bool:
        """Whether this one lets a figure be worse than an earlier one did."""
        return (earlier.least is not None and (self.least is None or self.least < earlier.least)) or (
            earlier.most is not None and (self.most is None or self.most > earlier.most)
        )

    def sealed_after(self, seal: str) -> str:
        """What the seal of this entry must be, given the one before it."""
        told = [seal, self.figure, self.least, self.most, self.since.isoformat(), self.reason, self.lowered]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:SEAL_LENGTH]


def read(text: str) -> list[Floor]:
    """The entries of a log, oldest first."""
    return [
        Floor(
            entry["figure"],
            entry.get("least"),
            entry.get("most"),
            entry["since"],
            entry["reason"],
            entry.get("lowered", False),
            entry["seal"],
        )
        for entry in tomllib.loads(text).get("floor", [])
    ]


def holding(log: Sequence[Floor]) -> dict[str, Floor]:
    """The floor that holds for each figure."""
    return {floor.figure: floor for floor in log}


def faults(log: Sequence[Floor]) -> list[str]:
    """What is wrong with a log: seals that do not fit, floors lowered without saying so or why."""
    found: list[str] = []
    seal, held = "", dict[str, Floor]()
    for floor in log:
        seal = floor.sealed_after(seal)
        if floor.seal != seal:
            found.append(
                f"{floor.figure}, {floor.since}: the seal is {floor.seal}, by the entry it is {seal}"
            )
        earlier = held.get(floor.figure)
        if earlier and floor.loosens(earlier) and not floor.lowered:
            found.append(f"{floor.figure}, {floor.since}: is lower than before and does not say so")
        if not floor.reason.strip():
            found.append(f"{floor.figure}, {floor.since}: gives no reason")
        held[floor.figure] = floor
    return found


def missed(figures: Mapping[str, float], log: Sequence[Floor] | None = None) -> list[str]:
    """The figures that break a floor, in words; of those that were measured."""
    floors = holding(read(FILE.read_text(encoding="utf-8")) if log is None else log).values()
    return [
        f"{name} is {value:.4f}; it must be {_bound(floor)} ({floor.reason})"
        for name, value in figures.items()
        for floor in floors
        if fnmatchcase(name, floor.figure) and not floor.is_kept_by(value)
    ]


def told(figures: Mapping[str, float]) -> int:
    """Print what breaks a floor; 1 if anything does, else 0: the end of a benchmark."""
    broken = missed(figures)
    for line in broken:
        print(f"BELOW ITS FLOOR: {line}")
    return int(bool(broken))


def _bound(floor: Floor) -> str:
    bounds = [("at least", floor.least), ("at most", floor.most)]
    return " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)


def add(
    file: Path, figure: str, least: float | None, most: float | None, reason: str, *, lowered: bool
) -> Floor:
    """Write a new entry at the end of a log.

    Raises: ValueError: it would lower what holds, and `lowered` is not said; or it bounds nothing.
    """
    log = read(file.read_text(encoding="utf-8"))
    today = datetime.datetime.now(datetime.UTC).date()
    draft = Floor(figure, least, most, today, reason, lowered, "")
    seal = draft.sealed_after(log[-1].seal if log else "")
    entry = Floor(figure, least, most, today, reason, lowered, seal)
    if (least is None) == (most is None):
        raise ValueError(f"{figure}: give --least or --most.")
    if wrong := faults([*log, entry]):
        raise ValueError("; ".join(wrong) + ". To lower a floor, give --lowered and the reason.")
    with file.open("a", encoding="utf-8") as lines:
        lines.write(_lines(entry))
    return entry


def _lines(floor: Floor) -> str:
    """An entry as it is written."""
    bound = f"least = {floor.least}" if floor.least is not None else f"most = {floor.most}"
    lowered = "lowered = true\n" if floor.lowered else ""
    return (
        f'\n[[floor]]\nfigure = "{floor.figure}"\n{bound}\nsince = {floor.since.isoformat()}\n'
        f'reason = {json.dumps(floor.reason, ensure_ascii=False)}\n{lowered}seal = "{floor.seal}"\n'
    )


def main(arguments: list[str]) -> int:
    """The command line: ``add FIGURE``."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.floors", description="The floors of the figures."
    )
    commands = parser.add_subparsers(required=True)
    new = commands.add_parser("add", help="write an entry at the end of the log")
    new.add_argument("figure", help="such as relevance/ant.titles/mrr10; * stands for any part")
    new.add_argument("--least", type=float)
    new.add_argument("--most", type=float)
    new.add_argument("--reason", required=True)
    new.add_argument("--lowered", action="store_true", help="it is less than what held, and that is meant")
    call = parser.parse_args(arguments)
    try:
        entry = add(FILE, call.figure, call.least, call.most, call.reason, lowered=call.lowered)
    except ValueError as error:
        parser.error(str(error))
    print(f"written; the newest seal, for tests/relevance/test_floors.py, is {entry.seal}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
