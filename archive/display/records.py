"""A record of JSON as its page shows it: each field on a line of its own, its value running its own way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.display.prose import Run

_FIELD = re.compile(r'(?<=[,{])\s*(?="[^"\\]{1,80}"\s*:)')
_NAME = re.compile(r'[\s{]*"[^"\\]{1,80}"\s*:\s*')


@dataclass(frozen=True, slots=True)
class RecordField:
    """The name of a field as it stands in the record, and the runs of its value; together every letter."""

    name: str
    value: tuple[Run, ...]


def record_fields(line: Sequence[Run]) -> Iterator[RecordField]:
    """The fields of a line of JSON, in order. A line without names of fields is one value."""
    text = "".join(run.text for run in line)
    starts = [0, *(match.end() for match in _FIELD.finditer(text) if text[: match.end()].strip(" {"))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        name = _NAME.match(text[start:end])
        value_start = start + (name.end() if name else 0)
        yield RecordField(text[start:value_start], _between(line, value_start, end))


def _between(line: Collection[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs from one place of a line to another; one that is cut ends its note only at its own end."""
    found: list[Run] = []
    place = 0
    for run in line:
        near, far = max(start, place), min(end, place + len(run.text))
        if near < far:
            text = run.text[near - place : far - place]
            found.append(replace(run, text=text, closes=run.closes and far == place + len(run.text)))
        place += len(run.text)
    return tuple(found)
