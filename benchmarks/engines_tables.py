"""The figures of `benchmarks.engines` as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from benchmarks.engines_part import ALL_KINDS, Building, Line, Part, Times

NONE: Final = "-"
MEGABYTE: Final = 1e6


def part_from(values: dict[str, Any]) -> Part:
    """A part from the JSON that it was written as."""
    building = values["building"]
    lines = [_line_from(line) for line in values["lines"]]
    return Part(**(values | {"building": building and Building(**building), "lines": lines}))


def _line_from(values: dict[str, Any]) -> Line:
    times = {name: Times(**values[name]) if values[name] else None for name in ("first", "again", "page")}
    return Line(**(values | times))


def print_tables(parts: Sequence[Part]) -> None:
    """Print all tables."""
    _print(
        "Building: what it takes, reading the articles left out for peers", BUILDING_HEADS, _building(parts)
    )
    for name, said in (
        ("again", "asked again"),
        ("first", "asked first, of empty caches"),
        ("page", "as a page"),
    ):
        heads, rows = _asking(parts, name)
        if rows:
            _print(f"Asking: {said}; milliseconds of the processor (by the clock), 50 % / 95 %", heads, rows)
    _print("Found: the total that half of the queries exceed (queries over the limit)", *_found(parts))
    growth = list(_growth(parts))
    if growth:
        _print("Growth: how many times longer, processor 50 % / 95 %", GROWTH_HEADS, growth)
    _print("Finds a word written otherwise", *_finds(parts))
    for said in dict.fromkeys(part.said for part in parts):
        print(f"* {said}")


BUILDING_HEADS: Final = (
    "",
    "articles",
    "text MB",
    "processor s",
    "clock s",
    "articles/s of processor",
    "peak MB",
    "index MB",
    "of text",
    "memory MB",
)
GROWTH_HEADS: Final = ("", "articles", "again", "page", "index", "building", *("most grown kind, again",))


def _building(parts: Iterable[Part]) -> list[list[str]]:
    return [
        [
            part.contender,
            f"{part.articles:,}",
            _megabytes(part.text_bytes),
            *_built(part),
            _megabytes(part.index_bytes),
            f"{part.index_bytes / max(1, part.text_bytes):.2f}",
            _megabytes(part.memory_bytes),
        ]
        for part in parts
    ]


def _built(part: Part) -> list[str]:
    building = part.building
    if building is None:
        return ["there"] + [NONE] * 3
    return [
        f"{building.processor:,.1f}",
        f"{building.clock:,.1f}",
        f"{part.articles / max(0.1, building.processor):,.0f}",
        _megabytes(building.peak_bytes),
    ]


def _asking(parts: Sequence[Part], name: str) -> tuple[list[str], list[list[str]]]:
    """Kinds by contenders, of those that have these times."""
    having = [part for part in parts if getattr(part.lines[-1], name)]
    return ["", *map(_title, having)], _by_kind(having, lambda line: _pair(getattr(line, name)))


def _found(parts: Sequence[Part]) -> tuple[list[str], list[list[str]]]:
    def told(line: Line) -> str:
        return f"{line.found:,}" + (f" ({line.over_limit} of {line.queries})" if line.over_limit else "")

    return ["", *map(_title, parts)], _by_kind(parts, told)


def _by_kind(parts: Sequence[Part], tell: Any) -> list[list[str]]:
    if not parts:
        return []
    kinds = [line.kind for line in parts[0].lines]
    told = [{line.kind: tell(line) for line in part.lines} for part in parts]
    return [[kind, *(one.get(kind, NONE) for one in told)] for kind in kinds]


def _growth(parts: Sequence[Part]) -> Iterable[list[str]]:
    """Of each contender with several sizes, the largest beside the smallest."""
    for name in dict.fromkeys(part.contender for part in parts):
        sized = sorted((part for part in parts if part.contender == name), key=lambda part: part.articles)
        if len(sized) > 1:
            small, large = sized[0], sized[-1]
            more = f"{small.articles:,} to {large.articles:,}: {large.articles / small.articles:.1f}"
            yield [name, more, *_ratios(small, large)]


def _ratios(small: Part, large: Part) -> list[str]:
    building = NONE
    if small.building and large.building:
        building = f"{large.building.processor / max(0.1, small.building.processor):.2f}"
    kinds = {
        line.kind: line.again.processor_50 / max(0.01, before.again.processor_50)
        for before, line in zip(small.lines, large.lines, strict=True)
        if line.kind != ALL_KINDS
    }
    worst = max(kinds, key=lambda kind: kinds[kind])
    return [
        _ratio(small.lines[-1].again, large.lines[-1].again),
        _ratio(small.lines[-1].page, large.lines[-1].page),
        f"{large.index_bytes / max(1, small.index_bytes):.2f}",
        building,
        f"{kinds[worst]:.2f} ({worst})",
    ]


def _ratio(small: Times | None, large: Times | None) -> str:
    if not small or not large:
        return NONE
    half = large.processor_50 / max(0.01, small.processor_50)
    most = large.processor_95 / max(0.01, small.processor_95)
    return f"{half:.2f} / {most:.2f}"


def _finds(parts: Sequence[Part]) -> tuple[list[str], list[list[str]]]:
    by_name = {part.contender: part.finds for part in parts}
    rows = [
        [fold, *("yes" if finds[fold] else "no" for finds in by_name.values())]
        for fold in next(iter(by_name.values()))
    ]
    return ["", *by_name], rows


def _title(part: Part) -> str:
    return f"{part.contender} {part.articles:,}"


def _pair(times: Times) -> str:
    processor = f"{times.processor_50:,.1f} / {times.processor_95:,.1f}"
    return f"{processor} ({times.clock_50:,.1f} / {times.clock_95:,.1f})"


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f}"


def _print(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in Markdown, with columns of one width."""
    table = [heads, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in table
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(f"\n{title}\n", *lines, sep="\n")
