"""The project's own list of spellings, read from its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from arabic import normal_form

LIST: Final = Path(__file__).resolve().parent.parent / "data" / "variants.txt"
_SECTION: Final = re.compile(r"\[(\w+)\]")


class ListUnreadable(ValueError):
    """A line of a list of spellings that is none: names the line and what is expected."""

    def __init__(self, number: int, line: str) -> None:
        self.number, self.line = number, line
        super().__init__(
            f"line {number}: {line!r}: begin with [kind], and write a group as spellings with = between"
        )


@dataclass(frozen=True, slots=True)
class ShippedGroup:
    """A line of the list. `key`, by which an archive knows it again: its first spelling, folded."""

    kind: str
    spellings: tuple[str, ...]

    @property
    def key(self) -> str:
        return normal_form(self.spellings[0])


def read_groups(lines: Iterable[str]) -> Iterator[ShippedGroup]:
    """The groups of a list: `[kind]`, then one group a line, spellings with `=` between, `#` for remarks.

    Raises: ListUnreadable: a group before any kind, or a line without two spellings.
    """
    kind = ""
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        if section := _SECTION.fullmatch(text):
            kind = section[1]
            continue
        spellings = tuple(" ".join(part.split()) for part in text.split("="))
        if not kind or len(spellings) < 2 or not all(spellings):
            raise ListUnreadable(number, line)
        yield ShippedGroup(kind, spellings)


@cache
def shipped_groups() -> tuple[ShippedGroup, ...]:
    """The groups of the project's list."""
    return tuple(read_groups(LIST.read_text(encoding="utf-8").splitlines()))
